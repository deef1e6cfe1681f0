import assert, { AssertionError } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { EngineOptions, JobCreationInput } from '../lib/index.ts';
import { temporaryEngine, waitForJob } from '../lib/testing.ts';
import { aeJob, damagedProject, FAKE_AERENDER } from './support/engine.ts';

async function studio(t: TestContext, options: Partial<EngineOptions> = {}) {
  const temporary = await temporaryEngine({ aerender: { binaries: { ae2026: FAKE_AERENDER } }, ...options });
  t.after(() => temporary.close());
  process.env.AERENDER_MARKS = temporary.folder;
  const project = join(temporary.folder, 'project.aep');
  await writeFile(project, damagedProject());
  const create = async (composition: string, more: Partial<JobCreationInput> = {}) => {
    const { batchId, jobs } = await temporary.engine.batches.create({ jobs: [aeJob(project, composition, more)] });
    return { batchId, id: jobs[0]?.id ?? '' };
  };
  return { ...temporary, create };
}

describe('a temporary engine', () => {
  it('goes with its folder, also while something renders; a second close does nothing', async (t) => {
    const { engine, folder, close, create } = await studio(t);
    const { id } = await create('waits');
    await waitForJob(engine, id, 'render:dorender');
    await Promise.all([close(), close()]);
    await close();
    assert.equal(existsSync(folder), false);
    await assert.rejects(engine.jobs.get(id), { code: 'ENGINE_CLOSED' });
  });

  it('gathers webhooks and uploads, and hands them on', async (t) => {
    const handedOn: string[] = [];
    const { engine, uploads, webhooks, create } = await studio(t, {
      upload: ({ key }) => void handedOn.push(key),
      webhook: ({ url }) => void handedOn.push(url),
    });
    const { id } = await create('good', {
      webhook: { url: 'https://example.com/done' },
      upload: { params: { region: 'eu', bucket: 'films', accessKeyId: 'id', accessKeySecret: 'secret' } },
    });
    await waitForJob(engine, id, 'finished');
    assert.deepEqual([uploads[0]?.key, webhooks[0]?.jobId], [`${id}.png`, id]);
    assert.deepEqual(handedOn, [`${id}.png`, 'https://example.com/done']);
  });

  it('leaves no folder where its options are wrong', async () => {
    await assert.rejects(temporaryEngine({ workers: 0 }), { code: 'VALIDATION_ERROR', message: /workers/ });
  });
});

describe('a wait for a job', () => {
  it('takes an id, a place in a batch, a tag, or a function', async (t) => {
    const { engine, create } = await studio(t);
    const { batchId, id } = await create('good', { tags: ['spring'] });
    for (const selector of [id, { batchId, index: 0 }, { tag: 'spring' }, (job: { id: string }) => job.id === id]) {
      assert.equal((await waitForJob(engine, selector, 'finished')).id, id);
    }
  });

  it('waits for a job that is yet to be created', async (t) => {
    const { engine, create } = await studio(t);
    const waiting = waitForJob(engine, { tag: 'late' }, 'finished');
    const { id } = await create('good', { tags: 'late' });
    assert.equal((await waiting).id, id);
  });

  it('takes any state of the way: queued, rendering, cancelled, ended', async (t) => {
    const { engine, create } = await studio(t, { workers: 1 });
    const first = await create('waits');
    const second = await create('good');
    assert.equal((await waitForJob(engine, first.id, 'render:dorender')).id, first.id);
    assert.equal((await waitForJob(engine, second.id, 'queued')).status, 'queued');
    await engine.jobs.cancel(first.id, { running: 'kill' });
    assert.equal((await waitForJob(engine, first.id, 'manually_cancelled')).status, 'manually_cancelled');
    assert.equal((await waitForJob(engine, second.id, 'ended')).status, 'finished');
  });

  it('rejects at once with the reason and the end of the log if the job ends otherwise', async (t) => {
    const { engine, create } = await studio(t, { retries: 0 });
    const { id } = await create('crash');
    await assert.rejects(waitForJob(engine, id, 'finished', { timeout: 1e6 }), (error) => {
      assert.ok(error instanceof AssertionError);
      assert.deepEqual([error.actual, error.expected], ['error', 'finished']);
      assert.match(error.message, /was to be finished and is error \(\w+\): .*\nThe end of its log:\n/s);
      return true;
    });
    assert.equal((await waitForJob(engine, id, 'error')).id, id);
  });

  it('ends after its time with what became of the job, or by its signal', async (t) => {
    const { engine, create } = await studio(t);
    await assert.rejects(waitForJob(engine, { tag: 'none' }, 'ended', { timeout: 0.01 }), /no job fits the selector/);
    const { id } = await create('waits');
    await assert.rejects(
      waitForJob(engine, id, 'finished', { timeout: 0.01 }),
      /After 0\.01 seconds job .* is (queued|render:dorender)/,
    );
    await assert.rejects(waitForJob(engine, id, 'ended', { signal: AbortSignal.timeout(1) }), { name: 'TimeoutError' });
    await assert.rejects(waitForJob(engine, id, 'ended', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('rejects when the engine is closed meanwhile, and for a wrong id', async (t) => {
    const { engine, create, close } = await studio(t);
    await engine.pause();
    const { id } = await create('good');
    await assert.rejects(waitForJob(engine, 'x', 'ended'), { code: 'VALIDATION_ERROR' });
    const waiting = waitForJob(engine, id, 'ended', { timeout: 30 });
    const rejected = assert.rejects(waiting, { code: 'ENGINE_CLOSED' });
    await close();
    await rejected;
  });
});
