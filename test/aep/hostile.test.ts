import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { readProject, readProjectXml } from '../../lib/aep/read-project.ts';
import { projectModel } from '../../lib/template/from-project.ts';
import { DAMAGES, place } from '../support/project-damage.ts';
import { countProperties, dumpProject } from '../support/project-dump.ts';
import { fc, fuzzRuns } from '../support/property.ts';
import { aepFolder, projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

/** How many runs each kind of damage gets. */
const RUNS = fuzzRuns(1 / DAMAGES.length);

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
    JSON.stringify(projectModel(project, 'aep'));
    assert.ok(countProperties(project) < bytes.length);
    return project.items.length > 0;
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    assert.equal(error.code, 'TEMPLATE_UNREADABLE');
    assert.ok(error.offset >= 0 && error.offset <= bytes.length);
    return false;
  }
}

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
