import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Layer } from '../../lib/aep/layer.ts';
import { readProject } from '../../lib/aep/read-project.ts';
import { effect, parts, type WrittenControl } from '../support/layer-writer.ts';
import {
  composition,
  group,
  header,
  items,
  matchName,
  numbers,
  property,
  solid,
  TIME_BASE,
  type WrittenLayer,
} from '../support/project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';
import { aepFolder, skipWithoutProjects } from '../support/shared-folder.ts';

const own: Omit<WrittenLayer, 'properties'> = {
  ...{ id: 7, name: 'layer', layerClass: 0, sourceId: 1, parentId: 0, start: 1000, in: 0, out: 1000 },
  ...{ stretch: 200, switches: 1, blendingMode: 2, trackMatte: 0 },
};

/** The only layer of a project: it shows a solid of 200 × 100 from second 1 on, at half the speed. */
function layerWith(properties: WrittenChunk[], changes: Partial<WrittenLayer> = {}): Layer {
  const layers = [{ ...own, ...changes, properties }];
  const comp = composition({ id: 2, name: 'c', width: 400, height: 300, frameRate: 25, duration: 9000, layers });
  const bytes = writeRifx([...header(), list('Fold', [solid(1, 'White', 200, 100, [1, 1, 1]), comp])]);
  const layer = readProject(bytes).compositions[0]?.layers[0];
  assert.ok(layer);
  return layer;
}

function transform(name: string, contents: WrittenChunk): WrittenChunk[] {
  return [matchName('ADBE Transform Group'), group([matchName(name), contents])];
}

function only(layer: Layer, name: string) {
  const found = layer.property('ADBE Transform Group', name);
  assert.ok(found?.kind === 'property');
  return found;
}

describe('a property', () => {
  it('has its value in the units that After Effects shows', () => {
    const opacity = only(layerWith(transform('ADBE Opacity', property(1, false, [numbers([0.25])]))), 'ADBE Opacity');
    assert.deepEqual([opacity.value, opacity.valueType, opacity.name], [25, 'OneD', 'Opacity']);
    const anchor = transform('ADBE Anchor Point', property(3, true, [numbers([0.5, 0.25, 0])]));
    const withSource = only(layerWith(anchor), 'ADBE Anchor Point');
    assert.deepEqual([withSource.value, withSource.valueType], [[100, 25, 0], 'ThreeD_SPATIAL']);
    const withoutSource = only(layerWith(anchor, { layerClass: 4, sourceId: 0 }), 'ADBE Anchor Point');
    assert.deepEqual(withoutSource.value, [0.5, 0.25, 0]);
  });

  it('has keyframes at the times of the composition, with separate eases for each dimension', () => {
    const keyframe = (time: number, value: number, ease: number[]) =>
      fields(48, [
        [0, 'int32', time * TIME_BASE],
        [4, 'uint8', 2],
        [5, 'uint8', 3],
        [7, 'uint8', 0x20],
        [8, 'float64', value],
        ...ease.map((number, at): [number, 'float64', number] => [16 + at * 8, 'float64', number]),
      ]);
    const written = items(48, [keyframe(0, 0, [0, 0.1, 0, 0.2]), keyframe(0.5, 1, [4, 0.3, 0, 0.4])]);
    const opacity = only(layerWith(transform('ADBE Opacity', property(1, false, [written]))), 'ADBE Opacity');
    assert.equal(opacity.animated, true);
    // Started at 1, at half the speed: 0.5 of the layer is a second of the composition.
    assert.deepEqual(
      opacity.keyframes.map(({ time, value }) => [time, value]),
      [
        [1, 0],
        [2, 100],
      ],
    );
    const last = opacity.keyframes[1];
    assert.deepEqual(last?.inEase, [{ speed: 200, influence: 30 }]);
    assert.deepEqual([last?.inInterpolation, last?.outInterpolation, last?.roving], ['BEZIER', 'HOLD', true]);
    assert.deepEqual([last?.inTangent, opacity.value], [null, 0]);
  });

  it('has tangents and one ease where it moves in space, which a scale of the same size has not', () => {
    const values = Array.from({ length: 15 }, (_, at): [number, 'float64', number] => [8 + at * 8, 'float64', at]);
    const bytes = items(128, [fields(128, [[4, 'uint8', 1], ...values])]);
    const position = only(layerWith(transform('ADBE Position', property(3, true, [bytes]))), 'ADBE Position');
    const [inSpace] = position.keyframes;
    assert.deepEqual(inSpace?.value, [6, 7, 8]);
    assert.deepEqual(
      [inSpace?.inTangent, inSpace?.outTangent],
      [
        [9, 10, 11],
        [12, 13, 14],
      ],
    );
    assert.equal(inSpace?.inEase.length, 1);
    const scale = only(layerWith(transform('ADBE Scale', property(3, false, [bytes]))), 'ADBE Scale');
    const [plain] = scale.keyframes;
    assert.deepEqual([plain?.value, plain?.inEase.length, plain?.inTangent], [[0, 100, 100], 3, null]);
  });

  it('has its expression, also as it was written before 2018', () => {
    for (const written of [utf8('wiggle(1, 2)'), chunk('expr', 'wiggle(1, 2)\0')]) {
      const rotation = transform('ADBE Rotate Z', property(1, false, [numbers([3]), written]));
      const { expression } = only(layerWith(rotation), 'ADBE Rotate Z');
      assert.deepEqual(expression, { text: 'wiggle(1, 2)', enabled: true });
    }
  });

  it('gives no more keyframes than are there, whatever their count says', () => {
    const bytes = items(48, [fields(48, [])]);
    const head = fields(52, [
      [8, 'uint32', 0xffffffff],
      [16, 'uint32', 48],
    ]);
    bytes.children = [chunk('lhd3', [...head]), ...(bytes.children ?? []).slice(1)];
    const opacity = only(layerWith(transform('ADBE Opacity', property(1, false, [bytes]))), 'ADBE Opacity');
    assert.equal(opacity.keyframes.length, 1);
  });

  it('that was never changed is not in the file, and its group knows the value', () => {
    const group = layerWith(transform('ADBE Opacity', property(1, false, [numbers([1])]))).property(
      'ADBE Transform Group',
    );
    assert.ok(group?.kind === 'group');
    assert.deepEqual(
      group.properties().map(({ name }) => name),
      ['Opacity'],
    );
    assert.deepEqual(group.value('ADBE Anchor Point'), [100, 50, 0]);
    assert.deepEqual(group.value('ADBE Position'), [200, 150, 0]);
    assert.deepEqual(group.value('ADBE Scale'), [100, 100, 100]);
    assert.equal(group.value('no such property'), null);
  });

  it('is found by match name before name, group by group, and not through a property', () => {
    const layer = layerWith(transform('ADBE Opacity', property(1, false, [numbers([1])])));
    assert.equal(layer.property('Transform', 'Opacity')?.matchName, 'ADBE Opacity');
    assert.equal(layer.property('Transform', 'Opacity', 'Opacity'), null);
    assert.equal(layer.property('toString'), null);
  });
});

describe('a mask', () => {
  it('has its path in pixels of the layer, and its switches', () => {
    const bounds = fields(24, [
      [12, 'float32', 1],
      [16, 'float32', 1],
    ]);
    const points = [0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0];
    const data = fields(
      points.length * 4,
      points.map((value, at) => [at * 4, 'float32', value]),
    );
    const shape = list('shap', [chunk('shph', [...bounds]), list('list', [chunk('ldat', [...data])])]);
    const path = list('om-s', [property(1, false, []), list('omks', [shape])]);
    const info = chunk('mkif', [1, 0, 2, 1, 0, 0, 0, 2]);
    const atom = [matchName('ADBE Mask Atom'), info, group([matchName('ADBE Mask Shape'), path], 'Hole')];
    const [mask] = layerWith([matchName('ADBE Mask Parade'), group(atom)]).masks;
    const expected = { mode: 'SUBTRACT', inverted: true, locked: false, motionBlur: 'ON', featherFalloff: 'LINEAR' };
    assert.deepEqual([mask?.name, mask?.mask], ['Hole', expected]);
    const value = mask?.value('ADBE Mask Shape');
    assert.ok(value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'shape');
    assert.equal(value.closed, true);
    assert.deepEqual(value.vertices, [
      [0, 0],
      [200, 0],
      [200, 100],
    ]);
    assert.deepEqual(value.outTangents, [
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    assert.deepEqual(value.inTangents, [
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('an effect', () => {
  it('has the definition of the first of its kind, which alone has it in the file', () => {
    const slider = (value: number) => [{ name: 'Amount', kind: 'slider', value: [value] }] satisfies WrittenControl[];
    const effects = [
      effect('ADBE Slider Control', slider(1)),
      effect('ADBE Slider Control', slider(2), { isDefined: false }),
    ];
    const layer = layerWith(parts({ 'ADBE Effect Parade': group(effects.flat()) }));
    assert.deepEqual(
      layer.effects.map((one) => [
        one.effect?.parameters.map(({ name }) => name),
        one.value('ADBE Slider Control-0001'),
      ]),
      [
        [['Amount'], 1],
        [['Amount'], 2],
      ],
    );
  });

  it('has its default where the layer says nothing, and not what was set last', () => {
    const slider: WrittenControl = { name: 'Amount', kind: 'slider', byDefault: 0.1, last: 75 };
    const layer = layerWith(parts({ 'ADBE Effect Parade': group(effect('ADBE Slider Control', [slider])) }));
    assert.equal(layer.effects[0]?.value('ADBE Slider Control-0001'), 0.1);
  });

  it('has the values of its definition where the layer says nothing', { skip: skipWithoutProjects }, () => {
    const project = readProject(readFileSync(join(aepFolder, 'boltframe-Layer-01.aep')));
    const layer = project.compositions[0]?.layers.find(({ name }) => name === 'Effects Enabled');
    const [fill] = layer?.effects ?? [];
    assert.deepEqual([fill?.name, fill?.matchName], ['Fill', 'ADBE Fill']);
    assert.deepEqual(fill?.value('ADBE Fill-0002'), [1, 0, 0, 1]);
    const controls = fill?.effect?.parameters.map(({ name, control }) => `${name}: ${control}`);
    assert.deepEqual(controls?.slice(0, 3), ['Fill Mask: MASK', 'All Masks: BOOLEAN', 'Color: COLOR']);
  });
});
