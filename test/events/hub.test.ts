import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { aeJob, openStudio } from '../support/engine.ts';

const WEBHOOK = { url: 'https://example.test/hook' };

describe('batch:finished', () => {
  it('comes once and last when a listener of job:finished cancels the last job', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const names: string[] = [];
    for (const name of ['job:finished', 'job:cancelled', 'batch:finished'] as const) {
      engine.on(name, () => names.push(name));
    }
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'good'), aeJob(project, 'waits')] });
    // The renderer of the second may have been started while the output of the first was checked.
    engine.once('job:finished', () => engine.jobs.cancel(jobs[1]?.id ?? '', { running: 'kill' }));
    await engine.batches.wait(batchId);
    assert.deepEqual(names, ['job:finished', 'job:cancelled', 'batch:finished']);
  });
});

describe('job:webhook', () => {
  it('is emitted once for each end, whichever engine on the file ends the job and however many listen', async (t) => {
    const { engine, project, open } = await openStudio(t);
    const other = await open({ paused: true });
    const heard: string[] = [];
    for (const one of [engine, other]) one.on('job:webhook', ({ jobId }) => heard.push(jobId));
    const webhook = WEBHOOK;
    const jobs = ['good', 'good', 'exit code'].map((day) => aeJob(project, day, { webhook }));
    const { batchId, jobs: created } = await other.batches.create({ jobs });
    await Promise.all([engine.batches.wait(batchId), other.batches.wait(batchId)]);
    await Promise.all([engine.close(), other.close()]);
    assert.deepEqual(heard.toSorted(), created.map(({ id }) => id).toSorted());
  });

  it('waits for an engine whose host listens, also over a close', async (t) => {
    const { engine, project, open } = await openStudio(t);
    const job = aeJob(project, 'good', { webhook: { ...WEBHOOK, custom: true, data: { night: 7 } } });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
    await engine.batches.wait(batchId);
    await engine.close();
    const heard: unknown[] = [];
    await open({ events: { 'job:webhook': ({ jobId, body, run }) => heard.push([jobId, body, run]) } });
    assert.deepEqual(heard, [[jobs[0]?.id, { night: 7 }, 1]]);
  });
});

describe('a listener', () => {
  it('that throws where nobody listens to engine:error becomes a warning of the process', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    engine.on('job:queued', () => {
      throw new Error('a fault of the host');
    });
    const warning = once(process, 'warning');
    await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    assert.match((await warning)[0].message, /a fault of the host/);
  });

  it('may be that of once in node:events, which listens for an error as well', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const queued = once(engine as never, 'job:queued');
    const { jobs } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    assert.equal((await queued)[0].jobId, jobs[0]?.id);
  });

  it('of an event that there is not is refused, with the name that is like it', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    assert.throws(() => engine.on('job:finishd' as never, () => {}), {
      code: 'VALIDATION_ERROR',
      message: /'job:finished'/,
    });
  });
});
