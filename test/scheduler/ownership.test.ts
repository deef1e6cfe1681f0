import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { access, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { BatchEngine } from '../../lib/engine.ts';
import { readStartedAt } from '../../lib/processes/table.ts';
import { recover } from '../../lib/scheduler/ownership.ts';
import { Store } from '../../lib/store/store.ts';
import { aeJob, FAKE_AERENDER, openStudio, type Studio } from '../support/engine.ts';
import { aClaim, newJob, openStore } from '../support/records.ts';
import { skipWithoutDisks, smallDisk } from '../support/small-disk.ts';

const HOST = fileURLToPath(new URL('../fixtures/host.ts', import.meta.url));

/** Another process with an engine on the files of a studio. */
function startHost(t: TestContext, { folder }: Studio): ChildProcess {
  const args = ['--conditions=source', HOST, join(folder, 'renders.db'), join(folder, 'renders'), FAKE_AERENDER];
  const host = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => host.kill('SIGKILL'));
  return host;
}

async function said(host: ChildProcess, word: string): Promise<void> {
  for await (const chunk of host.stdout ?? []) if (String(chunk).includes(word)) return;
  assert.fail(`the host ended without ${word}`);
}

/** The attempts at the jobs of a file, as another program sees them. */
function attemptsIn({ folder }: Studio): { outcome: string | null }[] {
  const file = new Sqlite(join(folder, 'renders.db'), { readonly: true });
  try {
    return file.prepare<[], { outcome: string | null }>('SELECT outcome FROM attempts ORDER BY id').all();
  } finally {
    file.close();
  }
}

async function goOn({ folder }: Studio): Promise<void> {
  await writeFile(join(folder, 'marks', 'go on'), '');
}

describe('the right to render', () => {
  it('is free as soon as the process that held it was killed', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const host = startHost(t, studio);
    const { batchId } = await studio.engine.batches.create({ jobs: [aeJob(studio.project, 'waits')] });
    await said(host, 'started');
    await studio.engine.resume();
    host.kill('SIGKILL');
    await goOn(studio);
    assert.equal((await studio.engine.batches.wait(batchId)).status, 'finished');
    assert.deepEqual(attemptsIn(studio), [{ outcome: 'interrupted' }, { outcome: 'published' }]);
  });

  it('that is lost gives no job to two: something in this process has closed the lock file', async (t) => {
    const studio = await openStudio(t, { workers: 1 });
    const { engine, project, folder } = studio;
    const started = once(engine as never, 'job:started');
    const ends: string[] = [];
    engine.on('job:finished', ({ jobId }) => ends.push(jobId));
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'waits')] });
    await started;
    // POSIX frees all locks of a process on a file when it closes any handle of that file.
    closeSync(openSync(join(folder, 'renders.db-owner'), 'r'));
    const host = startHost(t, studio);
    await said(host, 'started');
    await goOn(studio);
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.deepEqual(
      ends,
      jobs.map(({ id }) => id),
    );
    assert.equal(attemptsIn(studio).filter(({ outcome }) => outcome === 'published').length, 1);
  });

  it('that is lost and taken again starts a job anew only when its killed render has ended', async (t) => {
    const studio = await openStudio(t, { workers: 1 });
    const { engine, project, folder } = studio;
    const started: number[] = [];
    engine.on('job:started', ({ attempt }) => started.push(attempt));
    const first = once(engine as never, 'job:progress');
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'waits')] });
    await first;
    const file = new Sqlite(join(folder, 'renders.db'));
    file.exec('UPDATE owner SET number = number + 1');
    file.close();
    while (attemptsIn(studio).length < 2) await delay(20);
    assert.deepEqual(attemptsIn(studio), [{ outcome: 'interrupted' }, { outcome: null }]);
    await goOn(studio);
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.deepEqual(started, [1, 1]);
  });

  it('is kept from a second copy of this library in the process', async (t) => {
    const studio = await openStudio(t);
    const registry = (globalThis as Record<symbol, Set<string> | undefined>)[
      Symbol.for('aerender-batch.owned-databases')
    ];
    const size = registry?.size ?? 0;
    const second = await studio.open();
    assert.equal(registry?.size, size);
    await studio.engine.close();
    const { batchId } = await second.batches.create({ jobs: [aeJob(studio.project, 'good')] });
    assert.equal((await second.batches.wait(batchId)).status, 'finished');
  });
});

describe('a database file', () => {
  it('that is removed under an open engine takes no batch, and the engine says so once', async (t) => {
    const { engine, project, folder } = await openStudio(t);
    const faults: unknown[] = [];
    engine.on('engine:error', ({ error }) => faults.push('code' in error ? error.code : error));
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `renders.db${end}`), { force: true });
    await assert.rejects(engine.batches.create({ jobs: [aeJob(project, 'good')] }), { code: 'DATABASE_REPLACED' });
    while (faults.length === 0) await delay(20);
    await delay(1_500);
    assert.deepEqual(faults, ['DATABASE_REPLACED']);
  });
});

describe('an output folder', () => {
  it('is that of the engine that renders, whichever engine created the job', async (t) => {
    const { engine, project, folder, open } = await openStudio(t, { paused: true });
    const child = { ...aeJob(project, 'good'), type: 'job' as const, layerName: 'any' };
    const parent = aeJob(project, 'good', {
      upload: { prefix: 'films' },
      assets: [{ ...child, settings: { type: 'image' as const, frames: 0 } }],
    });
    const { batchId, jobs } = await engine.batches.create({ jobs: [parent, aeJob(project, 'good')] });
    await engine.close();
    const other = await open({ paused: false, outputDir: join(folder, 'elsewhere') });
    const batch = await other.batches.wait(batchId);
    assert.equal(batch.stats.finished, 2);
    const outputs = await Promise.all(jobs.map(({ id }) => other.jobs.output(id)));
    assert.deepEqual(outputs, [
      join(folder, 'elsewhere', 'films', `${jobs[0]?.id}.png`),
      join(folder, 'elsewhere', `${jobs[1]?.id}.png`),
    ]);
    assert.ok(batch.jobs.every(({ outputUrl }) => outputUrl?.includes('/elsewhere/')));
  });
});

describe('recovery', () => {
  it('kills what a renderer has left in its group, though the renderer itself has exited', {
    skip: process.platform === 'win32' && 'Windows has no process groups',
  }, async (t) => {
    const { store } = await openStore(t);
    const job = newJob();
    store.jobs.insert([job]);
    const { id } = aClaim();
    store.attempts.claim(aClaim(id));
    const renderer = spawn('sh', ['-c', 'sleep 600 & echo $!; read line'], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const left = Number(String((await once(renderer.stdout, 'data'))[0]));
    store.attempts.started(id, renderer.pid ?? 0, await readStartedAt(renderer.pid ?? 0));
    renderer.stdin.end('\n');
    await once(renderer, 'exit');
    assert.notEqual(await readStartedAt(left), null);
    await recover(store, { outputDir: '/nowhere', keepWorkDirs: 'never' });
    assert.equal(await readStartedAt(left), null);
    assert.equal(store.jobs.get(job.id)?.status, 'queued');
  });

  it('does not wait for a work folder that another program holds, and removes it as soon as it is free', {
    skip: skipWithoutDisks,
  }, async (t) => {
    const disk = await smallDisk(t, { megabytes: 1, at: join('renders/.aerender-batch', 'held', 'output') });
    const outputDir = join(disk.path, '../../..');
    const database = join(outputDir, 'renders.db');
    const held = join(disk.path, '..');
    const crashed = Store.open(database, { synchronous: 'normal', clock: Date.now });
    crashed.jobs.insert([newJob()]);
    crashed.attempts.claim(aClaim('held', { workDir: held }));
    crashed.close();
    await using engine = await BatchEngine.open({ database, outputDir });
    await access(held);
    disk.remove();
    while ((await readdir(join(outputDir, '.aerender-batch'))).includes('held')) await delay(20);
    await engine.close();
  });
});
