import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ValidationError } from '../../lib/errors.ts';
import { CommandLineError, parseCommandLine } from '../../lib/lottie/renderer/command-line.ts';
import { averageDown, FramePainter, SUPERSAMPLES, type Supersample } from '../../lib/lottie/renderer/frames.ts';
import type { BatchInput } from '../../lib/plan/request.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { fill, group, rectangle, shapeLayer, smallDocument } from '../support/small-document.ts';

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
