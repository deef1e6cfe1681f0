import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BatchEngine, JobCreationInput, JobWebhookEvent, UploadRequest } from '../../lib/index.ts';
import { aeJob, openStudio } from '../support/engine.ts';

const params = { region: 'eu-west-1', bucket: 'films', accessKeyId: 'id', accessKeySecret: 'secret' };
const HOOK = { url: 'https://example.com/done', headers: { 'x-key': '1' } };

const wanting = (project: string, more: Partial<JobCreationInput> = {}) =>
  aeJob(project, 'good', { upload: { prefix: 'spring/2026', params }, ...more });

/** Without that of the project, which is cut. */
async function warningsOf(engine: BatchEngine, id: string): Promise<string[]> {
  return (await engine.jobs.warnings(id)).filter((warning) => !warning.startsWith('The template could not be read'));
}

async function rendered(engine: BatchEngine, job: JobCreationInput) {
  const { batchId, errors } = await engine.batches.create({ jobs: [job] });
  assert.equal(errors, undefined);
  const [result] = (await engine.batches.wait(batchId)).jobs;
  assert.ok(result);
  return { result, warnings: await warningsOf(engine, result.id) };
}

describe('an upload', () => {
  it('is handed to the option upload before the job is finished', async (t) => {
    const uploads: UploadRequest[] = [];
    const contents: string[] = [];
    const { engine, project, folder } = await openStudio(t, {
      upload: async (upload) => {
        uploads.push(upload);
        contents.push(await readFile(upload.outputPath, 'latin1'));
        assert.equal((await engine.jobs.get(upload.jobId)).status, 'render:dorender');
      },
    });
    const { result, warnings } = await rendered(engine, wanting(project));
    assert.equal(result.status, 'finished');
    assert.deepEqual(warnings, []);
    const key = `spring/2026/${result.id}.png`;
    const outputPath = join(folder, 'renders', key);
    assert.deepEqual(uploads, [
      { jobId: result.id, batchId: result.local.batchId, outputPath, key, provider: 's3', params },
    ]);
    assert.equal(contents[0], await readFile(outputPath, 'latin1'));
  });

  it('is a copy in the folder of its bucket where the option names a folder', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const uploads = join(studio.folder, 'uploads');
    const engine = await studio.open({ paused: false, upload: { folder: uploads } });
    const { result } = await rendered(engine, wanting(studio.project));
    const copy = await readFile(join(uploads, 'films', 'spring', '2026', `${result.id}.png`));
    assert.deepEqual(copy, await readFile(await engine.jobs.output(result.id)));
    assert.deepEqual(await readdir(join(uploads, 'films', 'spring', '2026')), [`${result.id}.png`]);
  });

  it('that fails fails its job, which says where the output is; a retry uploads again', async (t) => {
    let isDown = true;
    const { engine, project } = await openStudio(t, {
      upload: () => {
        if (isDown) throw new Error('503 Slow Down');
      },
    });
    const { result } = await rendered(engine, wanting(project));
    assert.deepEqual([result.status, result.local.errorCode], ['error', 'UPLOAD_FAILED']);
    const path = /The output is at (\S+), but the option upload failed: 503 Slow Down/.exec(
      result.stats?.error ?? '',
    )?.[1];
    assert.ok((await readFile(path ?? '')).length > 0);
    isDown = false;
    await engine.jobs.retry(result.id);
    await engine.idle();
    assert.equal((await engine.jobs.get(result.id)).status, 'finished');
  });

  it('to a bucket whose name climbs out of the folder is not copied anywhere', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const engine = await studio.open({ paused: false, upload: { folder: join(studio.folder, 'uploads') } });
    for (const bucket of ['..', 'a/b', '', 'C:', 'nul']) {
      const job = wanting(studio.project, { upload: { params: { ...params, bucket } } });
      assert.equal((await rendered(engine, job)).result.local.errorCode, 'UPLOAD_FAILED', bucket);
    }
    assert.deepEqual(await readdir(studio.folder).then((names) => names.includes('uploads')), false);
  });

  it('that hangs does not keep the engine open: close kills it, and its signal aborts', async (t) => {
    const begun = Promise.withResolvers<AbortSignal>();
    const { engine, project } = await openStudio(t, {
      upload: (_, { signal }) => {
        begun.resolve(signal);
        return new Promise(() => {});
      },
    });
    await engine.batches.create({ jobs: [wanting(project)] });
    const signal = await begun.promise;
    await engine.close({ running: 'kill' });
    assert.equal(signal.aborted, true);
  });

  it('is warned of at create where nothing takes it, and the job renders all the same', async (t) => {
    const { engine, project } = await openStudio(t);
    const { result, warnings } = await rendered(engine, wanting(project));
    assert.equal(result.status, 'finished');
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^upload\.params: nothing takes uploads here.*stays in outputDir/);
  });

  it('that nothing takes is a warning of the render where the engine that created the job would have taken it', async (t) => {
    const studio = await openStudio(t, { paused: true, upload: () => {} });
    const { batchId } = await studio.engine.batches.create({ jobs: [wanting(studio.project)] });
    const other = await studio.open({ paused: false, upload: undefined });
    const { jobs } = await other.batches.wait(batchId);
    assert.match((await warningsOf(other, jobs[0]?.id ?? '')).join(), /^upload\.params: nothing takes uploads here/);
  });

  it('of a job without params is none: its prefix is a folder below outputDir', async (t) => {
    const { engine, project } = await openStudio(t, { upload: () => assert.fail('nothing is to be uploaded') });
    const { result, warnings } = await rendered(engine, wanting(project, { upload: { prefix: 'spring' } }));
    assert.deepEqual([result.status, warnings], ['finished', []]);
  });
});

describe('a webhook', () => {
  it('is handed to the option webhook once the job has ended', async (t) => {
    const webhooks: JobWebhookEvent[] = [];
    const { engine, project } = await openStudio(t, { webhook: (webhook) => void webhooks.push(webhook) });
    const { result, warnings } = await rendered(engine, aeJob(project, 'good', { webhook: HOOK }));
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      webhooks.map(({ jobId, url, method, headers, run }) => ({ jobId, url, method, headers, run })),
      [{ jobId: result.id, url: HOOK.url, method: 'POST', headers: HOOK.headers, run: 1 }],
    );
    assert.equal((webhooks[0]?.body as { status?: string } | undefined)?.status, 'finished');
  });

  it('is a file of its own for each run where the option names a folder; close waits for it', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const folder = join(studio.folder, 'webhooks');
    const engine = await studio.open({ paused: false, retries: 0, webhook: { folder } });
    const { result } = await rendered(
      engine,
      aeJob(studio.project, 'crash once', { webhook: { ...HOOK, custom: true, data: { n: 1 } } }),
    );
    await engine.jobs.retry(result.id);
    await engine.idle();
    await engine.close();
    assert.deepEqual((await readdir(folder)).sort(), [`${result.id}-1.json`, `${result.id}-2.json`]);
    assert.deepEqual(JSON.parse(await readFile(join(folder, `${result.id}-1.json`), 'utf8')), {
      ...{ url: HOOK.url, method: 'POST', headers: HOOK.headers },
      body: { n: 1 },
    });
  });

  it('that cannot be written is reported, and the job is finished', async (t) => {
    const studio = await openStudio(t, { paused: true });
    const folder = join(studio.folder, 'a file');
    await writeFile(folder, '');
    const reported = Promise.withResolvers<Error>();
    const engine = await studio.open({
      ...{ paused: false, webhook: { folder } },
      events: { 'engine:error': ({ error }) => reported.resolve(error) },
    });
    const { result } = await rendered(engine, aeJob(studio.project, 'good', { webhook: HOOK }));
    assert.equal(result.status, 'finished');
    assert.match((await reported.promise).message, /a file/);
  });

  it('is warned of at create where nothing takes it', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const warnings: string[] = [];
    const create = async () =>
      await engine.batches.create(
        { jobs: [aeJob(project, 'good', { webhook: HOOK })] },
        { dryRun: true, onWarning: ({ message }) => void (message.startsWith('webhook') && warnings.push(message)) },
      );
    await create();
    assert.match(warnings.splice(0).join(), /^webhook: nothing takes it here/);
    engine.on('job:webhook', () => {});
    await create();
    assert.deepEqual(warnings, []);
  });
});

describe('the options upload and webhook', () => {
  it('are functions, or name a folder', async (t) => {
    for (const wrong of [1, 'folder', {}, { folder: '' }, { folder: 'a', more: 1 }, null]) {
      for (const name of ['upload', 'webhook']) {
        await assert.rejects(openStudio(t, { [name]: wrong }), {
          code: 'VALIDATION_ERROR',
          message: new RegExp(`${name}: must be a function or \\{ folder: "path" \\}`),
        });
      }
    }
  });
});
