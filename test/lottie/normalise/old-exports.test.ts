import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn } from '../../support/drawn-frame.ts';
import {
  fill,
  group,
  path,
  rectangle,
  shapeLayer,
  smallDocument,
  stroke,
  textLayer,
} from '../../support/small-document.ts';

const filled = (color: unknown) => shapeLayer([group([rectangle([40, 40], [20, 20]), { ...fill(), c: color }])]);

describe('an export of Bodymovin before 4.1.9', () => {
  it('has its colours read from 0 to 255, fixed and moving', async (t) => {
    const moving = { a: 1, k: [{ t: 0, s: [255, 0, 0, 255], e: [0, 0, 255, 255] }, { t: 40 }] };
    for (const color of [{ a: 0, k: [255, 0, 0, 255] }, moving]) {
      const frame = await drawn(t, { ...smallDocument([filled(color)]), v: '4.1.5' }, 0);
      assert.equal(frame.at(20, 20), '#ff0000');
    }
  });

  it('keeps colours that are from 0 to 1 already', async (t) => {
    const frame = await drawn(t, { ...smallDocument([filled({ a: 0, k: [1, 0, 1, 1] })]), v: '4.1.5' }, 0);
    assert.equal(frame.at(20, 20), '#ff00ff');
  });
});

describe('a property whose flag and form disagree', () => {
  it('goes by its form: one key stands still, several move', async (t) => {
    const hidden = shapeLayer([
      group([rectangle([40, 40], [20, 20]), { ...fill(), o: { a: 0, k: [{ t: 0, s: 0, i: null }] } }]),
    ]);
    assert.equal((await drawn(t, smallDocument([hidden]), 0)).ink, null);
    const moving = {
      a: 0,
      k: [
        { t: 0, s: [20, 20], o: { x: 0, y: 0 }, i: { x: 1, y: 1 } },
        { t: 40, s: [60, 60] },
      ],
    };
    const frame = await drawn(
      t,
      smallDocument([shapeLayer([group([{ ...rectangle([40, 40], [50, 50]), s: moving }, fill()])])]),
      40,
    );
    assert.deepEqual([frame.at(25, 50), frame.at(15, 50)], ['#ffffff', '#000000']);
  });
});

describe('a path of an old export', () => {
  it('is closed if its shape says so', async (t) => {
    const corners = [
      [10, 10],
      [90, 10],
      [90, 90],
      [10, 90],
    ];
    const { ks } = path(corners, false);
    const { c: _, ...open } = ks.k;
    const shape = { ty: 'sh', closed: true, ks: { a: 0, k: open } };
    const frame = await drawn(t, { ...smallDocument([shapeLayer([group([shape, stroke(6)])])]), v: '4.3.0' }, 0);
    assert.equal(frame.at(10, 50), '#ffffff');
  });
});

describe('a text of an old export', () => {
  it('is drawn though its document stands where keyframes are now', async (t) => {
    const layer = {
      ...{ ty: 5, nm: 'text', ip: 0, op: 50, st: 0, ks: { p: { a: 0, k: [0, 60, 0] } } },
      t: { d: { t: 'Old', f: 'Inter-Regular', s: 40, lh: 48, j: 0, fc: [1, 1, 1] } },
    };
    const { ink } = await drawn(t, { ...smallDocument([layer]), v: '4.4.0' }, 0);
    assert.ok(ink !== null && ink.right > 40, JSON.stringify(ink));
  });
});

describe('an own glyph of an export before 4.7.99', () => {
  it('has points for handles, and is drawn once', async (t) => {
    const corners = [
      [0, -70],
      [70, -70],
      [70, 0],
      [0, 0],
    ];
    const beside = corners.map(([x = 0, y = 0]) => [x + 80, y]);
    const outline = (v: number[][], handles: number[][]) => ({
      ty: 'gr',
      it: [{ ty: 'sh', ks: { a: 0, k: { c: true, v, i: handles, o: handles } } }],
    });
    const straight = corners.map(() => [0, 0]);
    const shapes = [outline(corners, corners), outline(beside, straight)];
    const glyph = { ch: 'S', size: 40, style: 'Regular', fFamily: 'Own', w: 80, data: { shapes } };
    const text = { t: 'S', f: 'Own-Regular', s: 100, lh: 120, fc: [1, 1, 1], j: 0 };
    const layer = { ...textLayer('text', 'S', [20, 80], 100), t: { d: { k: [{ t: 0, s: text }] } } };
    const fonts = { list: [{ fName: 'Own-Regular', fFamily: 'Own', fStyle: 'Regular', ascent: 75 }] };
    const frame = await drawn(t, { ...smallDocument([layer]), v: '4.7.1', fonts, chars: [glyph] }, 0);
    assert.deepEqual(frame.ink, { left: 20, top: 10, right: 89, bottom: 79 });
  });
});
