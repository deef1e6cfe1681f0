import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Worker } from 'node:worker_threads';
import type { JobEvent } from '../../lib/events/events.ts';
import { findProcessesByArgument, type KnownProcess } from '../../lib/processes/tree.ts';
import { aeJob, openStudio } from '../support/engine.ts';
import { openWorkshop, type Workshop } from '../support/workshop.ts';

const MORTAL = new URL('../fixtures/threads/mortal.ts', import.meta.url);
const LATE = new URL('../fixtures/threads/late.ts', import.meta.url);
const NOWHERE = new URL('../fixtures/threads/nowhere.ts', import.meta.url);

/** The words of every event of the jobs, by job. */
function listen({ emitter }: Workshop): Map<string, string[]> {
  const told = new Map<string, string[]>();
  const note = (id: string, words: string) => told.set(id, [...(told.get(id) ?? []), words]);
  emitter.on('job:started', ({ jobId, attempt }) => note(jobId, `started ${attempt}`));
  emitter.on('job:queued', ({ jobId }) => note(jobId, 'queued'));
  emitter.on('job:finished', ({ jobId }) => note(jobId, 'finished'));
  emitter.on('job:error', ({ jobId, code }) => note(jobId, code));
  emitter.on('job:cancelled', ({ jobId }) => note(jobId, 'cancelled'));
  return told;
}

async function ended({ emitter }: Workshop, batchId: string): Promise<void> {
  await new Promise<void>((resolve) => {
    emitter.on('batch:finished', (event) => {
      if (event.batchId === batchId) resolve();
    });
  });
}

/** Renders these compositions to their ends, and gives the words of each job's events. */
async function renderAll(workshop: Workshop, ...compositions: string[]): Promise<(string[] | undefined)[]> {
  const told = listen(workshop);
  const { batchId, ids } = await workshop.render(...compositions);
  await ended(workshop, batchId);
  return ids.map((id) => told.get(id));
}

async function leftBehind({
  folder,
}: {
  folder: string;
}): Promise<{ processes: KnownProcess[]; workFolders: string[] }> {
  const processes = await findProcessesByArgument(folder);
  const workFolders = await readdir(join(folder, 'renders', '.aerender-batch'));
  return { processes, workFolders };
}

const NOTHING = { processes: [], workFolders: [] };

/** The threads that are started from now on, until the end of the test. */
function newThreads(t: TestContext): Worker[] {
  const threads: Worker[] = [];
  const note = (thread: Worker) => threads.push(thread);
  process.on('worker', note);
  t.after(() => process.off('worker', note));
  return threads;
}

async function hasEnded(thread: Worker): Promise<void> {
  // One that has ended has no number.
  if (thread.threadId !== -1) await new Promise((resolve) => thread.once('exit', resolve));
}

describe('a worker thread that is lost', () => {
  for (const end of ['exits', 'throws', 'fills its memory']) {
    it(`${end}: its renderer's whole tree ends, its job is tried again, and no other job notices`, async (t) => {
      const workshop = await openWorkshop(t, { entry: MORTAL });
      // The other one renders until the lost one renders again.
      workshop.emitter.on('job:started', ({ attempt }) => {
        if (attempt === 2) writeFileSync(join(workshop.folder, 'marks', 'go on'), '');
      });
      const [lost, other] = await renderAll(workshop, `loses its thread:${end}:1`, 'waits');
      assert.deepEqual(lost, ['queued', 'started 1', 'queued', 'started 2', 'finished']);
      assert.deepEqual(other, ['queued', 'started 1', 'finished']);
      assert.deepEqual(await leftBehind(workshop), NOTHING);
    });
  }

  it('fails the job with WORKER_LOST when no retry is left, and the pool goes on', async (t) => {
    const workshop = await openWorkshop(t, { entry: MORTAL, workers: 1, retries: 1 });
    const [lost, next] = await renderAll(workshop, 'loses its thread:exits:2', 'good');
    assert.deepEqual(lost, ['queued', 'started 1', 'queued', 'started 2', 'WORKER_LOST']);
    assert.deepEqual(next, ['queued', 'started 1', 'finished']);
    assert.deepEqual(await leftBehind(workshop), NOTHING);
  });

  it('leaves no child of a renderer that ended with it', async (t) => {
    const workshop = await openWorkshop(t, { entry: MORTAL });
    const [lost] = await renderAll(workshop, 'ends with its thread');
    assert.deepEqual(lost, ['queued', 'started 1', 'queued', 'started 2', 'finished']);
    assert.deepEqual(await leftBehind(workshop), NOTHING);
  });

  it('leaves no output of a job that failed, though it was lost after the output was published', async (t) => {
    const workshop = await openWorkshop(t, { entry: MORTAL, retries: 0 });
    const [lost, next] = await renderAll(workshop, 'ends well:exits at the very end:1', 'good');
    assert.deepEqual(lost, ['queued', 'started 1', 'WORKER_LOST']);
    assert.deepEqual(next, ['queued', 'started 1', 'finished']);
    const outputs = (await readdir(join(workshop.folder, 'renders'))).filter((name) => name.endsWith('.png'));
    assert.equal(outputs.length, 1);
    assert.deepEqual(await leftBehind(workshop), NOTHING);
  });

  it('fails no job if it was idle: the host lives on, and so does the pool', async (t) => {
    const threads = newThreads(t);
    const workshop = await openWorkshop(t, { entry: MORTAL, workers: 1 });
    assert.deepEqual(await renderAll(workshop, 'ends well:throws when it is idle:1'), [
      ['queued', 'started 1', 'finished'],
    ]);
    // The one that reads templates is idle for longer.
    await Promise.race(threads.map(hasEnded));
    assert.deepEqual(await renderAll(workshop, 'good'), [['queued', 'started 1', 'finished']]);
  });

  it('is a lost attempt when it ends before it can begin', async (t) => {
    const workshop = await openWorkshop(t, { entry: LATE, workers: 1 });
    const [first, second] = await renderAll(workshop, 'good', 'good:2');
    assert.deepEqual(first, ['queued', 'started 1', 'queued', 'started 2', 'finished']);
    assert.deepEqual(second, ['queued', 'started 1', 'finished']);
  });

  it('fails each job with the reason where no thread can begin at all', async (t) => {
    const workshop = await openWorkshop(t, { entry: NOWHERE });
    const reasons: string[] = [];
    workshop.emitter.on('job:error', ({ error }) => reasons.push(error));
    const attempts = ['queued', 'started 1', 'queued', 'started 2', 'WORKER_LOST'];
    assert.deepEqual(await renderAll(workshop, 'good', 'good', 'good'), [attempts, attempts, attempts]);
    for (const reason of reasons) assert.match(reason, /nowhere\.ts/);
  });

  it('ends a job that was to be killed just then as a killed one', async (t) => {
    const workshop = await openWorkshop(t, { entry: MORTAL, workers: 1 });
    const told = listen(workshop);
    const { batchId, ids } = await workshop.render('loses its thread:exits:9');
    const [id = ''] = ids;
    workshop.emitter.on('job:log', ({ jobId, text }) => {
      if (!text.includes('the thread exits')) return;
      workshop.store.jobs.requestKill([jobId]);
    });
    await ended(workshop, batchId);
    assert.deepEqual(told.get(id), ['queued', 'started 1', 'cancelled']);
    assert.deepEqual(await leftBehind(workshop), NOTHING);
  });

  it('ended by somebody else in the host: the job of an engine is tried again', async (t) => {
    const threads = newThreads(t);
    const { engine, project, folder } = await openStudio(t, { workers: 1 });
    const attempts: number[] = [];
    const ends: JobEvent[] = [];
    engine.on('job:started', ({ attempt }) => attempts.push(attempt));
    engine.on('job:finished', (event) => ends.push(event));
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'loses its thread:is ended:1')] });
    await new Promise<void>((resolve) => {
      engine.on('job:log', ({ text }) => {
        if (text.includes('the thread is ended')) resolve();
      });
    });
    await Promise.all(threads.map((thread) => thread.terminate()));
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.deepEqual(attempts, [1, 2]);
    assert.equal(ends.length, 1);
    assert.deepEqual(await leftBehind({ folder }), NOTHING);
  });
});
