import assert from 'node:assert/strict';
import { access, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchEngine } from '../../lib/engine.ts';
import type { EngineEventName } from '../../lib/events/events.ts';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { aeJob, openStudio, type Studio } from '../support/engine.ts';
import { skipWithoutDisks, smallDisk } from '../support/small-disk.ts';

/** Longer than an engine waits before it looks whether there is room again. */
const SEVERAL_LOOKS_MS = 2_500;

function next(engine: BatchEngine, name: EngineEventName): Promise<void> {
  return new Promise((resolve) => engine.once(name, () => resolve()));
}

/** The codes of the jobs that fail, by job. */
function failures(engine: BatchEngine): Map<string, string> {
  const codes = new Map<string, string>();
  engine.on('job:error', ({ jobId, code }) => codes.set(jobId, code));
  return codes;
}

/** The engine's own troubles: the words of each `engine:error` that says the engine waits. */
function pauses(engine: BatchEngine): unknown[] {
  const codes: unknown[] = [];
  engine.on('engine:error', ({ error, paused }) => {
    if (paused) codes.push('code' in error ? error.code : error.message);
  });
  return codes;
}

/** Lets the renderers end that wait for a word. */
async function letThemEnd({ folder }: Studio): Promise<void> {
  await writeFile(join(folder, 'marks', 'go on'), '');
}

async function render({ engine, project }: Studio, composition: string): Promise<string | undefined> {
  const { batchId } = await engine.batches.create({ jobs: [aeJob(project, composition)] });
  const { jobs } = await engine.batches.wait(batchId);
  return jobs[0]?.status;
}

describe('a disk that is full', { skip: skipWithoutDisks }, () => {
  it('fails the jobs that filled it, names no output of theirs, and has room for the next one', async (t) => {
    const disk = await smallDisk(t, { megabytes: 8, at: 'studio' });
    const renders = join(disk.path, 'renders');
    const { engine, project } = await openStudio(t, {
      database: join(disk.path, 'renders.db'),
      outputDir: renders,
      workers: 1,
    });
    const codes = failures(engine);
    const { batchId, jobs } = await engine.batches.create({
      jobs: ['fills the disk', 'fills the disk and says nothing', 'good'].map((day) => aeJob(project, day)),
    });
    const batch = await engine.batches.wait(batchId);
    assert.deepEqual(
      batch.jobs.map(({ id, status }) => codes.get(id) ?? status),
      ['DISK_FULL', 'DISK_FULL', 'finished'],
    );
    assert.deepEqual(await readdir(renders), ['.aerender-batch', `${jobs[2]?.id}.png`]);
    assert.deepEqual(await readdir(join(renders, '.aerender-batch')), []);
  });

  it('fails a job whose template finds no room on it, and renders the next one when there is some', async (t) => {
    const disk = await smallDisk(t, { megabytes: 4, at: 'renders' });
    const studio = await openStudio(t, { outputDir: disk.path });
    const codes = failures(studio.engine);
    disk.fill();
    assert.equal(await render(studio, 'good'), 'error');
    assert.deepEqual([...codes.values()], ['DISK_FULL']);
    disk.free();
    assert.equal(await render(studio, 'good'), 'finished');
  });

  it('takes an output whole or not at all, where its folder is a disk of its own', async (t) => {
    const disk = await smallDisk(t, { megabytes: 1, at: 'renders/prefix' });
    const { engine, project } = await openStudio(t, { outputDir: join(disk.path, '..') });
    const codes = failures(engine);
    const job = aeJob(project, 'good', { upload: { prefix: 'prefix' } });
    disk.fill();
    const full = await engine.batches.create({ jobs: [job] });
    await engine.batches.wait(full.batchId);
    assert.deepEqual([...codes.values()], ['DISK_FULL']);
    disk.free();
    assert.deepEqual(await readdir(disk.path), []);
    const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
    await engine.batches.wait(batchId);
    assert.deepEqual(await readdir(disk.path), [`${jobs[0]?.id}.png`]);
  });

  it('lets the engine wait that keeps its database there; it says so once, and goes on when there is room', async (t) => {
    const disk = await smallDisk(t, { megabytes: 4, at: 'database' });
    const studio = await openStudio(t, { database: join(disk.path, 'renders.db') });
    const { engine, project } = studio;
    const told = pauses(engine);
    const ends: string[] = [];
    engine.on('job:finished', ({ jobId }) => ends.push(jobId));
    const progress = next(engine, 'job:progress');
    const { batchId, jobs } = await engine.batches.create({
      jobs: ['waits', 'waits', 'good'].map((day) => aeJob(project, day)),
    });
    await progress;
    disk.fill();
    const waiting = next(engine, 'engine:error');
    await assert.rejects(engine.batches.create({ jobs: [aeJob(project, 'good')] }), { code: 'DATABASE_FULL' });
    await letThemEnd(studio);
    await waiting;
    await delay(SEVERAL_LOOKS_MS);
    assert.deepEqual(told, ['DATABASE_FULL']);
    assert.deepEqual(ends, []);
    assert.deepEqual((await engine.batches.get(batchId)).stats, { total: 3, finished: 0, error: 0, pending: 3 });
    disk.free();
    assert.equal((await engine.batches.wait(batchId)).stats.finished, 3);
    assert.deepEqual(ends.toSorted(), jobs.map(({ id }) => id).toSorted());
    assert.equal((await engine.batches.list()).length, 1);
  });

  for (const running of ['finish', 'kill'] as const) {
    it(`keeps no engine open (${running}): the next one renders again what could not be noted`, async (t) => {
      const disk = await smallDisk(t, { megabytes: 4, at: 'database' });
      const studio = await openStudio(t, { database: join(disk.path, 'renders.db') });
      const { engine, project, folder } = studio;
      const progress = next(engine, 'job:progress');
      const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'waits')] });
      await progress;
      disk.fill();
      if (running === 'finish') await letThemEnd(studio);
      await engine.close({ running });
      assert.deepEqual(await findProcessesByArgument(folder), []);
      disk.free();
      await letThemEnd(studio);
      // The right to render could not be released either; it lapses after a minute without a heartbeat.
      const again = await studio.open({ clock: () => Date.now() + 60_000 });
      assert.equal((await again.batches.wait(batchId)).status, 'finished');
    });
  }
});

describe('an output folder', () => {
  it('that a file has taken the place of is named by create, which stores nothing', async (t) => {
    const studio = await openStudio(t);
    const { engine, folder } = studio;
    const renders = join(folder, 'renders');
    await rm(renders, { recursive: true, force: true });
    await writeFile(renders, 'not a folder');
    await assert.rejects(render(studio, 'good'), {
      code: 'OUTPUT_NOT_PUBLISHED',
      message: /renders could not be made/,
    });
    assert.deepEqual(await engine.jobs.list(), []);
    await rm(renders);
    assert.equal(await render(studio, 'good'), 'finished');
  });

  it('that vanishes during a render fails the job, which names it, and is made again for the next one', async (t) => {
    const studio = await openStudio(t, { retries: 0 });
    const { engine, project, folder } = studio;
    const renders = join(folder, 'renders');
    const reasons: string[] = [];
    engine.on('job:error', ({ code, error }) => reasons.push(`${code}: ${error}`));
    const progress = next(engine, 'job:progress');
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'waits after its output')] });
    await progress;
    await rm(renders, { recursive: true });
    await letThemEnd(studio);
    assert.equal((await engine.batches.wait(batchId)).status, 'error');
    assert.match(reasons.join('\n'), /^WORKFOLDER_FAILED: .*renders/);
    assert.equal(await render(studio, 'good'), 'finished');
    assert.deepEqual(await readdir(join(renders, '.aerender-batch')), []);
  });

  it('that becomes read-only fails the job, which names it, and is swept when it can be written to again', {
    skip: skipWithoutDisks,
  }, async (t) => {
    const disk = await smallDisk(t, { megabytes: 4, at: 'renders' });
    const studio = await openStudio(t, { outputDir: disk.path, retries: 0 });
    const { engine, project } = studio;
    const reasons: string[] = [];
    engine.on('job:error', ({ code, error }) => reasons.push(`${code}: ${error}`));
    const progress = next(engine, 'job:progress');
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'waits after its output')] });
    await progress;
    disk.makeReadOnly();
    await letThemEnd(studio);
    assert.equal((await engine.batches.wait(batchId)).status, 'error');
    const [output = ''] = jobs.map(({ id }) => join(disk.path, `${id}.png`));
    assert.ok(reasons[0]?.startsWith('OUTPUT_NOT_PUBLISHED') && reasons[0].includes(output), reasons[0]);
    await assert.rejects(access(output));
    await engine.close();
    disk.makeWritable();
    const again = await studio.open();
    assert.equal(await render({ ...studio, engine: again }, 'good'), 'finished');
    assert.deepEqual(await readdir(join(disk.path, '.aerender-batch')), []);
  });
});
