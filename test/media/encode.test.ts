import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { imageSize } from 'image-size';
import { DEFAULT_VIDEO_CODEC } from '../../lib/contract/formats.ts';
import { encodePng } from '../../lib/media/encode-image.ts';
import { encodeVideo } from '../../lib/media/encode-video.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SIZE = { width: 32, height: 16 };
const BYTES = SIZE.width * SIZE.height * 4;

describe('a video', () => {
  it('has the same bytes whether each picture has memory of its own or all share one block', async (t) => {
    const folder = await temporaryFolder(t);
    const encoded = async (memory: () => Buffer) => {
      const path = join(folder, 'video.mp4');
      const pictures = async function* () {
        for (let frame = 0; frame < 40; frame += 1) yield memory().fill(frame * 6);
      };
      await encodeVideo(path, DEFAULT_VIDEO_CODEC, { ...SIZE, frameRate: 25 }, pictures());
      return await readFile(path);
    };
    const block = Buffer.alloc(BYTES);
    assert.ok((await encoded(() => block)).equals(await encoded(() => Buffer.alloc(BYTES))));
  });
});

describe('a picture', () => {
  it('is a PNG of the very pixels, with their alpha', () => {
    const pixels = Buffer.from(Array.from({ length: BYTES }, (_, at) => (at * 37) % 251));
    const png = encodePng(SIZE, pixels);
    assert.deepEqual({ ...imageSize(png) }, { ...SIZE, type: 'png' });
    const data = png.indexOf('IDAT') + 4;
    const rows = inflateSync(png.subarray(data, data + png.readUInt32BE(data - 8)));
    const stride = SIZE.width * 4;
    const read = Buffer.alloc(BYTES);
    for (let at = 0; at < BYTES; at += 1) {
      const difference = rows[at + Math.floor(at / stride) + 1] ?? 0;
      read[at] = difference + (at < stride ? 0 : (read[at - stride] ?? 0));
    }
    assert.ok(read.equals(pixels));
  });
});
