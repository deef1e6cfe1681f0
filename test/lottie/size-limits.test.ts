import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { classify } from '../../lib/aerender/failures.ts';
import { drawingFault, unfolded } from '../../lib/lottie/normalise/index.ts';
import { renderDocument } from '../support/drawn-frame.ts';
import { openStudio } from '../support/engine.ts';
import { smallDocument, solidLayer, transform } from '../support/small-document.ts';

const solid = solidLayer('a', '#ff0000', 0, 0, 10, 10);
const shows = (refId: string) => ({ ty: 0, nm: refId, refId, w: 10, h: 10, ip: 0, op: 50, st: 0, ks: transform() });

/** Each composition shows the next four times: 4 to the power of `levels` layers. */
function unfolding(levels: number) {
  const times = (refId: string) => Array.from({ length: 4 }, () => shows(refId));
  const assets = Array.from({ length: levels }, (_, at) => ({
    id: `c${at}`,
    layers: at === levels - 1 ? [solid] : times(`c${at + 1}`),
  }));
  return smallDocument(times('c0'), assets);
}

const large = { ...smallDocument([solid]), w: 16_000, h: 16_000 };

describe('what is too large to be drawn', () => {
  it('is counted without being unfolded', () => {
    const shown: Record<string, (string | null)[]> = {
      top: ['a', 'a', null],
      a: ['b', 'b'],
      b: [null, null],
      self: ['self'],
    };
    const list = (name: string) => shown[name] ?? [];
    assert.deepEqual(unfolded('top', list), { layers: 3 + 2 * (2 + 2 * 2), depth: 3 });
    assert.deepEqual(unfolded('self', list), { layers: 1, depth: 1 });
    const fits = { width: 8192, height: 8192, layers: 50_000, depth: 50 };
    assert.equal(drawingFault(fits), null);
    assert.match(String(drawingFault({ ...fits, depth: 51 })), /^has 51 compositions within each other/);
    assert.match(String(drawingFault({ width: 8193, height: 8192, layers: 1, depth: 1 })), /^has 8193 x 8192 pixels/);
    assert.match(
      String(drawingFault({ width: 4096, height: 2161, layers: 1, depth: 1, supersample: 4 })),
      /drawn 4 times larger/,
    );
    assert.match(String(drawingFault({ width: 1, height: 1, layers: 50_001, depth: 1 })), /^unfolds to 50,001 layers/);
  });

  it('is refused at create, with a code', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const jobs = [];
    for (const [name, document] of Object.entries({ large, unfolding: unfolding(12) })) {
      const src = join(folder, `${name}.json`);
      await writeFile(src, JSON.stringify(document));
      jobs.push({ template: { id: 'x', src, composition: 'main' }, assets: [] });
    }
    const { errors = [] } = await engine.batches.create({ jobs });
    assert.deepEqual(
      errors.map(({ errorCode }) => errorCode),
      ['COMPOSITION_TOO_LARGE', 'COMPOSITION_TOO_LARGE'],
    );
    assert.match(errors[1]?.error ?? '', /unfolds to [\d,]+ layers/);
  });

  it('ends the renderer before anything is drawn, with words that give the code', async (t) => {
    const { exitCode, log } = await renderDocument(t, large, 0, []);
    assert.equal(exitCode, 1);
    const [, message = ''] = /aerender ERROR: (.*)/.exec(log) ?? [];
    assert.match(message, /has 16000 x 16000 pixels/);
    const run = { exitCode, errors: [message], warnings: [], signal: null, timedOut: null, spawnError: null };
    assert.equal(
      classify({ ...run, scriptFault: null, lastLines: [] } as never, 'aerender-lottie')?.code,
      'COMPOSITION_TOO_LARGE',
    );
  });
});
