import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { TemplateFault } from '../../lib/aep/fault.ts';
import { readProject } from '../../lib/aep/read-project.ts';
import { countProperties, dumpProject } from '../support/project-dump.ts';
import { composition, folder, header, solid, type WrittenComposition } from '../support/project-writer.ts';
import { fc } from '../support/property.ts';
import { chunk, list, writeRifx } from '../support/rifx-writer.ts';
import { projectFiles, skipWithoutProjects } from '../support/shared-folder.ts';

/** Names in any script; a NUL ends a name in the file, and the mark of no name is none. */
const name = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\0', ''));
const milliseconds = fc.integer({ min: -100_000, max: 100_000 });

const layer = fc.record({
  name,
  layerClass: fc.constantFrom(0, 1, 2, 3, 4),
  start: milliseconds,
  in: milliseconds,
  out: milliseconds,
  stretch: fc.constantFrom(100, 50, 200, -100),
  switches: fc.integer({ min: 0, max: 0xffffff }),
  blendingMode: fc.integer({ min: 0, max: 38 }),
  trackMatte: fc.integer({ min: 0, max: 4 }),
});

const comp = fc.record({
  name,
  width: fc.integer({ min: 1, max: 30_000 }),
  height: fc.integer({ min: 1, max: 30_000 }),
  frameRate: fc.integer({ min: 1, max: 120 }),
  duration: fc.integer({ min: 1, max: 10_000_000 }),
  layers: fc.array(layer, { maxLength: 8 }),
});

const SOLID_ID = 1;

/** Ids are given by place, and each layer has the one before it as its parent. */
function written(comps: (typeof comp extends fc.Arbitrary<infer T> ? T : never)[]): WrittenComposition[] {
  return comps.map((one, at) => ({
    ...one,
    id: 10 + at,
    layers: one.layers.map((each, place) => ({
      ...each,
      id: 100 + place,
      sourceId: each.layerClass === 0 ? SOLID_ID : 0,
      parentId: place === 0 ? 0 : 99 + place,
    })),
  }));
}

describe('a written project', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(comp, { maxLength: 4 }), (comps) => {
        const compositions = written(comps);
        const items = [
          solid(SOLID_ID, 'White', 100, 50, [1, 0.5, 0]),
          folder(2, 'Scenes', compositions.map(composition)),
        ];
        const project = readProject(writeRifx([...header(1), list('Fold', items)]));
        assert.deepEqual([project.complete, project.warnings, [...project.unknownChunks]], [true, [], []]);
        assert.equal(project.bitsPerChannel, 16);
        assert.deepEqual(
          project.rootFolder.items.map((item) => item.name),
          ['White', 'Scenes'],
        );
        assert.equal(project.compositions.length, compositions.length);
        for (const [at, expected] of compositions.entries()) {
          const read = project.compositions[at];
          assert.ok(read);
          const { width, height, frameRate, layers, parentFolder } = read;
          assert.deepEqual({ width, height, frameRate }, pick(expected, 'width', 'height', 'frameRate'));
          assert.equal(read.name, expected.name);
          assert.equal(parentFolder?.name, 'Scenes');
          assert.equal(read.duration, expected.duration / 1000);
          assert.deepEqual(
            layers.map(({ id, index }) => [id, index]),
            expected.layers.map(({ id }, place) => [id, place + 1]),
          );
          for (const [place, own] of expected.layers.entries()) checkLayer(layers[place], own);
        }
      }),
      { numRuns: 100 },
    );
  });

  function checkLayer(
    read: ReturnType<typeof readProject>['compositions'][number]['layers'][number] | undefined,
    own: WrittenComposition['layers'][number],
  ): void {
    assert.ok(read);
    assert.equal(read.name, own.name || (own.sourceId === SOLID_ID ? 'White' : ''));
    assert.equal(read.startTime, own.start / 1000);
    assert.ok(Math.abs(read.inPoint - (own.start + (own.in * own.stretch) / 100) / 1000) < 1e-9);
    assert.equal(read.stretch, own.stretch);
    assert.equal(read.parent?.id ?? 0, own.parentId);
    assert.equal(read.switches.enabled, (own.switches & 1) === 1);
    assert.equal(read.switches.adjustmentLayer, (own.switches & 0x200) !== 0);
    const isPlain = own.layerClass === 0 && !read.switches.nullLayer && !read.switches.adjustmentLayer;
    if (isPlain) assert.equal(read.kind, 'solid');
  }

  it('tells of an item that cannot be read, and has the others', () => {
    const damaged = list('Item', [chunk('idta', [0, 4])]);
    const project = readProject(writeRifx([...header(), list('Fold', [damaged, solid(1, 'White', 1, 1, [1, 1, 1])])]));
    assert.equal(project.complete, false);
    assert.match(project.warnings[0] ?? '', /An item .* cannot be read/);
    assert.deepEqual(
      project.items.map((item) => item.name),
      ['White'],
    );
  });

  it('counts the chunks of a newer After Effects, and is complete all the same', () => {
    const project = readProject(writeRifx([...header(), chunk('new!', [1]), list('Fold', [])]));
    assert.deepEqual([project.complete, [...project.unknownChunks]], [true, [['new!', 1]]]);
  });

  it('is refused with the offset where it has no items', () => {
    assert.throws(() => readProject(writeRifx(header())), TemplateFault);
  });

  it('does not follow parents and mattes that are not there', () => {
    const own = {
      layerClass: 4,
      sourceId: 77,
      parentId: 88,
      start: 0,
      in: 0,
      out: 0,
      stretch: 0,
      switches: 0,
      blendingMode: 255,
    };
    const layers = [{ ...own, id: 1, name: '', trackMatte: 1 }];
    const one = { id: 3, name: 'c', width: 1, height: 1, frameRate: 25, duration: 1000, layers };
    const [read] = readProject(writeRifx([list('Fold', [composition(one)])])).compositions[0]?.layers ?? [];
    assert.deepEqual([read?.parent, read?.source, read?.trackMatteLayer, read?.name], [null, null, null, '']);
    assert.deepEqual([read?.stretch, read?.blendingMode], [100, 'NORMAL']);
  });
});

describe('the real projects', { skip: skipWithoutProjects }, () => {
  for (const file of projectFiles('.aep')) {
    it(`reads ${basename(file)} whole`, () => {
      const project = readProject(readFileSync(file));
      assert.deepEqual([project.complete, project.warnings, [...project.unknownChunks]], [true, [], []]);
      assert.ok(project.version && project.version.major >= 12 && project.version.major <= 30);
      const layers = project.compositions.flatMap((each) => each.layers);
      assert.ok(layers.every((each) => each.name !== '' && each.properties().length > 0));
      assert.ok(countProperties(project) >= layers.length * 5);
      assert.ok(JSON.stringify(dumpProject(project)).length > 0);
    });
  }
});

function pick<T, K extends keyof T>(of: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, of[key]])) as Pick<T, K>;
}
