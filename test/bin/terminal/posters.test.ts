import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { imageSize } from 'image-size';
import { Posters } from '../../../bin/terminal/posters.ts';
import { findCodec } from '../../../lib/contract/formats.ts';
import { encodeVideo } from '../../../lib/media/encode-video.ts';
import { FFMPEG, WITHOUT_FFMPEG } from '../../support/ffmpeg-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A film of a second, grey, 960 x 540. */
async function film(t: TestContext): Promise<string> {
  const path = join(await temporaryFolder(t), 'film.mp4');
  const codec = findCodec('video_h264_vbr_1mbps');
  assert.ok(codec !== undefined);
  const frame = Buffer.alloc(960 * 540 * 4, 128);
  const frames = async function* () {
    for (let count = 0; count < 10; count += 1) yield frame;
  };
  await encodeVideo(path, codec, { width: 960, height: 540, frameRate: 10 }, frames());
  return path;
}

async function posterOf(path: string, ffmpeg: string | null): Promise<string | null | undefined> {
  using posters = new Posters(ffmpeg);
  posters.want(path);
  return (await posters.all()).get(path);
}

function sizeOf(poster: string | null | undefined): { width: number; height: number; type?: string } {
  return imageSize(Buffer.from(poster?.split(',')[1] ?? '', 'base64'));
}

describe('the poster of a film', () => {
  it('is a small picture of it, by node-av', async (t) => {
    const { width, height, type } = sizeOf(await posterOf(await film(t), null));
    assert.deepEqual([width, height, type], [480, 270, 'jpg']);
  });

  it('is made by the FFmpeg program that stands in for node-av', { skip: WITHOUT_FFMPEG }, async (t) => {
    const { width, height, type } = sizeOf(await posterOf(await film(t), FFMPEG));
    assert.deepEqual([width, height, type], [480, 270, 'jpg']);
  });

  it('is missing, and nothing else, if the file is no film or the program is none', async (t) => {
    const path = join(await temporaryFolder(t), 'film.mp4');
    await writeFile(path, 'no film');
    for (const ffmpeg of [null, '/no/such/ffmpeg']) assert.equal(await posterOf(path, ffmpeg), null);
  });
});
