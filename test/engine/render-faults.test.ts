import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { aeJob, openStudio } from '../support/engine.ts';

// Long enough for a small program to start on a busy machine; Windows, and Wine even more, takes longer.
const SLOWNESS = process.platform === 'win32' ? 4 : 1;
const TIMEOUTS = { start: 6 * SLOWNESS, stall: 2 * SLOWNESS, total: null };

/** What a renderer does, and how its job ends. */
const ENDS: [day: string, end: string][] = [
  ['good', 'finished'],
  ['missing font', 'finished'],
  ['crash once', 'finished'],
  ['busy once', 'finished'],
  ['no output', 'OUTPUT_MISSING'],
  ['empty output', 'OUTPUT_INCOMPLETE'],
  ['broken output', 'OUTPUT_INCOMPLETE'],
  ['error line', 'COMPOSITION_NOT_FOUND'],
  ['exit code', 'AERENDER_FAILED'],
  ['no script', 'SCRIPT_HOOK_MISSING'],
  ['silent', 'RENDER_START_TIMEOUT'],
  ['stalls', 'RENDER_STALLED'],
  ['stubborn', 'RENDER_STALLED'],
  ['crash', 'RENDER_CRASHED'],
  ['leaves a child', 'finished'],
  ['chatter on stderr', 'finished'],
  ['missing footage', 'OUTPUT_MISSING'],
  ['never exits', 'finished'],
  ['never exits, in German', 'finished'],
  ['never exits, without frames', 'finished'],
  ['never exits, half done', 'RENDER_STALLED'],
];

describe('a renderer on bad days', () => {
  it('ends each job by itself, with the code of its fault, and leaves no process behind', async (t) => {
    const { engine, project, folder } = await openStudio(t, { workers: 8, aerender: { timeouts: TIMEOUTS } });
    const codes = new Map<string, string>();
    engine.on('job:error', ({ jobId, code }) => codes.set(jobId, code));
    const created = await engine.batches.create({ jobs: ENDS.map(([day]) => aeJob(project, day)) });
    assert.equal(created.status, 'created');
    const batch = await engine.batches.wait(created.batchId);
    const ends = batch.jobs.map(({ id, status, index }) => [
      ENDS[index]?.[0],
      status === 'finished' ? status : codes.get(id),
    ]);
    assert.deepEqual(ends, ENDS);
    // A fault of the input is not tried again.
    assert.equal(readFileSync(join(folder, 'marks', 'missing footage'), 'utf8'), 'x');
    for (const { id, status } of batch.jobs) {
      if (status === 'finished') await access(await engine.jobs.output(id));
      else await assert.rejects(engine.jobs.output(id), { code: 'OUTPUT_NOT_FOUND' });
    }
    assert.deepEqual(await findProcessesByArgument(folder), []);
  });

  it('does not wait for a helper that keeps its pipes open: the exit code decides', async (t) => {
    const { engine, project, folder } = await openStudio(t, { aerender: { timeouts: TIMEOUTS }, retries: 0 });
    const created = await engine.batches.create({
      jobs: [aeJob(project, 'leaves a daemon:0'), aeJob(project, 'leaves a daemon:5')],
    });
    const batch = await engine.batches.wait(created.batchId, { signal: AbortSignal.timeout(60_000) });
    for (const pid of readFileSync(join(folder, 'marks', 'daemons'), 'utf8')
      .trim()
      .split('\n'))
      process.kill(+pid);
    assert.deepEqual(
      batch.jobs.map(({ status }) => status),
      ['finished', 'error'],
    );
  });

  it('publishes another format than was asked for under its own extension, and warns', async (t) => {
    const { engine, project } = await openStudio(t);
    const created = await engine.batches.create({ jobs: [aeJob(project, 'writes a JPEG')] });
    const finished = new Promise<{ outputUrl: string }>((resolve) => engine.once('job:finished', resolve));
    await engine.batches.wait(created.batchId);
    const id = created.jobs[0]?.id ?? '';
    const path = await engine.jobs.output(id);
    assert.ok(path.endsWith('.jpg'), path);
    await access(path);
    assert.equal((await finished).outputUrl, pathToFileURL(path).href);
    const batch = await engine.batches.get(created.batchId);
    assert.equal(batch.jobs[0]?.outputUrl, pathToFileURL(path).href);
    assert.match((await engine.jobs.warnings(id)).join(), /wrote jpg where the job asks for png/);
  });

  it('keeps the beginning and the end of a log that is too long, without escape codes', async (t) => {
    const { engine, project } = await openStudio(t, { logLimit: 20_000 });
    const created = await engine.batches.create({ jobs: [aeJob(project, 'chatty')] });
    await engine.batches.wait(created.batchId);
    const log = await engine.jobs.logs(created.jobs[0]?.id ?? '');
    assert.match(log, /^aerender version 26/);
    assert.match(log, /bytes of the log were cut here/);
    assert.match(log, /the last word\n$/);
    assert.ok(log.length < 21_000, `${log.length} characters`);
    assert.ok(!log.includes('\u001b'));
  });

  it('ends the process tree of a job that is killed, and never publishes it', async (t) => {
    const { engine, project, folder } = await openStudio(t);
    const started = new Promise((resolve) => engine.once('job:progress', resolve));
    const created = await engine.batches.create({ jobs: [aeJob(project, 'stubborn'), aeJob(project, 'good')] });
    await started;
    const cancelled = await engine.batches.cancel(created.batchId, { running: 'kill' });
    assert.equal(cancelled.jobs[0]?.result, 'cancelled');
    const batch = await engine.batches.wait(created.batchId);
    assert.equal(batch.jobs[0]?.status, 'manually_cancelled');
    assert.deepEqual(await findProcessesByArgument(folder), []);
  });
});
