import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { countProperties, dumpProject } from '../support/project-dump.ts';
import { aepFolder, projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

/** Of each kind of damage, of which there are four. Raise it for a longer search: with 2,500 it finds nothing either. */
const RUNS = 125;

/** Small ones with text, shapes, effects, footage and markers. */
const SAMPLES = ['boltframe-Item-01', 'lottie-Benchmark', 'lottie-RGBMarker', 'lottie-Multiline', 'lottie-Star'];

/**
 * Reads all of it; what cannot be read must say so in the one way there is, and nothing else may be thrown. Says whether
 * there was anything to read.
 */
function readHostile(bytes: Uint8Array, read: typeof readProject = readProject): boolean {
  try {
    const project = read(bytes);
    JSON.stringify(dumpProject(project));
    assert.ok(countProperties(project) < bytes.length);
    return project.items.length > 0;
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    assert.equal(error.code, 'TEMPLATE_UNREADABLE');
    assert.ok(error.offset >= 0 && error.offset <= bytes.length);
    return false;
  }
}

/** A way to damage a project: what it is called, and changes as functions of the bytes. */
interface Damage {
  where: string;
  change: fc.Arbitrary<(bytes: Buffer) => Buffer>;
}

// Without bias: the first bytes would be hit so often that hardly a project would be read.
const place = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);
const nonsense = fc.oneof(fc.constantFrom(0, 1, 3, 7, 0x7fffffff, 0xffffffff), fc.nat(100_000));

const DAMAGES: Damage[] = [
  {
    where: 'bytes are changed',
    change: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 40 }).map((changes) => (bytes) => {
      for (const [at, byte] of changes) bytes[Math.floor(at * bytes.length)] = byte;
      return bytes;
    }),
  },
  {
    where: 'they are cut',
    change: place.map((cut) => (bytes) => bytes.subarray(0, Math.floor(cut * bytes.length))),
  },
  {
    where: 'the sizes of chunks are nonsense',
    change: fc.array(fc.tuple(place, nonsense), { minLength: 1, maxLength: 10 }).map((changes) => (bytes) => {
      for (const [at, size] of changes) {
        const header = nextHeader(bytes, Math.floor(at * bytes.length));
        if (header !== -1) bytes.writeUInt32BE(size, header + 4);
      }
      return bytes;
    }),
  },
  {
    where: 'pieces are copied over others',
    change: fc
      .array(fc.tuple(place, place, fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 5 })
      .map((moves) => (bytes) => {
        for (const [from, to, length] of moves) {
          const start = Math.floor(from * bytes.length);
          bytes.copyWithin(Math.floor(to * bytes.length), start, start + length);
        }
        return bytes;
      }),
  },
];

describe('damaged projects', { skip: skipWithoutProjects }, () => {
  for (const { where, change } of DAMAGES) {
    it(`are read as far as they go, or refused, where ${where}`, () => {
      const samples = SAMPLES.map((name) => readFileSync(join(aepFolder, `${name}.aep`)));
      let read = 0;
      fc.assert(
        fc.property(fc.constantFrom(...samples), change, (original, damage) => {
          if (readHostile(damage(Buffer.from(original)))) read++;
        }),
        { numRuns: RUNS },
      );
      assert.ok(read > RUNS / 4, `only ${read} of ${RUNS} had anything left to read`);
    });
  }

  for (const file of projectFiles('.aepx')) {
    it(`are refused or read as .aepx, where ${basename(file)} is cut or changed`, () => {
      const original = readFileSync(file);
      fc.assert(
        fc.property(place, fc.boolean(), fc.nat(255), (at, cut, byte) => {
          const offset = Math.floor(at * original.length);
          const bytes = cut ? original.subarray(0, offset) : Uint8Array.from(original);
          if (!cut) bytes[offset] = byte;
          readHostile(bytes, readProjectXml);
        }),
        { numRuns: 25 },
      );
    });
  }

  it('keep what stands before the place where the file was cut', () => {
    const whole = readFileSync(join(aepFolder, 'lottie-Multiline.aep'));
    const project = readProject(whole.subarray(0, Math.floor(whole.length / 2)));
    assert.equal(project.complete, false);
    assert.match(project.warnings[0] ?? '', /damaged at byte \d+/);
    assert.ok((project.compositions[0]?.layers.length ?? 0) > 0);
  });
});

/** The next place that looks like a chunk of a project's structure. */
function nextHeader(bytes: Buffer, from: number): number {
  const places = ['LIST', 'Utf8', 'ldat', 'tdmn', 'cdat'].map((id) => bytes.indexOf(id, from, 'latin1'));
  const found = places.filter((at) => at !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}
