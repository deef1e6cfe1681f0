import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readProject } from '../../lib/aep/read-project.ts';
import { convertProperty, type Motion, plainNumbers } from '../../lib/aep-to-lottie/keyframes.ts';
import { valueAt } from '../../lib/lottie/document/index.ts';
import { composition, group, header, items, matchName, property, TIME_BASE } from '../support/project-writer.ts';
import { fc } from '../support/property.ts';
import { fields, list, writeRifx } from '../support/rifx-writer.ts';

interface Key {
  seconds: number;
  values: number[];
  /** 1 linear, 2 bezier, 3 hold. */
  kinds?: [into: number, out: number];
  into?: [speed: number, influence: number][];
  out?: [speed: number, influence: number][];
}

const EASY: [number, number] = [0, 1 / 3];

/** Keyframes whose dimensions have eases of their own, as of a scale or a rotation. */
function separate(keys: Key[]): Uint8Array[] {
  return keys.map(({ seconds, values, kinds = [2, 2], into = [], out = [] }) => {
    const eases = [into, out].flatMap((side) =>
      [0, 1].map((part) => values.map((_, at) => (side[at] ?? EASY)[part] ?? 0)),
    );
    return fields(8 + values.length * 40, [
      [0, 'int32', seconds * TIME_BASE],
      [4, 'uint8', kinds[0]],
      [5, 'uint8', kinds[1]],
      ...[values, ...eases].flat().map((value, at): [number, 'float64', number] => [8 + at * 8, 'float64', value]),
    ]);
  });
}

/** What a property of a layer with this time stretch (in percent) becomes at 10 frames a second. */
function converted(keys: Key[], { stretch = 100, motion = 'numbers' as Motion } = {}) {
  const dimensions = keys[0]?.values.length ?? 1;
  const written = property(dimensions, false, [items(8 + dimensions * 40, separate(keys))]);
  const properties = [matchName('ADBE Transform Group'), group([matchName('ADBE Rotate Z'), written])];
  const layer = {
    ...{ id: 1, name: 'a', layerClass: 4, sourceId: 0, parentId: 0, start: 0, in: 0, out: 4000, switches: 1 },
    ...{ stretch, blendingMode: 2, trackMatte: 0, properties },
  };
  const comp = { id: 2, name: 'c', width: 1, height: 1, frameRate: 10, duration: 4000, layers: [layer] };
  const project = readProject(writeRifx([...header(), list('Fold', [composition(comp)])]));
  const found = project.compositions[0]?.layers[0]?.property('ADBE Transform Group', 'ADBE Rotate Z');
  assert.ok(found?.kind === 'property');
  return convertProperty(found, { frameRate: 10, motion, value: plainNumbers });
}

describe('the keyframes of a property', () => {
  it('have the handles of their eases, in parts of the way and of the time', () => {
    const { a, k } = converted([
      { seconds: 0, values: [0], out: [[20, 0.5]] },
      { seconds: 2, values: [100], into: [[0, 0.25]] },
    ]);
    assert.equal(a, 1);
    assert.deepEqual(k, [
      { o: { x: [0.5], y: [0.2] }, i: { x: [0.75], y: [1] }, t: 0, s: [0] },
      { t: 20, s: [100] },
    ]);
  });

  it('have the eases of each dimension', () => {
    const { k } = converted([
      { seconds: 0, values: [0, 0], out: [EASY, [50, 0.5]] },
      { seconds: 1, values: [10, 100], into: [[0, 0.9], EASY] },
    ]);
    const [first] = k as { o: object; i: object }[];
    assert.deepEqual(first?.o, { x: [0.333333, 0.5], y: [0, 0.25] });
    assert.deepEqual(first?.i, { x: [0.1, 0.666667], y: [1, 1] });
  });

  it('hold, and are straight, where After Effects does so', () => {
    const { k } = converted([
      { seconds: 0, values: [1], kinds: [1, 3] },
      { seconds: 1, values: [2], kinds: [1, 1] },
      { seconds: 2, values: [4], kinds: [1, 1] },
    ]);
    const value = (frame: number) => valueAt({ a: 1, k } as never, frame);
    assert.deepEqual(
      [0, 9.9, 10, 15, 20, 99].map(value).map((one) => Math.round(Number([one].flat()[0]) * 1000) / 1000),
      [1, 1, 2, 3, 4, 4],
    );
  });

  it('that swing out and come back to the same value are written frame by frame', () => {
    const { k } = converted([
      { seconds: 0, values: [5], out: [[100, 0.5]] },
      { seconds: 1, values: [5], into: [[-100, 0.5]] },
    ]);
    const frames = k as { t: number; s: number[] }[];
    assert.equal(frames.length, 11);
    // Half way along a cubic whose handles are 50 above its ends: 5 + 50 * 3/4.
    assert.ok(Math.abs((frames[5]?.s[0] ?? 0) - 42.5) < 0.01, JSON.stringify(frames[5]));
  });

  it('of a layer that runs backwards are in the order of the composition, in and out exchanged', () => {
    const { k } = converted(
      [
        { seconds: 0, values: [0], out: [[20, 0.5]] },
        { seconds: 2, values: [100], into: [[0, 0.25]] },
      ],
      { stretch: -100 },
    );
    assert.deepEqual(k, [
      { o: { x: [0.25], y: [0] }, i: { x: [0.5], y: [0.8] }, t: -20, s: [100] },
      { t: 0, s: [0] },
    ]);
  });

  it('are finite numbers, whatever is in the file', () => {
    const number = fc.oneof(fc.double(), fc.constant(0), fc.integer({ min: -1000, max: 1000 }));
    const pair = fc.tuple(number, number);
    const key = fc.record({
      seconds: fc.integer({ min: -50, max: 50 }),
      values: fc.tuple(number, number).map((values) => [...values]),
      kinds: fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
      into: fc.array(pair, { maxLength: 2 }),
      out: fc.array(pair, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (keys) => {
        const result = converted(keys);
        assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      }),
      { numRuns: 200 },
    );
  });
});
