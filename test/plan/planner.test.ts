import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { JobCreationInput } from '../../lib/index.ts';
import { FAKE_AERENDER, openStudio } from '../support/engine.ts';
import { composition, header } from '../support/project-writer.ts';
import { chunk, fields, list, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';
import { smallDocument, textLayer } from '../support/small-document.ts';

/** A project of After Effects 26.0 or another major version, with one composition. */
function projectOf(major: number): Uint8Array {
  const [head, ...rest] = header();
  const version = 0x0bba8634;
  // Major version: bits 26-30 (high) and 19-22 (low 3 bits of it); see lib/aep/read-project.ts.
  const high = (major >> 3) & 0x1f;
  const low = major & 0x7;
  const changed = ((version & ~((0x1f << 26) | (0x7 << 19))) | (high << 26) | (low << 19)) >>> 0;
  const main = composition({
    ...{ id: 2, name: 'good', width: 40, height: 30, frameRate: 25, duration: 1000, layers: [] },
  });
  const chunks: WrittenChunk[] = [
    chunk('head', [...fields(20, [[4, 'uint32', changed]])]),
    ...rest,
    list('Fold', [main]),
  ];
  assert.ok(head);
  return writeRifx(chunks);
}

describe('a project', () => {
  it('of a later version than the After Effects that is to open it is refused, with both versions', async (t) => {
    const { engine, folder } = await openStudio(t, {
      paused: true,
      aerender: { binaries: { ae2025: FAKE_AERENDER, ae2026: FAKE_AERENDER } },
    });
    const job = async (major: number, engineName: 'ae2025' | 'ae2026'): Promise<JobCreationInput> => {
      const src = join(folder, `written-by-${major}.aep`);
      await mkdir(folder, { recursive: true });
      await writeFile(src, projectOf(major));
      return { template: { src, composition: 'good' }, settings: { type: 'image', frames: 0, engine: engineName } };
    };
    const jobs = [await job(27, 'ae2025'), await job(27, 'ae2026'), await job(26, 'ae2026'), await job(25, 'ae2026')];
    const { errors = [], successCount } = await engine.batches.create({ jobs }, { dryRun: true });
    assert.equal(successCount, 2);
    assert.deepEqual(
      errors.map(({ index, errorCode }) => [index, errorCode]),
      [
        [0, 'SETTINGS_UNSUPPORTED'],
        [1, 'SETTINGS_UNSUPPORTED'],
      ],
    );
    assert.match(
      errors[0]?.error ?? '',
      /saved by After Effects 27\.\d+, and After Effects 2025 opens none of a later/,
    );
  });
});

describe('keys that nobody knows', () => {
  it('are warned of once for each key of a batch, and kept with the job', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    const src = join(folder, 'film.json');
    await writeFile(src, JSON.stringify(smallDocument([textLayer('title', 'old', [10, 50], 20)])));
    const job = {
      template: { src, composition: 'main' },
      mine: 1,
      local: { any: ['thing'] },
      assets: [{ type: 'text' as const, layerName: 'title', value: 'x', note: 'y' }],
    };
    const warnings: string[] = [];
    await engine.batches.create({ jobs: [job, job, job] }, { onWarning: ({ message }) => warnings.push(message) });
    assert.deepEqual(warnings, [
      "'mine' is no key of a job; it is kept with the job, and does nothing.",
      "'note' is no key of an asset of type text; it is kept with the job, and does nothing.",
    ]);
  });
});
