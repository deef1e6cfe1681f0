import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Sqlite from 'better-sqlite3';
import type { BatchEngine } from '../../lib/engine.ts';
import { EVENT_NAMES } from '../../lib/events/events.ts';
import { aeJob, openStudio } from '../support/engine.ts';

/** The names of all events, in their order; several of one name after each other stand once. */
function record(engine: BatchEngine): string[] {
  const names: string[] = [];
  for (const name of EVENT_NAMES) {
    engine.on(name, () => {
      if (names.at(-1) !== name) names.push(name);
    });
  }
  return names;
}

/** What another program sees of a job in the file. */
function otherReader(t: TestContext, folder: string): (id: string) => { status: string; progress: number } | undefined {
  const database = new Sqlite(join(folder, 'renders.db'), { readonly: true });
  t.after(() => database.close());
  const row = database.prepare<[string], { status: string; progress: number }>(
    'SELECT status, progress FROM jobs WHERE id = ?',
  );
  return (id) => row.get(id);
}

describe('events', () => {
  it('tell the life of a job in its order', async (t) => {
    const { engine, project } = await openStudio(t);
    const names = record(engine);
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    await engine.batches.wait(batchId);
    await engine.idle();
    assert.deepEqual(
      names.filter((name) => name !== 'job:log'),
      [
        'batch:created',
        'job:queued',
        'job:started',
        'job:progress',
        'job:finished',
        'batch:progress',
        'batch:finished',
        'engine:idle',
      ],
    );
    assert.ok(names.includes('job:log'));
  });

  it('tell only what another program can already read in the file', async (t) => {
    const { engine, project, folder } = await openStudio(t, { workers: 1, retries: 0 });
    const read = otherReader(t, folder);
    const seen = new Map<string, string[]>();
    const note = (event: string) => (job: { jobId: string }) => {
      const told = `${event}: ${read(job.jobId)?.status}`;
      seen.set(job.jobId, [...(seen.get(job.jobId) ?? []), told]);
    };
    for (const name of ['queued', 'started', 'finished', 'error', 'cancelled'] as const) {
      engine.on(`job:${name}`, note(name));
    }
    engine.on('job:progress', ({ jobId, progress }) => {
      assert.ok((read(jobId)?.progress ?? 0) >= (progress ?? 0));
    });
    const { batchId, jobs } = await engine.batches.create({
      jobs: ['good', 'exit code', 'good'].map((day) => aeJob(project, day)),
    });
    await engine.jobs.cancel(jobs[2]?.id ?? '');
    await engine.batches.wait(batchId);
    const begun = ['queued: queued', 'started: render:dorender'];
    assert.deepEqual(
      jobs.map(({ id }) => seen.get(id)),
      [
        [...begun, 'finished: finished'],
        [...begun, 'error: error'],
        ['queued: queued', 'cancelled: manually_cancelled'],
      ],
    );
  });

  for (const [how, fault] of [
    ['throws', () => assert.fail('a fault of the host')],
    ['rejects', () => Promise.reject(new Error('a fault of the host'))],
  ] as const) {
    it(`reach every other listener when one ${how}; engine:error has its words, once for each time`, async (t) => {
      const { engine, project } = await openStudio(t);
      const told: unknown[] = [];
      const ends: string[] = [];
      engine.on('engine:error', ({ error, paused }) => told.push([error.message, paused]));
      engine.on('job:finished', fault);
      engine.on('job:finished', ({ jobId }) => ends.push(jobId));
      const { batchId, jobs } = await engine.batches.create({
        jobs: [aeJob(project, 'good'), aeJob(project, 'good')],
      });
      const batch = await engine.batches.wait(batchId);
      assert.equal(batch.stats.finished, 2);
      assert.deepEqual(ends.toSorted(), jobs.map(({ id }) => id).toSorted());
      assert.deepEqual(told, [
        ['a fault of the host', false],
        ['a fault of the host', false],
      ]);
    });
  }

  for (const [how, fault] of [
    ['throws', () => assert.fail('again')],
    ['rejects', () => Promise.reject(new Error('again'))],
  ] as const) {
    it(`end with a listener of engine:error that ${how} itself`, async (t) => {
      const { engine, project } = await openStudio(t);
      let calls = 0;
      engine.on('engine:error', () => {
        calls += 1;
        return fault();
      });
      engine.on('job:started', () => {
        throw new Error('a fault of the host');
      });
      const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
      assert.equal((await engine.batches.wait(batchId)).status, 'finished');
      assert.equal(calls, 1);
    });
  }

  it('come in the order of what happened, also where a listener calls the engine', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const told: [event: string, parentId: string | null][] = [];
    engine.on('job:queued', ({ parentId }) => told.push(['queued', parentId]));
    engine.on('job:cancelled', ({ parentId }) => told.push(['cancelled', parentId]));
    engine.on('job:finished', ({ parentId }) => {
      if (parentId !== null) void engine.jobs.cancel(parentId);
    });
    const child = { ...aeJob(project, 'good'), type: 'job' as const, layerName: 'any' };
    const { batchId, jobs } = await engine.batches.create({
      jobs: [aeJob(project, 'good', { assets: [{ ...child, settings: { type: 'image', frames: 0 } }] })],
    });
    await engine.batches.wait(batchId);
    const parent = jobs[0]?.id ?? '';
    assert.deepEqual(told, [
      ['queued', parent],
      ['queued', null],
      ['cancelled', null],
    ]);
  });

  it('of a job that is killed as soon as it has started say only that it was cancelled', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const names = record(engine);
    const cancelled: Promise<unknown>[] = [];
    engine.on('job:started', ({ jobId }) => cancelled.push(engine.jobs.cancel(jobId, { running: 'kill' })));
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'waits'), aeJob(project, 'waits')] });
    const batch = await engine.batches.wait(batchId);
    assert.equal(batch.stats.error, 2);
    assert.equal((await Promise.all(cancelled)).flat().length, jobs.length);
    assert.ok(!names.includes('job:finished'));
    assert.ok(!names.includes('job:error'));
  });

  it('tell of one start when the host resumes twice at once', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const attempts: number[] = [];
    engine.on('job:started', ({ attempt }) => attempts.push(attempt));
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good'), aeJob(project, 'good')] });
    await Promise.all([engine.resume(), engine.resume()]);
    assert.equal((await engine.batches.wait(batchId)).stats.finished, 2);
    assert.deepEqual(attempts, [1, 1]);
  });

  it('come to each engine on the file, and each is idle when the last job has ended', async (t) => {
    const { engine, project, folder, open } = await openStudio(t);
    const other = await open();
    const names = record(other);
    const { batchId } = await other.batches.create({ jobs: [aeJob(project, 'waits'), aeJob(project, 'waits')] });
    const idle = [engine.idle(), other.idle()];
    await writeFile(join(folder, 'marks', 'go on'), '');
    await Promise.all(idle);
    assert.equal((await engine.batches.get(batchId)).stats.finished, 2);
    assert.equal(names.filter((name) => name === 'batch:finished').length, 1);
    assert.equal(names.at(-1), 'engine:idle');
  });
});
