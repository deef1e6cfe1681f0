import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findCodec } from '../../lib/contract/formats.ts';
import { probeImage } from '../../lib/media/probe-output.ts';
import type { RenderTask } from '../../lib/render/messages.ts';
import { type CheckedOutput, checkOutput } from '../../lib/render/output.ts';
import { openWorkFolder } from '../../lib/render/work-folder.ts';
import { SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PNG = await readFile(join(SAMPLES, 'images', 'mary.png'));
/** One grey pixel. */
const JPEG = Buffer.from(
  'ffd8ffdb004300010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101' +
    '01010101010101010101010101010101ffc0000b080001000101011100ffc40014000100000000000000000000000000000000ffc40014' +
    '100100000000000000000000000000000000ffda0008010100003f002affd9',
  'hex',
);

/** The head of an AVI of this many frames, and as many empty ones. */
function avi(frames: number): Buffer {
  const chunk = (id: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data]);
  };
  const list = (kind: string, ...chunks: Buffer[]) => chunk('LIST', Buffer.concat([Buffer.from(kind), ...chunks]));
  const main = Buffer.alloc(56);
  for (const [at, value] of [
    [0, 40_000],
    [16, frames],
    [24, 1],
    [32, 64],
    [36, 32],
  ] as const)
    main.writeUInt32LE(value, at);
  const stream = Buffer.alloc(56);
  stream.write('vidsDIB ', 0, 'latin1');
  const movie = Array.from({ length: frames }, () => chunk('00db', Buffer.alloc(4)));
  const content = [
    list('hdrl', chunk('avih', main), list('strl', chunk('strh', stream), chunk('strf', Buffer.alloc(40)))),
    list('movi', ...movie),
  ];
  return chunk('RIFF', Buffer.concat([Buffer.from('AVI '), ...content]));
}

/** Checks an output folder with these files, of a job with this codec. */
async function check(
  t: TestContext,
  files: Record<string, Uint8Array>,
  { codec = 'image_png', sequence = false, expected = null as number | null } = {},
): Promise<CheckedOutput> {
  const folder = await openWorkFolder(join(await temporaryFolder(t), 'attempt'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder.output, name), bytes);
  const task = { output: { codec: findCodec(codec), sequence } } as Pick<RenderTask, 'output'>;
  return await checkOutput(task, folder, expected);
}

describe('a picture', () => {
  it('is whole with its beginning and its end, and with some bytes more', async (t) => {
    const folder = await temporaryFolder(t);
    for (const [name, bytes, extension] of [
      ['a.png', PNG, 'png'],
      ['a.jpg', JPEG, 'jpg'],
      ['no extension', JPEG, 'jpg'],
    ] as const) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      assert.equal(probeImage(path).extension, extension);
      await writeFile(path, Buffer.concat([bytes, Buffer.alloc(3)]));
      assert.equal(probeImage(path).extension, extension);
    }
  });

  it('is not whole if it is cut, wherever that is, or if its room was reserved and never written', async (t) => {
    const path = join(await temporaryFolder(t), 'cut');
    for (const bytes of [PNG, JPEG]) {
      const step = Math.max(1, Math.floor(bytes.length / 50));
      for (let length = bytes.length - 1; length >= 0; length -= step) {
        await writeFile(path, bytes.subarray(0, length));
        assert.throws(() => probeImage(path), { code: 'OUTPUT_INCOMPLETE' }, `${length} bytes`);
      }
      await writeFile(path, Buffer.alloc(bytes.length));
      assert.throws(() => probeImage(path), { code: 'OUTPUT_INCOMPLETE' });
    }
  });
});

describe('the output of a renderer', () => {
  it('is every picture of a sequence, in order', async (t) => {
    const files = { 'frame_00001.png': PNG, 'frame_00000.png': PNG };
    const output = await check(t, files, { sequence: true, expected: 2 });
    assert.deepEqual(output, {
      files: ['frame_00000.png', 'frame_00001.png'],
      frames: 2,
      extension: 'zip',
      warnings: [],
    });
    await assert.rejects(check(t, files, { sequence: true, expected: 3 }), {
      code: 'OUTPUT_INCOMPLETE',
      message: '2 of 3 pictures were written.',
    });
  });

  it('of another format than was asked for keeps its own extension, with a warning', async (t) => {
    const picture = await check(t, { 'frame_00000.png': JPEG });
    assert.equal(picture.extension, 'jpg');
    assert.match(picture.warnings[0] ?? '', /wrote jpg where the job asks for png/);
    for (const name of ['output.avi', 'output.mp4']) {
      const video = await check(t, { [name]: avi(10) }, { codec: 'video_h264_vbr_15mbps', expected: 10 });
      assert.deepEqual([video.files, video.frames, video.extension], [[name], 10, 'avi']);
      assert.match(video.warnings[0] ?? '', /wrote avi where the job asks for mp4/);
    }
  });

  it('is incomplete if a video of any format is cut or short', async (t) => {
    const options = { codec: 'video_h264_vbr_15mbps', expected: 10 };
    await assert.rejects(check(t, { 'output.avi': avi(9) }, options), { message: 'The video has 9 of 10 frames.' });
    const cut = avi(10).subarray(0, -20);
    await assert.rejects(check(t, { 'output.avi': cut }, options), { code: 'OUTPUT_INCOMPLETE', message: /cut/ });
    await assert.rejects(check(t, { 'output.mp4': Buffer.from('no video') }, options), { code: 'OUTPUT_INCOMPLETE' });
    await assert.rejects(check(t, { 'output.mp4': Buffer.alloc(0) }, options), { code: 'OUTPUT_INCOMPLETE' });
  });

  it('is never a file of another kind that lies beside it', async (t) => {
    const sound = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(64)]);
    const beside = { '.DS_Store': Buffer.from('x'), 'output.wav': sound, 'output.xmp': Buffer.from('<x/>') };
    const video = await check(t, { ...beside, 'output.avi': avi(3) }, { codec: 'video_h264_vbr_15mbps' });
    assert.deepEqual(video.files, ['output.avi']);
    const picture = await check(t, { ...beside, 'a preview.jpg': JPEG, 'frame_00000.png': PNG });
    assert.deepEqual([picture.files, picture.warnings], [['frame_00000.png'], []]);
    for (const codec of ['video_h264_vbr_15mbps', 'image_png'])
      await assert.rejects(check(t, beside, { codec }), { code: 'OUTPUT_MISSING', message: /output\.wav/ });
  });

  it('that cannot be checked is refused, with both formats in the message, and not rendered again', async (t) => {
    const flash = Buffer.concat([Buffer.from('FLV\x01\x05'), Buffer.alloc(5_000)]);
    await assert.rejects(check(t, { 'output.flv': flash }, { codec: 'video_h264_vbr_15mbps' }), {
      code: 'OUTPUT_MISSING',
      message: /asks for mp4.*flv/,
      retryable: false,
    });
  });
});
