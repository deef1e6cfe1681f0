import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ValidationError } from '../../lib/errors.ts';
import { CommandLineError, parseCommandLine } from '../../lib/lottie/renderer/command-line.ts';
import { averageDown, FramePainter, SUPERSAMPLES, type Supersample } from '../../lib/lottie/renderer/frames.ts';
import { render } from '../../lib/lottie/renderer/render.ts';
import { VideoDecoder } from '../../lib/media/decode-video.ts';
import { encodePng } from '../../lib/media/encode-image.ts';
import type { BatchInput } from '../../lib/plan/request.ts';
import { QuietLog } from '../support/drawn-frame.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { fill, group, rectangle, shapeLayer, smallDocument, transform } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function painted(shape: object, supersample: Supersample, transparent: boolean): Promise<Buffer> {
  const json = JSON.stringify(smallDocument([shapeLayer([group([shape, fill([1, 0, 0])])])]));
  using painter = await FramePainter.open({ width: 200, height: 100 }, { transparent, supersample });
  painter.load({ json, files: new Map() });
  return Buffer.from(painter.paint(0));
}

/** The share of a pixel that lies in a circle around the origin, by 16 by 16 points. */
function cover(x: number, y: number, radius: number): number {
  if (Math.abs(Math.hypot(x + 0.5, y + 0.5) - radius) > 1) return Math.hypot(x + 0.5, y + 0.5) < radius ? 1 : 0;
  let inside = 0;
  for (let point = 0; point < 256; point += 1) {
    const [dx, dy] = [((point % 16) + 0.5) / 16, (Math.floor(point / 16) + 0.5) / 16];
    if (Math.hypot(x + dx, y + dy) < radius) inside += 1;
  }
  return inside / 256;
}

/** The pixels of the first frame, rendered with more options. */
async function renderedFrame(t: TestContext, document: object, more: readonly string[]): Promise<Buffer | undefined> {
  const folder = await temporaryFolder(t);
  const [project, output] = [join(folder, 'project.json'), join(folder, 'frame.png')];
  await writeFile(project, JSON.stringify(document));
  const range = ['-s', '0', '-e', '0', '-OMtemplate', 'image_png'];
  const args = ['-project', project, '-output', output, ...range, ...more];
  await render(parseCommandLine(args), new QuietLog({ file: null, progress: false }));
  await using decoder = new VideoDecoder(output);
  return (await decoder.frameAt(0))?.pixels;
}

describe('supersampling', () => {
  it('averages squares of pixels, to the nearest', () => {
    const large = new Uint8Array(4 * 4 * 4).fill(255);
    large.set([1, 2, 3, 4], 0);
    const small = new Uint8Array(4);
    averageDown(new Uint32Array(large.buffer), new Uint32Array(small.buffer), { width: 1, height: 1, factor: 4 });
    assert.deepEqual([...small], [239, 239, 239, 239]);
    const half = new Uint8Array(2 * 2 * 4);
    half.set([255, 0, 0, 255], 4);
    averageDown(new Uint32Array(half.buffer), new Uint32Array(small.buffer), { width: 1, height: 1, factor: 2 });
    assert.deepEqual([...small], [64, 0, 0, 64]);
  });

  it('changes nothing of what ends between pixels', async () => {
    const square = rectangle([40, 40], [50, 50]);
    for (const transparent of [true, false]) {
      const plain = await painted(square, 1, transparent);
      for (const factor of SUPERSAMPLES) assert.deepEqual(await painted(square, factor, transparent), plain);
    }
  });

  it('changes nothing of a picture in its own size', async (t) => {
    const size = { width: 20, height: 10 };
    const pixels = Buffer.from(Array.from({ length: 20 * 10 * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 97) % 256)));
    const asset = {
      id: 'p',
      w: 20,
      h: 10,
      u: '',
      p: `data:image/png;base64,${encodePng(size, pixels).toString('base64')}`,
      e: 1,
    };
    const document = smallDocument([{ ty: 2, refId: 'p', ip: 0, op: 50, st: 0, ks: transform(30, 20) }], [asset]);
    const [plain, finer] = await Promise.all(
      [1, 4].map((factor) => renderedFrame(t, document, ['-supersample', `${factor}`])),
    );
    assert.ok(plain?.some((value, at) => at % 4 !== 3 && value > 0));
    assert.deepEqual(finer, plain);
  });

  it('brings the edge of a circle closer to its true cover, and keeps straight colours', async () => {
    const circle = { ty: 'el', d: 1, s: { a: 0, k: [73, 73] }, p: { a: 0, k: [61.3, 48.7] } };
    const errors: number[] = [];
    for (const factor of SUPERSAMPLES) {
      const pixels = await painted(circle, factor, true);
      let error = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const [x, y] = [(at / 4) % 200, Math.floor(at / 4 / 200)];
        error += Math.abs((pixels[at + 3] ?? 0) - 255 * cover(x - 61.3, y - 48.7, 36.5));
        if ((pixels[at + 3] ?? 0) > 0) assert.equal(pixels[at], 255);
      }
      errors.push(error);
    }
    const [plain = 0, twice = 0, four = 0] = errors;
    assert.ok(twice < plain && four < twice, errors.join());
  });

  it('comes from the engine, or from the job itself', async (t) => {
    const { engine } = await openStudio(t, { paused: true, bundled: { supersample: 2 } });
    const job = (local?: object) => ({
      ...{
        template: { src: join(SAMPLES, 'invitation.json'), composition: 'main' },
        settings: { type: 'image', frames: 0 },
      },
      ...(local === undefined ? {} : { local }),
    });
    const { jobs, errors = [] } = await engine.batches.create({
      jobs: [job(), job({ supersample: 4, note: 'mine' }), job({ supersample: 3 })],
    } as BatchInput);
    assert.equal(jobs.length, 2);
    assert.match(errors[0]?.error ?? '', /local\.supersample/);
    await assert.rejects(openStudio(t, { bundled: { supersample: 3 as 2 } }), ValidationError);
  });

  it('is asked for by 1, 2 or 4', () => {
    assert.equal(parseCommandLine(['-project', 'a.json']).supersample, 1);
    assert.equal(parseCommandLine(['-supersample', '4']).supersample, 4);
    for (const value of ['3', '0', 'two', '-1'])
      assert.throws(() => parseCommandLine(['-supersample', value]), CommandLineError);
  });
});
