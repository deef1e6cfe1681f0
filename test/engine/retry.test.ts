import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aeJob, openStudio } from '../support/engine.ts';
import { skipWithoutDisks, smallDisk } from '../support/small-disk.ts';

const IMAGE = { type: 'image' as const, frames: 0 };
const HOOK = { url: 'https://example.test/hook' };

function nested(project: string, composition: string, assets: NonNullable<ReturnType<typeof aeJob>['assets']> = []) {
  return { ...aeJob(project, composition), type: 'job' as const, layerName: 'any', settings: IMAGE, assets };
}

describe('a retry', () => {
  it('opens a failed job under its id and in its batch; its end, its batch and its webhook are announced again', async (t) => {
    const { engine, project } = await openStudio(t, { retries: 0 });
    const told: string[] = [];
    engine.on('job:webhook', ({ jobId, run }) => told.push(`webhook ${jobId} ${run}`));
    engine.on('batch:finished', ({ status, run }) => told.push(`batch ${status} ${run}`));
    const { batchId, jobs } = await engine.batches.create({
      jobs: [aeJob(project, 'crash once', { webhook: HOOK }), aeJob(project, 'good')],
    });
    assert.equal((await engine.batches.wait(batchId)).stats.error, 1);
    const id = jobs[0]?.id ?? '';
    const retried = await engine.jobs.retry(id);
    assert.deepEqual([retried.id, retried.local.batchId, retried.local.run], [id, batchId, 2]);
    assert.deepEqual([retried.stats.error, retried.stats.errorAt, retried.local.errorCode], [null, null, null]);
    const batch = await engine.batches.get(batchId);
    assert.deepEqual([batch.status, batch.local.run], ['processing', 2]);
    assert.deepEqual((await engine.batches.wait(batchId)).stats, { total: 2, finished: 2, error: 0, pending: 0 });
    await engine.idle();
    const expected = ['batch finished 1', 'batch finished 2', `webhook ${id} 1`, `webhook ${id} 2`];
    assert.deepEqual(told.toSorted(), expected);
    const attempts = await engine.jobs.attempts(id);
    assert.deepEqual(
      attempts.map(({ run, number, outcome, errorCode }) => [run, number, outcome, errorCode]),
      [
        [1, 1, 'failed', 'RENDER_CRASHED'],
        [2, 1, 'published', null],
      ],
    );
    assert.match(attempts[1]?.log ?? '', /Finished composition/);
    assert.notEqual(attempts[0]?.log, attempts[1]?.log);
  });

  it('of a batch opens what failed or was cancelled, of the states and jobs that it names', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true, retries: 0 });
    const { batchId, jobs } = await engine.batches.create({
      jobs: ['exit code', 'good', 'good'].map((day) => aeJob(project, day)),
    });
    const [failed = '', finished = '', cancelled = ''] = jobs.map(({ id }) => id);
    await engine.jobs.cancel(cancelled);
    assert.equal((await engine.batches.retry(batchId, { states: ['error'] })).retriedCount, 0);
    await engine.resume();
    await engine.batches.wait(batchId);
    await assert.rejects(engine.batches.retry(batchId, { jobs: [finished] }), { code: 'NOT_RETRYABLE' });
    await assert.rejects(engine.batches.retry(batchId, { jobs: ['01J00000000000000000000000'] }), {
      code: 'JOB_NOT_FOUND',
    });
    await assert.rejects(engine.batches.retry(batchId, { states: ['finished' as never] }), {
      code: 'VALIDATION_ERROR',
    });
    const first = await engine.batches.retry(batchId, { states: ['manually_cancelled'] });
    assert.deepEqual(
      first.jobs.map(({ id }) => id),
      [cancelled],
    );
    await engine.batches.wait(batchId);
    const second = await engine.batches.retry(batchId, { jobs: [failed] });
    assert.deepEqual([second.run, second.retriedCount], [3, 1]);
    assert.deepEqual((await engine.batches.wait(batchId)).stats, { total: 3, finished: 2, error: 1, pending: 0 });
  });

  it('runs nested jobs again that failed or were cancelled, and uses finished ones whose file is there', async (t) => {
    const { engine, project, folder } = await openStudio(t, { workers: 1, retries: 0 });
    const assets = [nested(project, 'good'), nested(project, 'good:gone'), nested(project, 'crash once')];
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'good', { assets })] });
    const [parent] = jobs;
    const children = parent?.children?.map(({ id }) => id) ?? [];
    assert.equal((await engine.batches.wait(batchId)).stats.error, 1);
    assert.match((await engine.jobs.get(parent?.id ?? '')).stats.error ?? '', /layer 'any' of composition 'good'/);
    await assert.rejects(engine.jobs.retry(children[2] ?? ''), { code: 'NOT_RETRYABLE' });
    await rm(join(folder, 'renders', `${children[1]}.png`));
    const started: string[] = [];
    engine.on('job:started', ({ jobId }) => started.push(jobId));
    await engine.jobs.retry(parent?.id ?? '');
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.deepEqual(started, [children[1], children[2], parent?.id]);
  });

  it('is kept over a close', async (t) => {
    const { engine, project, open } = await openStudio(t, { retries: 0 });
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'crash once')] });
    await engine.batches.wait(batchId);
    await engine.pause();
    await engine.jobs.retry(jobs[0]?.id ?? '');
    await engine.close();
    const next = await open({ retries: 0 });
    assert.equal((await next.batches.wait(batchId)).status, 'finished');
  });
});

describe('prune', () => {
  it('removes what ended before a time, with logs and kept work folders, and leaves the rest', async (t) => {
    let now = Date.UTC(2026, 0, 1);
    const { engine, project, folder } = await openStudio(t, { keepWorkDirs: 'always', clock: () => now });
    const old = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const alone = await engine.jobs.create(aeJob(project, 'good'));
    await engine.idle();
    await engine.pause();
    const open = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    now = Date.UTC(2026, 1, 1);
    await engine.resume();
    await engine.batches.wait(open.batchId);
    const work = join(folder, 'renders', '.aerender-batch');
    assert.equal((await readdir(work)).length, 3);
    await assert.rejects(engine.prune({ olderThan: 'yesterday' }), { code: 'VALIDATION_ERROR' });
    assert.deepEqual(await engine.prune({ olderThan: new Date(Date.UTC(2026, 0, 15)) }), {
      batches: 1,
      jobs: 1,
      workFolders: 2,
    });
    await assert.rejects(engine.batches.get(old.batchId), { code: 'BATCH_NOT_FOUND' });
    await assert.rejects(engine.jobs.get(alone.id), { code: 'JOB_NOT_FOUND' });
    assert.equal((await engine.batches.get(open.batchId)).status, 'finished');
    assert.equal((await readdir(work)).length, 1);
    assert.ok((await readdir(join(folder, 'renders'))).includes(`${alone.id}.png`), 'outputs stay');
  });
});

describe('a work folder that cannot be removed', () => {
  it('keeps its batch from prune until it can', { skip: skipWithoutDisks }, async (t) => {
    const disk = await smallDisk(t, { megabytes: 4, at: 'renders' });
    const { engine, project } = await openStudio(t, { keepWorkDirs: 'always', outputDir: disk.path });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    await engine.batches.wait(batchId);
    const olderThan = new Date(Date.now() + 60_000);
    disk.makeReadOnly();
    assert.deepEqual(await engine.prune({ olderThan }), { batches: 0, jobs: 0, workFolders: 0 });
    assert.equal((await engine.batches.get(batchId)).status, 'finished');
    disk.makeWritable();
    assert.deepEqual(await engine.prune({ olderThan }), { batches: 1, jobs: 0, workFolders: 1 });
  });
});

describe('the number of workers', () => {
  it('can be changed while the engine renders', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const started: string[] = [];
    engine.on('job:started', ({ jobId }) => started.push(jobId));
    const { batchId, jobs } = await engine.batches.create({
      jobs: ['waits:1', 'waits:2', 'waits:3'].map((day) => aeJob(project, day)),
    });
    assert.equal(started.length, 1);
    await engine.setWorkers(2);
    assert.deepEqual(
      started,
      jobs.slice(0, 2).map(({ id }) => id),
    );
    await assert.rejects(engine.setWorkers(0), { code: 'VALIDATION_ERROR' });
    await engine.batches.cancel(batchId, { running: 'kill' });
  });
});
