import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { BatchEngine } from '../../lib/engine.ts';
import { type ProcessEntry, readProcesses } from '../../lib/processes/table.ts';
import { aeJob, FAKE_AERENDER, openStudio, type Studio } from '../support/engine.ts';

const skip = process.platform === 'win32' && 'Windows cannot stop a process';

async function renderers({ folder }: Studio): Promise<ProcessEntry[]> {
  const entries = await readProcesses();
  return entries.filter(({ command }) => command.includes(folder) && command.includes('aerender.mjs'));
}

/** Another engine on the files of a studio, while it renders a job. */
async function rendering(studio: Studio) {
  const engine = await BatchEngine.open({
    database: join(studio.folder, 'renders.db'),
    outputDir: join(studio.folder, 'renders'),
    workers: 1,
    aerender: { binaries: { ae2026: FAKE_AERENDER } },
  });
  const started = new Promise((resolve) => engine.once('job:progress', resolve));
  const { jobs } = await engine.batches.create({ jobs: [aeJob(studio.project, 'waits')] });
  await started;
  const [renderer] = await renderers(studio);
  assert.ok(renderer);
  return { engine, renderer, jobId: jobs[0]?.id ?? '' };
}

describe('a close that kills', { skip }, () => {
  it('ends a renderer that is stopped, and leaves its job for the next engine', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const { engine, renderer, jobId } = await rendering(studio);
    process.kill(renderer.pid, 'SIGSTOP');
    await engine.close({ running: 'kill' });
    assert.deepEqual(await renderers(studio), []);
    assert.equal((await studio.engine.jobs.get(jobId)).status, 'queued');
  });

  it('ends in its time, and names the job whose render did not', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const { engine, renderer, jobId } = await rendering(studio);
    // It is to kill the renderer, and to tell of its end.
    const keeper = renderer.parentPid;
    process.kill(keeper, 'SIGSTOP');
    await assert.rejects(engine.close({ running: 'kill', timeout: 0.1 }), {
      code: 'CLOSE_INCOMPLETE',
      message: new RegExp(`the renders of the jobs ${jobId}.*The next open`),
    });
    process.kill(keeper, 'SIGKILL');
    while ((await renderers(studio)).length > 0);
    assert.equal((await studio.engine.jobs.get(jobId)).status, 'render:dorender');
  });
});
