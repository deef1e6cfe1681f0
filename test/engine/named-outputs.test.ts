import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { JobLocal } from '../../lib/contract/answers.ts';
import type { LocalInput } from '../../lib/contract/local.ts';
import type { AssetInput } from '../../lib/index.ts';
import { aeJob, openStudio, type Studio } from '../support/engine.ts';

/** A studio, and a job whose render is good. */
async function named(t: TestContext) {
  const studio = await openStudio(t);
  const job = (local: LocalInput, composition = 'good') => aeJob(studio.project, composition, { local });
  return { ...studio, job };
}

async function refusal({ engine }: Studio, ...jobs: ReturnType<typeof aeJob>[]): Promise<string> {
  const { errors = [] } = await engine.batches.create({ jobs });
  return errors.map(({ index, error, errorCode }) => `${index} ${errorCode} ${error}`).join('\n');
}

describe('the output of a job', () => {
  it('is named as the job asks, safely, and the name is in its URL', async (t) => {
    const { engine, job } = await named(t);
    const { batchId, jobs } = await engine.batches.create({ jobs: [job({ fileName: 'Anna/Müller: 100 %?.PNG' })] });
    await engine.batches.wait(batchId);
    const [{ id } = { id: '' }] = jobs;
    const path = await engine.jobs.output(id);
    assert.equal(basename(path), 'Anna-Müller- 100 %-.png');
    const { outputUrl } = await engine.jobs.get(id);
    assert.match(outputUrl ?? '', /Anna-M%C3%BCller-%20100%20%25-\.png$/);
  });

  it('is refused a name that another job of the call, a waiting job or a file has, whatever its case', async (t) => {
    const studio = await named(t);
    const { engine, folder, job } = studio;
    await engine.pause();
    assert.match(
      await refusal(studio, job({ fileName: 'Straße' }), job({ fileName: 'STRASSE' })),
      /^1 OUTPUT_EXISTS local\.fileName: job 0 of this call makes the same file/,
    );
    assert.match(
      await refusal(studio, job({ fileName: 'strasse', overwrite: true })),
      /has not ended, makes the same file/,
    );
    await mkdir(join(folder, 'renders'), { recursive: true });
    await writeFile(join(folder, 'renders', 'there.png'), 'precious');
    assert.match(await refusal(studio, job({ fileName: 'there' })), /OUTPUT_EXISTS .*there\.png is there already/);
  });

  it('replaces a file only if the job asks for it', async (t) => {
    const { engine, folder, job } = await named(t);
    const file = join(folder, 'renders', 'film.png');
    await writeFile(file, 'old');
    const { batchId } = await engine.batches.create({ jobs: [job({ fileName: 'film', overwrite: true })] });
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.notEqual(await readFile(file, 'utf8'), 'old');
  });

  it('never replaces a file that has come to be since the job was created', async (t) => {
    const { engine, folder, job } = await named(t);
    await engine.pause();
    const { batchId, jobs } = await engine.batches.create({ jobs: [job({ fileName: 'film' })] });
    const file = join(folder, 'renders', 'film.png');
    await writeFile(file, 'of somebody else');
    engine.resume();
    await engine.batches.wait(batchId);
    const { local } = await engine.jobs.get(jobs[0]?.id ?? '');
    assert.equal(local.errorCode, 'OUTPUT_EXISTS');
    assert.equal(await readFile(file, 'utf8'), 'of somebody else');
  });

  it('of a retry never replaces a film that another job has made meanwhile', async (t) => {
    const { engine, project, folder } = await openStudio(t, { retries: 0 });
    const job = aeJob(project, 'crash once', { local: { fileName: 'film' } });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
    assert.equal((await engine.batches.wait(batchId)).status, 'error');
    const file = join(folder, 'renders', 'film.png');
    await writeFile(file, 'of another job');
    await engine.batches.retry(batchId);
    await engine.batches.wait(batchId);
    assert.equal((await engine.jobs.get(jobs[0]?.id ?? '')).local.errorCode, 'OUTPUT_EXISTS');
    assert.equal(await readFile(file, 'utf8'), 'of another job');
  });

  it('takes the place of what an earlier attempt of the same job has published', async (t) => {
    let takes = 0;
    const studio = await openStudio(t, {
      upload: async () => {
        takes += 1;
        if (takes === 1) throw new Error('no way there');
      },
    });
    const { engine, project } = studio;
    const params = { bucket: 'films', region: 'eu', accessKeyId: 'x', accessKeySecret: 'y' };
    const job = aeJob(project, 'good', { upload: { params }, local: { fileName: 'film' } });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
    await engine.batches.wait(batchId);
    const id = jobs[0]?.id ?? '';
    assert.equal((await engine.jobs.get(id)).local.errorCode, 'UPLOAD_FAILED');
    await engine.batches.retry(batchId);
    assert.equal((await engine.batches.wait(batchId)).status, 'finished');
    assert.ok(existsSync(await engine.jobs.output(id)));
  });

  it('comes after a name that cannot be a name is refused', async (t) => {
    const studio = await named(t);
    assert.match(await refusal(studio, studio.job({ fileName: ' ..' })), /holds nothing that a file can be named by/);
    assert.match(
      await refusal(studio, studio.job({ filename: 'film' } as LocalInput)),
      /local\.filename: is no key of a job; did you mean 'fileName'/,
    );
  });
});

describe('what a caller gives a job to be known by', () => {
  it('comes back in answers and events, and outlives a retry and another engine', async (t) => {
    const { engine, open, job } = await named(t);
    const metadata = { customer: [7, { vip: true }], note: 'ä' };
    const heard: unknown[] = [];
    engine.on('job:error', ({ local }) => void heard.push([local.metadata, local.tags]));
    const { batchId, jobs } = await engine.batches.create({
      jobs: [
        { ...job({ metadata }, 'errors'), tags: 'spring, vip' },
        { ...job({}), tags: ['plain'] },
      ],
    });
    await engine.batches.wait(batchId);
    await engine.batches.retry(batchId);
    const done = await engine.batches.wait(batchId);
    assert.deepEqual(heard, [
      [metadata, ['spring', 'vip']],
      [metadata, ['spring', 'vip']],
    ]);
    assert.deepEqual(
      done.jobs.map(({ local }) => [local.metadata, local.tags]),
      [
        [metadata, ['spring', 'vip']],
        [null, ['plain']],
      ],
    );
    await engine.close();
    const again = await open();
    assert.deepEqual((await again.jobs.get(jobs[0]?.id ?? '')).local.metadata, metadata);
  });

  it('is in the webhook, in its event and in jobs.get, for a nested job too', async (t) => {
    const hooks: { jobId: string; local: JobLocal; body: unknown }[] = [];
    const { engine, project } = await openStudio(t, { webhook: (event) => void hooks.push(event) });
    const inner: AssetInput = {
      ...{ type: 'job', layerName: 'layer', template: { src: project, composition: 'good' } },
      ...{
        settings: { type: 'image', frames: 0 },
        local: { fileName: 'inner', metadata: 'of the inner one' },
        tags: ['deep'],
      },
    };
    const outer = { tags: ['vip'], webhook: { url: 'https://shop.example/hook' }, assets: [inner] };
    const job = aeJob(project, 'good', { ...outer, local: { fileName: 'outer', metadata: { order: 7 } } });
    const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
    await engine.batches.wait(batchId);
    const [{ id, children = [] } = { id: '' }] = jobs;
    const known = async (jobId: string) => {
      const { local } = await engine.jobs.get(jobId);
      return [basename(local.outputPath ?? ''), local.metadata, local.tags];
    };
    assert.deepEqual(await known(id), ['outer.png', { order: 7 }, ['vip']]);
    assert.deepEqual(await known(children[0]?.id ?? ''), ['inner.png', 'of the inner one', ['deep']]);
    const [hook] = hooks;
    assert.deepEqual(
      [hooks.length, hook?.jobId, hook?.local.metadata, hook?.local.tags],
      [1, id, { order: 7 }, ['vip']],
    );
    assert.partialDeepStrictEqual(hook?.body, { id, local: { metadata: { order: 7 }, tags: ['vip'] } });
  });

  it('is refused if it is too large for every event to carry', async (t) => {
    const studio = await named(t);
    assert.match(
      await refusal(studio, studio.job({ metadata: 'x'.repeat(70_000) })),
      /local\.metadata: must be at most 65536/,
    );
  });
});
