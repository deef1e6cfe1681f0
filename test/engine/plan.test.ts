import assert from 'node:assert/strict';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import type { JobCreationInput } from '../../lib/index.ts';
import { aeJob, openStudio, type Studio } from '../support/engine.ts';
import { smallDocument, solidLayer, textLayer } from '../support/small-document.ts';

const DOCUMENT = smallDocument([textLayer('title', 'old', [10, 50], 20), solidLayer('bar', '#ff0000', 0, 0, 20, 20)]);

/** A paused engine with a template of its own. */
async function withTemplate(t: TestContext): Promise<Studio & { template: string; job: JobCreationInput }> {
  const studio = await openStudio(t, { paused: true });
  const template = join(studio.folder, 'template.json');
  await writeFile(template, JSON.stringify(DOCUMENT));
  const job: JobCreationInput = {
    template: { id: 'template', src: template, composition: 'main' },
    settings: { type: 'image', frames: 0 },
    assets: [{ type: 'text', layerName: 'title', value: 'new' }],
  };
  return { ...studio, template, job };
}

/** How the only job of a batch ended: `finished`, or the code and the message of its error. */
async function endOf({ engine }: Studio, job: JobCreationInput, meanwhile: () => Promise<unknown>) {
  const { batchId, errors } = await engine.batches.create({ jobs: [job] });
  assert.equal(errors, undefined);
  await meanwhile();
  const failed = new Map<string, { code: string; error: string }>();
  engine.on('job:error', ({ jobId, code, error }) => failed.set(jobId, { code, error }));
  await engine.resume();
  const { jobs } = await engine.batches.wait(batchId);
  return failed.get(jobs[0]?.id ?? '') ?? jobs[0]?.status;
}

describe('a job whose template was written again after it was created', () => {
  it('is rendered if nothing changed but the time', async (t) => {
    const studio = await withTemplate(t);
    assert.equal(await endOf(studio, studio.job, () => utimes(studio.template, 1, 1)), 'finished');
  });

  it('is rendered from the new content if it fits', async (t) => {
    const studio = await withTemplate(t);
    const changed = smallDocument([textLayer('title', 'older still', [10, 50], 20)]);
    const end = await endOf(studio, studio.job, () => writeFile(studio.template, JSON.stringify(changed)));
    assert.equal(end, 'finished');
  });

  it('fails with the code that create would have answered if it no longer fits', async (t) => {
    const studio = await withTemplate(t);
    const changed = smallDocument([textLayer('headline', 'old', [10, 50], 20)]);
    const end = await endOf(studio, studio.job, () => writeFile(studio.template, JSON.stringify(changed)));
    assert.deepEqual(end, {
      code: 'LAYER_NOT_FOUND',
      error:
        "The template has changed since the job was created: assets[0].layerName: Layer 'title' not found in composition 'main'; there are 'headline'",
    });
  });

  it('fails if the template is gone, or no longer readable', async (t) => {
    const studio = await withTemplate(t);
    const { engine } = studio;
    const codes: string[] = [];
    engine.on('job:error', ({ code }) => codes.push(code));
    const { batchId } = await engine.batches.create({ jobs: [studio.job] });
    await writeFile(studio.template, '{');
    await engine.resume();
    await engine.batches.wait(batchId);
    await engine.pause();
    await writeFile(studio.template, JSON.stringify(DOCUMENT));
    const second = await engine.batches.create({ jobs: [studio.job] });
    await rm(studio.template);
    await engine.resume();
    await engine.batches.wait(second.batchId);
    assert.deepEqual(codes, ['TEMPLATE_UNREADABLE', 'TEMPLATE_NOT_FOUND']);
  });
});

describe('a job without a plan, as an earlier version stored it', () => {
  it('is planned from its payload when it is rendered, with its nested jobs', async (t) => {
    const studio = await withTemplate(t);
    const { template } = studio.job;
    const nested = { type: 'job' as const, layerName: 'bar', template, preview: true };
    const job = { ...studio.job, assets: [...(studio.job.assets ?? []), nested] };
    const end = await endOf(studio, job, async () => {
      const database = new Database(join(studio.folder, 'renders.db'));
      const filledIn = JSON.stringify({ ...nested, assets: [], settings: { quality: 'full', engine: 'ae2026' } });
      assert.equal(database.prepare('UPDATE job_payloads SET plan = NULL').run().changes, 2);
      // Version 0.1.0 stored nested jobs with their defaults filled in.
      database
        .prepare(
          'UPDATE job_payloads SET payload = ? WHERE job_id IN (SELECT id FROM jobs WHERE parent_id IS NOT NULL)',
        )
        .run(filledIn);
      database.close();
    });
    assert.equal(end, 'finished');
  });
});

describe('what is decided when a render begins', () => {
  it('is where the aerender is, and whether scripts are allowed: two guards of the engine that renders', async (t) => {
    const { engine, project, open, folder } = await openStudio(t, { paused: true, allowScripts: true });
    const src = join(folder, 'own.jsx');
    await writeFile(src, '1;');
    const { batchId } = await engine.batches.create({
      jobs: [aeJob(project, 'good', { assets: [{ type: 'script', src }] }), aeJob(project, 'good')],
    });
    await engine.close();
    const other = await open({
      paused: true,
      allowScripts: false,
      aerender: { binaries: { ae2026: '/gone/aerender' } },
    });
    const codes: string[] = [];
    other.on('job:error', ({ code }) => codes.push(code));
    await other.resume();
    await other.batches.wait(batchId);
    assert.deepEqual(codes.sort(), ['AERENDER_NOT_FOUND', 'SCRIPTS_NOT_ALLOWED']);
  });
});

describe('a job that is tried again', () => {
  it('is rendered from the files that its creator meant, also from another working folder', async (t) => {
    const { engine, folder } = await openStudio(t, { paused: true });
    await writeFile(join(folder, 'film.json'), JSON.stringify(DOCUMENT));
    const home = process.cwd();
    t.after(() => process.chdir(home));
    process.chdir(folder);
    const job: JobCreationInput = {
      template: { src: 'film.json', composition: 'main' },
      settings: { type: 'image', frames: 0 },
    };
    const { batchId, jobs, errors } = await engine.batches.create({ jobs: [job] });
    assert.equal(errors, undefined);
    await engine.batches.cancel(batchId);
    process.chdir(home);
    const id = jobs[0]?.id ?? '';
    await engine.jobs.retry(id);
    await engine.resume();
    await engine.idle();
    const { status, stats } = await engine.jobs.get(id);
    assert.deepEqual([status, stats.error], ['finished', null]);
  });
});
