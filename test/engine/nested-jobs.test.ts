import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStudio } from '../support/engine.ts';
import { smallDocument, solidLayer } from '../support/small-document.ts';

describe('a nested job', () => {
  it('with preview is rendered small, and its film put into its parent', async (t) => {
    const { engine, folder } = await openStudio(t);
    const src = join(folder, 'film.json');
    await writeFile(src, JSON.stringify(smallDocument([solidLayer('red', '#ff0000', 0, 0, 200, 100)])));
    const nested = {
      type: 'job' as const,
      layerName: 'red',
      template: { id: 'film', src, composition: 'main' },
      preview: true,
    };
    const { batchId, jobs } = await engine.batches.create({
      jobs: [
        {
          template: { id: 'film', src, composition: 'main' },
          settings: { type: 'image', frames: 0 },
          assets: [nested],
        },
      ],
    });
    const { status } = await engine.batches.wait(batchId);
    const child = await engine.jobs.get(jobs[0]?.children?.[0]?.id ?? '');
    assert.deepEqual([child.status, child.stats.error, status], ['finished', null, 'finished']);
  });
});
