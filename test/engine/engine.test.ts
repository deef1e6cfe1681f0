import assert from 'node:assert/strict';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { EngineOptions } from '../../lib/config.ts';
import { BatchEngine } from '../../lib/engine.ts';
import { ValidationError } from '../../lib/errors.ts';
import { aeJob, openStudio, SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** One wrong value for each kind of option. */
const WRONG_OPTIONS: readonly (readonly [name: string, value: unknown])[] = [
  ['database', 5],
  ['outputDir', ''],
  ['workers', 0],
  ['paused', 'yes'],
  ['retries', -1],
  ['logLimit', 0.5],
  ['priority', 'highest'],
  ['fonts', 'a folder'],
  ['renderer', 'ffmpeg'],
  ['allowScripts', 1],
  ['keepWorkDirs', 'sometimes'],
  ['upload', 5],
  ['webhook', {}],
  ['events', []],
  ['aerender.binaries', 5],
  ['bundled.supersample', 3],
];

describe('an engine', () => {
  it('answers nothing any more after it was closed', async (t) => {
    const { engine, project } = await openStudio(t);
    await engine.close();
    await engine.close();
    await assert.rejects(engine.batches.create({ jobs: [aeJob(project, 'good')] }), { code: 'ENGINE_CLOSED' });
    await assert.rejects(engine.templates.list(), { code: 'ENGINE_CLOSED' });
  });

  it('finishes what renders before it closes, and leaves the rest for the next one', async (t) => {
    const { engine, project, open } = await openStudio(t, { workers: 1 });
    const started = new Promise((resolve) => engine.once('job:started', resolve));
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'slow'), aeJob(project, 'slow')] });
    await started;
    await engine.close({ running: 'finish' });
    const next = await open({ paused: true });
    assert.deepEqual((await next.batches.get(batchId)).stats, { total: 2, finished: 1, error: 0, pending: 1 });
  });

  it('keeps a template that jobs still need, and tells of one whose file is gone', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    const { id } = await engine.templates.add({ src: join(SAMPLES, 'certificate.json') });
    const { batchId } = await engine.batches.create({ jobs: [{ template: { id, composition: 'main' } }] });
    await assert.rejects(engine.templates.remove(id), { code: 'IN_USE' });
    await assert.rejects(engine.batches.delete(batchId), { code: 'IN_USE' });
    await engine.batches.cancel(batchId);
    await engine.templates.remove(id);
    await engine.batches.delete(batchId);
    await assert.rejects(engine.batches.get(batchId), { code: 'BATCH_NOT_FOUND' });
  });

  it('renders the jobs of the batches that resume names, and leaves the others in the queue', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const jobs = [aeJob(project, 'good')];
    const earlier = await engine.batches.create({ jobs });
    const wanted = await engine.batches.create({ jobs });
    await assert.rejects(engine.resume({ batches: ['no'] }), { code: 'VALIDATION_ERROR' });
    await engine.resume({ batches: [wanted.batchId] });
    assert.equal((await engine.batches.wait(wanted.batchId)).stats.finished, 1);
    assert.equal((await engine.batches.get(earlier.batchId)).stats.pending, 1);
    await engine.resume();
    assert.equal((await engine.batches.wait(earlier.batchId)).stats.finished, 1);
  });

  it('ends a job whose template was removed since, and names the file', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { batchId, jobs } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    await assert.rejects(engine.jobs.logs(jobs[0]?.id ?? ''), { code: 'LOG_NOT_FOUND' });
    await rm(project);
    await engine.resume();
    await engine.batches.wait(batchId);
    assert.match((await engine.jobs.get(jobs[0]?.id ?? '')).stats.error ?? '', /project\.aep is no longer there/);
  });

  it("finds a template's fonts in the folders that it is given", async (t) => {
    const { folder, open } = await openStudio(t, { paused: true });
    const lottie = join(folder, 'lottie');
    await mkdir(lottie);
    await cp(join(SAMPLES, 'certificate.json'), join(lottie, 'certificate.json'));
    const render = async (options: Partial<EngineOptions>) => {
      const engine = await open({ database: ':memory:', paused: false, ...options });
      const src = join(lottie, 'certificate.json');
      const job = { template: { id: 'x', src, composition: 'main' }, settings: { type: 'image' as const, frames: 0 } };
      const { batchId, jobs } = await engine.batches.create({ jobs: [job] });
      await engine.batches.wait(batchId);
      return await engine.jobs.logs(jobs[0]?.id ?? '');
    };
    assert.match(await render({}), /Font family: Playfair Display/);
    assert.doesNotMatch(await render({ fonts: [join(SAMPLES, 'fonts')] }), /Font family/);
  });

  it('makes its output folder, in which its database may lie, and none if it neither stores nor renders', async (t) => {
    const folder = await temporaryFolder(t);
    const outputDir = join(folder, 'renders');
    const looking = await BatchEngine.open({ database: ':memory:', outputDir, paused: true });
    assert.deepEqual(await readdir(folder), []);
    await looking.resume();
    assert.deepEqual(await readdir(folder), ['renders']);
    await looking.close();
    await rm(outputDir, { recursive: true });
    const engine = await BatchEngine.open({ database: join(outputDir, 'x.db'), outputDir, paused: true });
    await engine.close();
    assert.ok((await readdir(outputDir)).includes('x.db'));
  });

  it('makes no output folder while it is paused, until it stores a job, and stores none that could have no output', async (t) => {
    const folder = await temporaryFolder(t);
    const template = { id: 'x', src: join(SAMPLES, 'certificate.json'), composition: 'main' };
    const open = async (outputDir: string) => {
      const engine = await BatchEngine.open({ database: join(folder, 'x.db'), outputDir, paused: true });
      t.after(() => engine.close());
      return engine;
    };
    const engine = await open(join(folder, 'renders/deep'));
    await engine.batches.create({ jobs: [{ template: { ...template, composition: 'no such one' } }] });
    await engine.batches.create({ jobs: [{ template }] }, { dryRun: true });
    assert.ok(!(await readdir(folder)).includes('renders'));
    await engine.batches.create({ jobs: [{ template }] });
    assert.deepEqual(await readdir(join(folder, 'renders')), ['deep']);
    const blocked = await open(join(folder, 'x.db/renders'));
    await assert.rejects(blocked.batches.create({ jobs: [{ template }] }), { code: 'OUTPUT_NOT_PUBLISHED' });
    await assert.rejects(blocked.jobs.create({ template }), { code: 'OUTPUT_NOT_PUBLISHED' });
    assert.equal((await blocked.batches.list()).length, 1);
  });

  it('refuses wrong ids with another code than unknown ones', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    await assert.rejects(engine.jobs.get('no'), { code: 'VALIDATION_ERROR' });
    await assert.rejects(engine.jobs.get('01ARZ3NDEKTSV4RRFFQ69G5FAV'), { code: 'JOB_NOT_FOUND' });
  });

  for (const [name, value] of WRONG_OPTIONS)
    it(`refuses a wrong option ${name}, and names it`, async (t) => {
      const outputDir = join(await temporaryFolder(t), 'renders');
      const [first = '', second] = name.split('.');
      const wrong = second === undefined ? { [first]: value } : { [first]: { [second]: value } };
      const options = { database: ':memory:', outputDir, ...wrong } as unknown as EngineOptions;
      await assert.rejects(BatchEngine.open(options), (error) => {
        assert.ok(error instanceof ValidationError);
        assert.deepEqual(
          error.details.map(({ field }) => field),
          [name],
        );
        return true;
      });
    });
});
