import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FramePainter } from '../../../lib/lottie/renderer/frames.ts';
import { fill, group, path, rectangle, shapeLayer, smallDocument, solidLayer } from '../../support/small-document.ts';

const still = { o: { x: 0, y: 0 }, i: { x: 1, y: 1 } };
/** Moves from frame 0 to 2, stands until 5, moves to 7, and stands. */
const moving = (from: unknown, to: unknown) => ({
  a: 1,
  k: [
    { t: 0, s: from, ...still },
    { t: 2, s: to, ...still },
    { t: 5, s: to, ...still },
    { t: 7, s: from, ...still },
  ],
});
const square = (more: object) => shapeLayer([group([rectangle([20, 20], [25, 25]), fill()], more)]);
const solid = (ks: object, more = {}) => {
  const layer = solidLayer('solid', '#ff5500', 5, 5, 20, 20, more);
  return { ...layer, ks: { ...layer.ks, ...ks } };
};
const outline = {
  a: 1,
  k: [
    {
      t: 3,
      s: [
        path([
          [0, 0],
          [20, 0],
          [20, 20],
        ]).ks.k,
      ],
      ...still,
    },
    {
      t: 6,
      s: [
        path([
          [0, 0],
          [5, 0],
          [20, 20],
        ]).ks.k,
      ],
    },
  ],
};

const DOCUMENTS: Record<string, object[]> = {
  'that stands still': [solid({})],
  'with a position': [solid({ p: moving([5, 5, 0], [25, 20, 0]) })],
  'with a scale': [solid({ s: moving([100, 100, 100], [50, 80, 100]) })],
  'with a rotation': [solid({ r: moving([0], [40]) })],
  'with an opacity': [solid({ o: moving([100], [10]) })],
  'with a position that is held': [
    solid({
      p: {
        a: 1,
        k: [
          { t: 0, s: [5, 5, 0], h: 1 },
          { t: 4, s: [20, 20, 0], h: 1 },
        ],
      },
    }),
  ],
  'with a layer that comes and goes': [solid({}, { ip: 2, op: 6 })],
  'with a size': [shapeLayer([group([{ ...rectangle([20, 20], [25, 25]), s: moving([20, 20], [5, 30]) }, fill()])])],
  'with a colour': [
    shapeLayer([group([rectangle([20, 20], [25, 25]), { ...fill(), c: moving([1, 0, 0, 1], [0, 0, 1, 1]) }])]),
  ],
  'with a group that moves': [square({ p: moving([0, 0], [10, 10]) })],
  'with a path that morphs': [shapeLayer([group([{ ty: 'sh', ks: outline }, fill()])])],
  'with a parent': [
    { ...solid({}), parent: 9 },
    { ...solid({ p: moving([5, 5, 0], [20, 5, 0]) }), ty: 3, ind: 9 },
  ],
  'with a mask': [
    solid(
      {},
      {
        hasMask: true,
        masksProperties: [
          {
            mode: 'a',
            o: moving([100], [20]),
            pt: path([
              [0, 0],
              [15, 0],
              [15, 15],
            ]).ks,
          },
        ],
      },
    ),
  ],
  'with a matte that moves': [
    { ...solid({ p: moving([5, 5, 0], [20, 20, 0]) }), td: 1 },
    { ...solid({}), tt: 1 },
  ],
  'with a blur': [
    solid(
      {},
      { ef: [{ ty: 29, nm: 'blur', mn: 'ADBE Gaussian Blur 2', en: 1, ef: [{ ty: 0, v: moving([0], [8]) }] }] },
    ),
  ],
};

describe('a frame that looks like the one before', () => {
  for (const [name, layers] of Object.entries(DOCUMENTS)) {
    it(`is left as it is in a document ${name}, and every frame is that of a painter which draws all of them`, async () => {
      const size = { width: 50, height: 50 };
      const options = { transparent: false, background: [0, 0, 0] } as const;
      using one = await FramePainter.open(size, options);
      using other = await FramePainter.open(size, options);
      const drawable = { json: JSON.stringify(smallDocument(layers)), files: new Map() };
      one.load(drawable);
      let repeated = 0;
      for (let frame = 0; frame < 10; frame += 1) {
        const painted = Buffer.from(one.paint(frame));
        if (one.isRepeated) repeated += 1;
        other.load(drawable);
        assert.ok(painted.equals(other.paint(frame)), `frame ${frame}`);
      }
      assert.ok(repeated > 0, 'every frame was drawn');
    });
  }
});
