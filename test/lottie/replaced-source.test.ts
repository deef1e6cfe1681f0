import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { encodePng } from '../../lib/media/encode-image.ts';
import { drawn } from '../support/drawn-frame.ts';
import { smallDocument } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const fixed = (k: unknown) => ({ a: 0, k });

function png(width: number, height: number): Buffer {
  return encodePng({ width, height }, Buffer.alloc(width * height * 4, 255));
}

/** A picture of 20 by 20 around the point (40, 20), of which a mask shows the right half. */
function masked(path: object) {
  const asset = {
    id: 'photo',
    w: 20,
    h: 20,
    u: '',
    p: `data:image/png;base64,${png(20, 20).toString('base64')}`,
    e: 1,
  };
  const ks = { p: fixed([40, 20, 0]), a: fixed([10, 10, 0]), s: fixed([100, 100, 100]), r: fixed(0), o: fixed(100) };
  const mask = { mode: 'a', inv: false, o: fixed(100), x: fixed(0), pt: path };
  const layer = { ty: 2, nm: 'photo', ind: 1, refId: 'photo', ip: 0, op: 50, st: 0, ks, hasMask: true };
  return smallDocument([{ ...layer, masksProperties: [mask] }], [asset]);
}

const corners = [
  [10, 0],
  [20, 0],
  [20, 20],
  [10, 20],
];
const straight = corners.map(() => [0, 0]);
const rightHalf = { v: corners, i: straight, o: straight, c: true };

async function replaced(t: TestContext, path: object) {
  const src = join(await temporaryFolder(t), 'wide.png');
  await writeFile(src, png(40, 20));
  return await drawn(t, masked(path), 10, { type: 'footage', layerName: 'photo', src });
}

describe('a picture of another size in the place of one', () => {
  it('is masked in the same part', async (t) => {
    const whole = { left: 40, right: 59, top: 10, bottom: 29 };
    assert.deepEqual((await drawn(t, masked(fixed(rightHalf)), 10)).ink, { ...whole, right: 49 });
    assert.deepEqual((await replaced(t, fixed(rightHalf))).ink, whole);
  });

  it('is masked in the same part by a mask that moves', async (t) => {
    const ease = { o: { x: 0.2, y: 0.2 }, i: { x: 0.8, y: 0.8 } };
    const moving = {
      a: 1,
      k: [
        { ...ease, t: 0, s: [rightHalf] },
        { t: 40, s: [rightHalf] },
      ],
    };
    assert.deepEqual((await replaced(t, moving)).ink, { left: 40, right: 59, top: 10, bottom: 29 });
  });
});
