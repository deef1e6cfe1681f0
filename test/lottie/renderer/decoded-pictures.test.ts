import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { imageSize } from 'image-size';
import { readPicture } from '../../../lib/lottie/renderer/decoded-pictures.ts';
import { VideoDecoder } from '../../../lib/media/decode-video.ts';
import { nativeTools } from '../../../lib/media/native-tools.ts';
import { probeFootage } from '../../../lib/media/probe-footage.ts';
import { writePsd } from '../../support/psd-writer.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const SIZE = { width: 8, height: 6 };

/** Red all over, green in a corner and beyond it. The whole is half transparent grey, mixed with white. */
const LAYERS = [
  { left: 0, top: 0, width: 8, height: 6, color: RED, alpha: 255 },
  { left: 6, top: 4, width: 4, height: 4, color: GREEN, alpha: 128 },
];
const PSD = writePsd({ ...SIZE, layers: LAYERS, merged: [177, 177, 177, 128] });

/** Uncompressed, from the top, with alpha. Source: Truevision, "TGA File Format Specification". */
function targa({ width, height }: { width: number; height: number }, [red, green, blue]: readonly number[]): Buffer {
  const head = Buffer.from([0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, width, 0, height, 0, 32, 0x28]);
  const pixel = Buffer.from([blue ?? 0, green ?? 0, red ?? 0, 255]);
  return Buffer.concat([head, ...Array.from({ length: width * height }, () => pixel)]);
}

async function decoded(t: TestContext, name: string, bytes: Uint8Array, more: object = {}) {
  const path = join(await temporaryFolder(t), name);
  await writeFile(path, bytes);
  const png = await readPicture({ id: 'a', p: path, ...more } as never, nativeTools);
  assert.equal(imageSize(png).type, 'png');
  const file = `${path}.png`;
  await writeFile(file, png);
  await using decoder = new VideoDecoder(file);
  const picture = await decoder.frameAt(0);
  assert.ok(picture);
  const at = (x: number, y: number) => [...picture.pixels.subarray((y * picture.width + x) * 4).subarray(0, 4)];
  return { size: [picture.width, picture.height], at };
}

const layer = { index: 1, top: 4, left: 6, bottom: 8, right: 10 };

describe('a Photoshop file', () => {
  it('is shown with all of its layers, without the white that it is kept with', async (t) => {
    const { size, at } = await decoded(t, 'all.psd', PSD);
    assert.deepEqual(
      [size, at(3, 3)],
      [
        [8, 6],
        [100, 100, 100, 128],
      ],
    );
  });

  it('is shown with the layer that the footage names, in its own size', async (t) => {
    const { size, at } = await decoded(t, 'cut.psd', PSD, { w: 4, h: 4, ae: { photoshopLayer: layer } });
    assert.deepEqual(
      [size, at(0, 0), at(3, 3)],
      [
        [4, 4],
        [...GREEN, 128],
        [...GREEN, 128],
      ],
    );
  });

  it('is shown with the layer that the footage names at its place in the whole picture', async (t) => {
    const { size, at } = await decoded(t, 'placed.psd', PSD, { w: 8, h: 6, ae: { photoshopLayer: layer } });
    assert.deepEqual(
      [size, at(5, 5)[3], at(6, 3)[3], at(6, 4), at(7, 5)],
      [[8, 6], 0, 0, [...GREEN, 128], [...GREEN, 128]],
    );
  });

  it('whose layers were moved since is shown with the one in that place', async (t) => {
    const moved = { ...layer, left: 2, right: 6 };
    const { at } = await decoded(t, 'moved.psd', PSD, { w: 4, h: 4, ae: { photoshopLayer: moved } });
    assert.deepEqual(at(0, 0), [...GREEN, 128]);
  });

  it('without the layer that the footage names says so', async (t) => {
    const gone = { index: 7, top: 0, left: 0, bottom: 1, right: 1 };
    await assert.rejects(
      decoded(t, 'gone.psd', PSD, { w: 1, h: 1, ae: { photoshopLayer: gone } }),
      /has 2 layers, and none in place 8/,
    );
  });
});

describe('a picture that Skia does not read', () => {
  it('is decoded, and is a still for a script that imports it', async (t) => {
    const bytes = targa(SIZE, RED);
    const { size, at } = await decoded(t, 'a.tga', bytes);
    assert.deepEqual(
      [size, at(0, 0)],
      [
        [8, 6],
        [...RED, 255],
      ],
    );
    const path = join(await temporaryFolder(t), 'b.tga');
    await writeFile(path, bytes);
    assert.deepEqual(probeFootage(path, nativeTools), { kind: 'still', ...SIZE, duration: 0, frameRate: 0 });
  });
});
