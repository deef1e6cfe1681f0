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
  solidLayer,
  transform,
} from '../../support/small-document.ts';

const fixed = (k: unknown) => ({ a: 0, k });
const invert = {
  ty: 5,
  nm: 'Invert',
  mn: 'ADBE Invert',
  en: 1,
  ef: [
    { ty: 7, v: fixed(1) },
    { ty: 0, v: fixed(0) },
  ],
};

/** As our own converter writes it. */
function adjustment(more: object = {}) {
  const ae = { adjustment: true };
  return { ty: 3, nm: 'all', ip: 0, op: 50, st: 0, ks: transform(), sw: 200, sh: 100, ae, ef: [invert], ...more };
}

const above = solidLayer('above', '#ff0000', 0, 0, 20, 100);
const below = solidLayer('below', '#ff0000', 20, 0, 180, 100);
const [RED, CYAN] = ['#ff0000', '#00ffff'];

describe('the effects of an adjustment layer', () => {
  it('change what is below it, and nothing above', async (t) => {
    const frame = await drawn(t, smallDocument([above, adjustment(), below]), 0);
    assert.deepEqual([frame.at(10, 50), frame.at(100, 50)], [RED, CYAN]);
  });

  it('begin and end with it', async (t) => {
    const document = smallDocument([adjustment({ ip: 10, op: 20 }), below]);
    const seen = [];
    for (const frame of [9, 10, 19, 20]) seen.push((await drawn(t, document, frame)).at(100, 50));
    assert.deepEqual(seen, [RED, CYAN, CYAN, RED]);
  });

  it('reach as far as its size, its masks, its opacity and its matte', async (t) => {
    const halfDrawn = async (layer: object, others: object[] = []) => {
      const frame = await drawn(t, smallDocument([...others, layer, below]), 0);
      return [frame.at(60, 50), frame.at(180, 50)];
    };
    const left = path([
      [0, 0],
      [120, 0],
      [120, 100],
      [0, 100],
    ]).ks;
    const mask = { mode: 'a', o: fixed(100), x: fixed(0), pt: left };
    assert.deepEqual(await halfDrawn(adjustment({ sw: 120 })), [CYAN, RED]);
    assert.deepEqual(await halfDrawn(adjustment({ hasMask: true, masksProperties: [mask] })), [CYAN, RED]);
    const matte = shapeLayer([group([rectangle([120, 100], [60, 50]), fill()])], { ind: 7, td: 1 });
    assert.deepEqual(await halfDrawn(adjustment({ tt: 1, tp: 7 }), [matte]), [CYAN, RED]);
    const [shade = ''] = await halfDrawn(adjustment({ ks: { ...transform(), o: fixed(50) } }));
    for (const at of [1, 3, 5]) assert.ok(Math.abs(Number.parseInt(shade.slice(at, at + 2), 16) - 128) < 3, shade);
  });

  it('leave layers where their parents carry them, on both sides', async (t) => {
    const carrier = { ty: 3, nm: 'carrier', ind: 5, ip: 0, op: 50, ks: transform(100, 0) };
    const carried = solidLayer('carried', '#ff0000', 0, 0, 50, 100, { parent: 5 });
    const frame = await drawn(t, smallDocument([carrier, adjustment(), carried]), 0);
    assert.deepEqual([frame.at(50, 50), frame.at(120, 50)], ['#000000', CYAN]);
    const other = await drawn(t, smallDocument([carried, adjustment(), carrier]), 0);
    assert.deepEqual([other.at(50, 50), other.at(120, 50)], ['#000000', RED]);
  });

  it('of several are applied from the lowest up, in nested compositions as well', async (t) => {
    const inner = { id: 'inner', nm: 'inner', w: 200, h: 100, layers: [adjustment(), above, adjustment(), below] };
    const shown = { ty: 0, nm: 'shown', refId: 'inner', ip: 0, op: 50, w: 200, h: 100, ks: transform() };
    const frame = await drawn(t, smallDocument([shown], [inner]), 0);
    assert.deepEqual([frame.at(10, 50), frame.at(100, 50)], [CYAN, RED]);
  });
});
