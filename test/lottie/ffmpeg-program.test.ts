import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { findCodec } from '../../lib/contract/formats.ts';
import { parseCommandLine } from '../../lib/lottie/renderer/command-line.ts';
import { render as renderHere } from '../../lib/lottie/renderer/render.ts';
import { ByteReader } from '../../lib/lottie/sandbox/byte-reader.ts';
import { encodeHead, HEAD_BYTES } from '../../lib/lottie/sandbox/ffmpeg-channel.ts';
import { FfmpegDesk } from '../../lib/lottie/sandbox/ffmpeg-desk.ts';
import type { FfmpegAnswer } from '../../lib/lottie/sandbox/ffmpeg-messages.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { encodeVideo } from '../../lib/media/encode-video.ts';
import type { VideoFacts } from '../../lib/media/media-tools.ts';
import { probeVideo } from '../../lib/media/probe-output.ts';
import { QuietLog } from '../support/drawn-frame.ts';
import { FFMPEG, WITHOUT_FFMPEG } from '../support/ffmpeg-program.ts';
import { jobScript, type Step } from '../support/job-script.ts';
import { smallDocument, solidLayer, transform } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RENDERER = fileURLToPath(new URL('../../bin/aerender-lottie.ts', import.meta.url));
const PROGRAM = ['-ffmpeg', FFMPEG ?? ''];

/** The sides are odd: a video has an even number of lines. */
const SIZE = { width: 37, height: 21 };

/** A video of 30000/1001 frames a second, each of another grey. */
async function writeClip(path: string): Promise<void> {
  const codec = findCodec('video_h264_vbr_5mbps');
  assert.ok(codec);
  const pictures = async function* () {
    for (let frame = 0; frame < 12; frame += 1) yield Buffer.alloc(64 * 36 * 4, 20 * frame + 10);
  };
  await encodeVideo(path, codec, { width: 64, height: 36, frameRate: 29.97 }, pictures());
}

/** Half transparent, moving, and over it a video if there is one. */
function documentWith(video: string | null) {
  const box = solidLayer('box', '#ff8000', 4, 4, 20, 10);
  const moving = { a: 1, k: [{ t: 0, s: [4, 4, 0], e: [14, 8, 0], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } }, { t: 9 }] };
  Object.assign(box.ks, { p: moving, o: { a: 0, k: 50 } });
  const clip = { ty: 9, nm: 'clip', refId: 'clip', ip: 0, op: 50, st: 2, ks: transform(8, 2) };
  const asset = { id: 'clip', w: 20, h: 12, u: '', p: video ?? '', e: 0, t: 2 };
  const document = video === null ? smallDocument([box]) : smallDocument([clip, box], [asset]);
  return { ...document, w: SIZE.width, h: SIZE.height, fr: 25, op: 20 };
}

interface Call {
  document: object;
  codec: string;
  args?: string[];
  steps?: Step[];
}

async function commandLine(folder: string, name: string, { document, codec, args = [], steps = [] }: Call) {
  const output = join(folder, `${name}.${findCodec(codec)?.extension}`);
  await writeFile(join(folder, 'project.json'), JSON.stringify(document));
  await writeFile(join(folder, 'job.jsx'), jobScript({ composition: 'main', steps }));
  const project = ['-project', join(folder, 'project.json'), '-comp', 'main', '-OMtemplate', codec, '-output', output];
  const script = steps.length === 0 ? [] : ['-r', join(folder, 'job.jsx')];
  return { output, args: [...args, ...project, ...script] };
}

/** Renders a document in a folder with the FFmpeg program. */
async function render(folder: string, call: Call) {
  const { output, args } = await commandLine(folder, 'program', { ...call, args: call.args ?? PROGRAM });
  const { exitCode, stdout, stderr } = await execa(process.execPath, [RENDERER, ...args], { reject: false });
  return { output, exitCode, log: stdout + stderr };
}

/** Renders it with node-av, in this process, which is faster. */
async function renderByLibrary(folder: string, call: Call): Promise<string> {
  const { output, args } = await commandLine(folder, 'library', call);
  await renderHere(parseCommandLine(args), new QuietLog({ file: null, progress: false }));
  return output;
}

async function framesOf(path: string, count: number, frameRate: number): Promise<Buffer[]> {
  await using decoder = new VideoDecoder(path);
  const frames: Buffer[] = [];
  for (let frame = 0; frame < count; frame += 1) {
    const { pixels = Buffer.alloc(0) } = (await decoder.frameAt(frame / frameRate)) ?? {};
    frames.push(pixels);
  }
  return frames;
}

/** Both ways: the frames are the same, pixel by pixel. */
async function isTheSame(folder: string, call: Call): Promise<void> {
  const library = await renderByLibrary(folder, call);
  const program = await render(folder, call);
  assert.equal(program.exitCode, 0, program.log);
  const isVideo = !call.codec.startsWith('image');
  if (isVideo) assert.deepEqual(await probeVideo(program.output), await probeVideo(library));
  const count = isVideo ? 20 : 1;
  const [ours, theirs] = [await framesOf(program.output, count, 25), await framesOf(library, count, 25)];
  assert.equal(new Set(theirs.map((frame) => frame.toString('base64'))).size > 1, isVideo);
  for (const [index, frame] of ours.entries()) assert.ok(frame.equals(theirs[index] ?? Buffer.alloc(0)), `${index}`);
}

describe('an FFmpeg program in the place of node-av', { skip: WITHOUT_FFMPEG }, () => {
  it('encodes H.264 to the same frames', { timeout: 120_000 }, async (t) => {
    await isTheSame(await temporaryFolder(t), { document: documentWith(null), codec: 'video_h264_cbr_1mbps' });
  });

  it('leaves pictures to Skia, which keeps every pixel and its alpha', async (t) => {
    const call = { document: { ...documentWith(null), op: 1 }, codec: 'image_png' };
    await isTheSame(await temporaryFolder(t), call);
  });

  it('encodes ProRes with alpha to the same frames, and decodes a video of another frame rate to them', {
    timeout: 120_000,
  }, async (t) => {
    const folder = await temporaryFolder(t);
    await writeClip(join(folder, 'clip.mp4'));
    await isTheSame(folder, { document: documentWith('clip.mp4'), codec: 'video_prores_4444' });
  });

  it('decodes a video backwards, as a remapped layer shows it', { timeout: 120_000 }, async (t) => {
    const folder = await temporaryFolder(t);
    await writeClip(join(folder, 'clip.mp4'));
    const document = documentWith('clip.mp4');
    const reversed = { a: 1, k: [{ t: 2, s: [0.3], e: [0], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } }, { t: 10 }] };
    Object.assign(document.layers[0] ?? {}, { tm: reversed });
    await isTheSame(folder, { document, codec: 'video_prores_422' });
  });

  it('looks into videos that a script imports, in the process of the script and in the renderer', {
    timeout: 120_000,
  }, async (t) => {
    const folder = await temporaryFolder(t);
    await writeClip(join(folder, 'clip.mp4'));
    await writeClip(join(folder, 'other.mp4'));
    const document = documentWith('clip.mp4');
    const steps: Step[] = [{ type: 'footage', layerName: 'clip', src: join(folder, 'other.mp4') }];
    for (const trust of [[], ['-trustScript']]) {
      const args = [...PROGRAM, ...trust];
      const { exitCode, log } = await render(folder, { document, codec: 'video_h264_vbr_5mbps', args, steps });
      assert.equal(exitCode, 0, log);
    }
    await writeFile(join(folder, 'other.mp4'), 'no video at all');
    const failed = await render(folder, { document, codec: 'video_h264_vbr_5mbps', args: PROGRAM, steps });
    assert.equal(failed.exitCode, 1);
    assert.match(failed.log, /other\.mp4 is a text/);
  });

  it('that ends in mid-stream ends the render, with its own words if it has any', {
    skip: process.platform === 'win32',
    timeout: 60_000,
  }, async (t) => {
    const folder = await temporaryFolder(t);
    const broken = join(folder, 'my ffmpeg');
    for (const [code, words] of [
      ['echo "the disk is on fire" >&2; exit 3', /aerender ERROR: FFmpeg failed: the disk is on fire/],
      ['exit 0', /aerender ERROR: FFmpeg failed: it ended early/],
    ] as const) {
      await writeFile(broken, `#!/bin/sh\nhead -c 1000 >/dev/null\n${code}\n`);
      await chmod(broken, 0o755);
      const args = ['-ffmpeg', broken];
      const { exitCode, log } = await render(folder, { document: documentWith(null), codec: 'video_prores_422', args });
      assert.equal(exitCode, 9, log);
      assert.match(log, words);
    }
  });
});

/** Sends one request to a desk, as a renderer does. */
async function ask(desk: FfmpegDesk, request: object): Promise<FfmpegAnswer> {
  const [toDesk, fromDesk] = [new PassThrough(), new PassThrough()];
  const pipe = Object.assign(toDesk, { write: toDesk.write.bind(toDesk) });
  pipe.end(encodeHead(request, 0));
  const answers = new ByteReader(fromDesk);
  const duplex = new Proxy(pipe, {
    get: (target, key) => (key === 'write' ? fromDesk.write.bind(fromDesk) : Reflect.get(target, key, target)),
  });
  void desk.serve(duplex);
  const head = await answers.read(HEAD_BYTES);
  return JSON.parse((await answers.read(head.readUInt32LE(0))).toString()) as FfmpegAnswer;
}

describe('the process that starts FFmpeg for the renderer', { skip: WITHOUT_FFMPEG }, () => {
  async function desk(t: TestContext) {
    const [inside, outside] = [await temporaryFolder(t), await temporaryFolder(t)];
    await writeClip(join(inside, 'clip.mp4'));
    await writeClip(join(outside, 'secret.mp4'));
    const made = new FfmpegDesk({ ffmpeg: FFMPEG ?? '', encoder: null, output: null, read: [inside] });
    t.after(() => made.close());
    return { made, inside, outside };
  }

  it('reads what the renderer may read', async (t) => {
    const { made, inside } = await desk(t);
    const answer = await ask(made, { type: 'probe', path: join(inside, 'clip.mp4') });
    assert.ok('value' in answer, JSON.stringify(answer));
    const { duration, ...facts } = answer.value as VideoFacts;
    assert.deepEqual(facts, { width: 64, height: 36, frameRate: 30_000 / 1001 });
    assert.ok(Math.abs(duration - 0.4004) < 0.001);
  });

  it('reads nothing else, and no playlist', async (t) => {
    const { made, inside, outside } = await desk(t);
    const size = { frameRate: 25, width: 64, height: 36 };
    for (const path of [join(outside, 'secret.mp4'), join(inside, '../secret.mp4'), `${outside}`, '/etc/passwd']) {
      for (const request of [
        { type: 'probe', path },
        { type: 'open', reader: 1, path, ...size },
      ]) {
        const answer = await ask(made, request);
        assert.ok('fault' in answer && /may not be read|no such file/i.test(answer.fault), JSON.stringify(answer));
      }
    }
    await writeFile(join(inside, 'list.mp4'), `ffconcat version 1.0\nfile ${join(outside, 'secret.mp4')}\n`);
    const answer = await ask(made, { type: 'probe', path: join(inside, 'list.mp4') });
    assert.ok('fault' in answer && /is a playlist/.test(answer.fault));
  });

  it('takes no argument of the renderer: what is not one of its requests is refused', async (t) => {
    const { made, inside } = await desk(t);
    const path = join(inside, 'clip.mp4');
    for (const request of [
      { type: 'open', reader: 1, path, frameRate: '25:start_time=0,movie=/etc/passwd', width: 64, height: 36 },
      { type: 'encode', codec: 'image_png', frameRate: 25, width: 64, height: 36 },
      { type: 'encode', codec: 'video_prores_422', frameRate: 25, width: 64, height: 36 },
      { type: 'run', file: '/bin/sh' },
    ]) {
      assert.ok('fault' in (await ask(made, request)), JSON.stringify(request));
    }
  });
});
