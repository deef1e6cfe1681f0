import assert from 'node:assert/strict';
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { aeJob, openStudio } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('After Effects, as it is started for a job', () => {
  it('finds its files in folders whose names have per cent signs, though it reads a path as a URI', async (t) => {
    for (const name of ['50% off', 'a%20b', '%2525', '100%']) {
      const folder = join(await temporaryFolder(t), name);
      await mkdir(folder);
      const { engine, project } = await openStudio(t, { outputDir: join(folder, 'renders') });
      const own = join(folder, 'own%20.aep');
      await copyFile(project, own);
      const { batchId } = await engine.batches.create({ jobs: [aeJob(own, 'good')] });
      const { jobs } = await engine.batches.wait(batchId);
      assert.equal(jobs[0]?.status, 'finished', `${name}: ${jobs[0]?.stats?.error}`);
      assert.ok((await stat(await engine.jobs.output(jobs[0]?.id ?? ''))).size > 0);
    }
  });

  it("has the host's priority, and a lower one where the engine's is low", async (t) => {
    const priorityOf = async (priority: 'normal' | 'low') => {
      const { engine, project, folder } = await openStudio(t, { priority });
      const renders = new Promise((resolve) => engine.once('job:progress', resolve));
      await engine.batches.create({ jobs: [aeJob(project, 'waits')] });
      await renders;
      const [renderer, ...others] = await findProcessesByArgument(folder);
      assert.deepEqual(others, []);
      return getPriority(renderer?.pid ?? 0);
    };
    assert.equal(await priorityOf('normal'), getPriority());
    // A host that has a low priority itself cannot raise that of a renderer.
    assert.equal(await priorityOf('low'), Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  });
});
