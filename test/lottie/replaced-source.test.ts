import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { codecOfOutputModule } from '../../lib/aerender/arguments.ts';
import { encodePng } from '../../lib/media/encode-image.ts';
import { encodeVideo } from '../../lib/media/encode-video.ts';
import { drawn } from '../support/drawn-frame.ts';
import { smallDocument } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const fixed = (k: unknown) => ({ a: 0, k });

function png(width: number, height: number): Buffer {
  return encodePng({ width, height }, Buffer.alloc(width * height * 4, 255));
}

/** A film of 16 by 16, white, of a second. */
async function writeFilm(path: string): Promise<void> {
  async function* pictures() {
    for (let frame = 0; frame < 25; frame += 1) yield Buffer.alloc(16 * 16 * 4, 255);
  }
  const codec = codecOfOutputModule('video_prores_4444');
  assert.ok(codec);
  await encodeVideo(path, codec, { width: 16, height: 16, frameRate: 25 }, pictures());
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

describe('footage of another kind', () => {
  it('shows its film in the place of a still, and nothing after its end', async (t) => {
    const src = join(await temporaryFolder(t), 'film.mov');
    await writeFilm(src);
    const step = { type: 'footage', layerName: 'photo', src } as const;
    const document = withoutMask(masked(fixed(rightHalf)));
    assert.deepEqual((await drawn(t, document, 10, step)).ink, { left: 32, right: 47, top: 12, bottom: 27 });
    assert.equal((await drawn(t, document, 40, step)).ink, null);
  });

  it('shows a still in the place of a film, as long as the layer lasts', async (t) => {
    const folder = await temporaryFolder(t);
    const src = join(folder, 'still.png');
    await writeFile(src, png(40, 20));
    await writeFilm(join(folder, 'film.mov'));
    const document = withoutMask(masked(fixed(rightHalf)));
    const [asset] = document.assets;
    const [layer] = document.layers;
    Object.assign(asset ?? {}, { w: 16, h: 16, p: join(folder, 'film.mov'), e: 0 });
    Object.assign(layer ?? {}, { ty: 9, ks: { p: fixed([40, 20, 0]), a: fixed([8, 8, 0]) } });
    const frame = await drawn(t, document, 40, { type: 'footage', layerName: 'photo', src });
    assert.deepEqual(frame.ink, { left: 20, right: 59, top: 10, bottom: 29 });
  });
});

function withoutMask(document: ReturnType<typeof masked>): ReturnType<typeof masked> {
  for (const layer of document.layers) Object.assign(layer, { hasMask: false, masksProperties: [] });
  return document;
}
