import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import Database from 'better-sqlite3';
import { ValidationError } from '../../lib/errors.ts';
import type { BatchInput, JobCreationInput } from '../../lib/plan/request.ts';
import { aeJob, openStudio, SAMPLES } from '../support/engine.ts';
import { sharedFile, skipWithout } from '../support/shared-folder.ts';

const SCHEMA = 'contract/answers.schema.json';
const invitation = join(SAMPLES, 'invitation.json');

/** A job of the bundled renderer, which is refused or accepted without rendering. */
function lottieJob(assets: JobCreationInput['assets'], more: Partial<JobCreationInput> = {}): JobCreationInput {
  return { template: { id: 'x', src: invitation, composition: 'main' }, assets, ...more };
}

function nested(project: string, composition: string, assets: NonNullable<JobCreationInput['assets']> = []) {
  return {
    type: 'job' as const,
    layerName: 'any',
    template: { id: 'x', src: project, composition },
    settings: { type: 'image' as const, frames: 0 },
    assets,
  };
}

describe('batches', () => {
  it('remember the jobs that were refused, also in another engine, until they are deleted', async (t) => {
    const { engine, project, folder, open } = await openStudio(t, { paused: true });
    const wrong = lottieJob([{ type: 'text', layerName: 'no', value: '' }]);
    const { batchId, errors } = await engine.batches.create({ jobs: [wrong, aeJob(project, 'good'), {} as never] });
    const other = await open({ paused: true });
    const { local, stats, jobs } = await other.batches.get(batchId);
    assert.deepEqual(local.refused, errors);
    assert.deepEqual(
      local.refused.map(({ index, errorCode }) => [index, errorCode]),
      [
        [0, 'LAYER_NOT_FOUND'],
        [2, 'VALIDATION_ERROR'],
      ],
    );
    assert.deepEqual([stats.total, jobs.length], [1, 1]);
    await engine.batches.cancel(batchId);
    await engine.batches.delete(batchId);
    const database = new Database(join(folder, 'renders.db'), { readonly: true });
    t.after(() => database.close());
    assert.equal(database.prepare('SELECT count(*) FROM refused_jobs').pluck().get(), 0);
  });

  it('answers in the shapes of the contract, key by key, without the key local', {
    skip: skipWithout(SCHEMA),
  }, async (t) => {
    const { engine, project } = await openStudio(t);
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(JSON.parse(readFileSync(sharedFile(SCHEMA), 'utf8')), 'answers');
    const holds = (name: string, given: unknown) => {
      const answer = JSON.parse(JSON.stringify(given, (key, value) => (key === 'local' ? undefined : value)));
      const valid = ajv.validate({ $ref: `answers#/$defs/${name}` }, answer);
      assert.ok(valid, `${name}: ${ajv.errorsText()}\n${JSON.stringify(answer)}`);
    };
    const parent = aeJob(project, 'good', { assets: [nested(project, 'good')] });
    const created = await engine.batches.create({
      jobs: [parent, lottieJob([{ type: 'text', layerName: 'no', value: '' }])],
    });
    holds('batchCreation', created);
    assert.equal(created.status, 'partial');
    assert.equal(created.jobs[0]?.children?.length, 1);
    holds('batchStatus', await engine.batches.get(created.batchId));
    holds('batchStatus', await engine.batches.wait(created.batchId));
    holds('job', await engine.jobs.get(created.jobs[0]?.id ?? ''));
    for (const job of await engine.jobs.list()) holds('job', job);
    holds('template', await engine.templates.add({ src: invitation }));
    const other = await engine.batches.create({
      jobs: [aeJob(project, 'stalls'), aeJob(project, 'stalls'), aeJob(project, 'good')],
    });
    holds('batchCancellation', await engine.batches.cancel(other.batchId, { running: 'kill' }));
    holds(
      'batchCreation',
      await engine.batches.create({ jobs: [lottieJob([{ type: 'text', layerName: 'no', value: '' }])] }),
    );
  });

  it('throws for a wrong envelope, and names the field', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const many = Array.from({ length: 1_001 }, () => aeJob(project, 'good'));
    const wrong: [body: unknown, field: string, message: RegExp][] = [
      [null, '', /an object with jobs/],
      [[], '', /an object with jobs/],
      ['jobs', '', /an object with jobs/],
      [{}, 'jobs', /required/],
      [{ jobs: {} }, 'jobs', /must be an array/],
      [{ jobs: [] }, 'jobs', /1 to 1000 jobs; it holds 0/],
      [{ jobs: many }, 'jobs', /1 to 1000 jobs; it holds 1001/],
    ];
    for (const [body, field, message] of wrong) {
      await assert.rejects(engine.batches.create(body as BatchInput), (error) => {
        assert.ok(error instanceof ValidationError);
        assert.equal(error.code, 'VALIDATION_ERROR');
        assert.deepEqual(
          error.details.map((detail) => detail.field),
          [field],
        );
        assert.match(error.details[0]?.message ?? '', message);
        return true;
      });
    }
  });

  it('refuses each faulty job by itself, with its code and words that name the fault', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    let deep = nested(project, 'good');
    for (let level = 0; level < 8; level += 1) deep = nested(project, 'good', [deep]);
    const text = { type: 'text' as const, layerName: 'name', value: 'x' };
    const faults: [job: unknown, code: string, words: RegExp][] = [
      [{ assets: [] }, 'VALIDATION_ERROR', /template/],
      [lottieJob([{ type: 'text', value: 'x' } as never]), 'VALIDATION_ERROR', /assets\[0\]\.layerName/],
      [lottieJob([text], { settings: { colour: 1 } as never }), 'VALIDATION_ERROR', /colour/],
      [lottieJob([text], { settings: { frames: [5, 2] } }), 'VALIDATION_ERROR', /settings\.frames/],
      [lottieJob([text], { settings: { codec: 'divx' } }), 'CODEC_UNKNOWN', /video_prores_4444/],
      [lottieJob([text], { preview: true, settings: {} }), 'VALIDATION_ERROR', /preview/],
      [lottieJob([text], { upload: { prefix: '../up' } }), 'VALIDATION_ERROR', /upload\.prefix/],
      [
        { template: { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', composition: 'main' } },
        'TEMPLATE_NOT_FOUND',
        /^Template not found$/,
      ],
      [lottieJob([{ type: 'text', layerName: 'Name', value: 'x' }]), 'LAYER_NOT_FOUND', /did you mean 'name'/],
      [{ template: { id: 'x', src: invitation, composition: 'Main' } }, 'COMPOSITION_NOT_FOUND', /'main'/],
      [lottieJob([{ type: 'image', layerName: 'name', src: 'images/mary.png' }]), 'ASSET_LAYER_MISMATCH', /text layer/],
      [lottieJob([{ type: 'image', layerName: 'photo', src: 'images/nobody.png' }]), 'ASSET_NOT_FOUND', /nobody\.png/],
      [
        lottieJob([{ type: 'image', layerName: 'photo', src: 'https://x.test/a.png' }]),
        'ASSET_SOURCE_UNSUPPORTED',
        /network/,
      ],
      [lottieJob([text], { settings: { type: 'image', frames: 900 } }), 'FRAMES_OUT_OF_RANGE', /0-99/],
      [
        aeJob(project, 'good', { settings: { type: 'image', frames: 0, engine: 'ae2025' } }),
        'AERENDER_NOT_FOUND',
        /Adobe After Effects 2025/,
      ],
      [aeJob(project, 'good', { assets: [deep] }), 'NESTING_TOO_DEEP', /8 levels/],
    ];
    const answer = await engine.batches.create({
      jobs: [...faults.map(([job]) => job), lottieJob([text])],
    } as BatchInput);
    assert.equal(answer.successCount, 1);
    for (const [index, [, code, words]] of faults.entries()) {
      const error = answer.errors?.find((entry) => entry.index === index);
      assert.equal(error?.errorCode, code, `job ${index}: ${error?.error}`);
      assert.match(error?.error ?? '', words);
    }
  });

  it('answers a dry run as it would a real one, and stores nothing', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const jobs = [aeJob(project, 'good'), lottieJob([{ type: 'text', layerName: 'no', value: '' }])];
    const answer = await engine.batches.create({ jobs }, { dryRun: true });
    await assert.rejects(engine.batches.get(answer.batchId), { code: 'BATCH_NOT_FOUND' });
    assert.deepEqual(await engine.batches.list(), []);
    const real = await engine.batches.create({ jobs });
    assert.equal(real.status, 'partial');
    const text = (created: object) =>
      JSON.stringify(created)
        .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, 'ID')
        .replaceAll(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"TIME"');
    assert.equal(text(answer), text(real));
  });

  it('renders children first, and gives the same answers after it was closed and opened again', async (t) => {
    const { engine, project, open } = await openStudio(t);
    const order: (string | null)[] = [];
    engine.on('job:finished', ({ parentId }) => order.push(parentId));
    const family = aeJob(project, 'good', {
      assets: [nested(project, 'slow', [nested(project, 'slow')]), nested(project, 'good')],
    });
    const created = await engine.batches.create({ jobs: [family] });
    assert.equal(created.jobs[0]?.status, 'pending');
    const batch = await engine.batches.wait(created.batchId);
    assert.equal(batch.status, 'finished');
    assert.equal(order.length, 4);
    assert.equal(order.at(-1), null);
    await engine.close();
    const again = await open({ paused: true });
    assert.deepEqual(await again.batches.get(created.batchId), batch);
  });

  it('fails a parent whose child failed, names the child, and cancels the siblings that wait', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const codes: string[] = [];
    engine.on('job:error', ({ code }) => codes.push(code));
    const family = aeJob(project, 'good', { assets: [nested(project, 'error line'), nested(project, 'good')] });
    const created = await engine.batches.create({ jobs: [family] });
    const [failing, waiting] = created.jobs[0]?.children ?? [];
    const batch = await engine.batches.wait(created.batchId);
    assert.equal(batch.status, 'error');
    const parent = await engine.jobs.get(created.jobs[0]?.id ?? '');
    assert.equal(parent.status, 'error');
    assert.match(parent.stats.error ?? '', new RegExp(failing?.id ?? 'no child'));
    assert.equal((await engine.jobs.get(waiting?.id ?? '')).status, 'manually_cancelled');
    assert.deepEqual(codes.toSorted(), ['CHILD_FAILED', 'COMPOSITION_NOT_FOUND']);
  });

  it('renders first in, first out, and a higher priority before', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1, paused: true });
    const finished: string[] = [];
    engine.on('job:finished', ({ jobId }) => finished.push(jobId));
    const { batchId, jobs } = await engine.batches.create({
      jobs: [aeJob(project, 'good'), aeJob(project, 'good'), aeJob(project, 'good', { priority: 5 })],
    });
    await engine.resume();
    await engine.batches.wait(batchId);
    assert.deepEqual(finished, [jobs[2]?.id, jobs[0]?.id, jobs[1]?.id]);
  });

  it('cancels what waits, skips what renders, and says which', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const started = new Promise((resolve) => engine.once('job:started', resolve));
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'slow'), aeJob(project, 'good')] });
    await started;
    const { jobs } = await engine.batches.get(batchId);
    const answer = await engine.batches.cancel(batchId);
    assert.deepEqual(
      answer.jobs.map(({ id, result, reason }) => ({ id, result, reason })),
      [
        { id: jobs[0]?.id, result: 'skipped', reason: answer.jobs[0]?.reason },
        { id: jobs[1]?.id, result: 'cancelled', reason: undefined },
      ],
    );
    assert.match(answer.jobs[0]?.reason ?? '', /render/);
    assert.equal(answer.status, 'partial');
    assert.deepEqual(
      answer.cancelledJobs.map(({ id, status }) => [id, status]),
      [[jobs[1]?.id, 'manually_cancelled']],
    );
    assert.deepEqual((await engine.batches.wait(batchId)).stats, { total: 2, finished: 1, error: 1, pending: 0 });
    assert.equal((await engine.batches.cancel(batchId)).status, 'unchanged');
  });
});
