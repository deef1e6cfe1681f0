import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions } from '../../lib/config.ts';
import { aeJob, openStudio } from '../support/engine.ts';

describe('options of calls', () => {
  it('are checked, and the fault names the option', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const body = { jobs: [aeJob(project, 'good')] };
    const { batchId, jobs } = await engine.batches.create(body);
    const jobId = jobs[0]?.id ?? '';
    const { id } = await engine.templates.add({ src: project });
    const wrong = (value: unknown) => value as never;
    const calls: [field: string, call: () => Promise<unknown>][] = [
      ['limit', () => engine.batches.list({ limit: Number.NaN })],
      ['limit', () => engine.batches.list({ limit: 0 })],
      ['after', () => engine.batches.list({ after: wrong(1) })],
      ['', () => engine.batches.list(wrong(null))],
      ['', () => engine.jobs.list(wrong(null))],
      ['limit', () => engine.jobs.list({ limit: Number.NaN })],
      ['running', () => engine.batches.cancel(batchId, { running: wrong('nonsense') })],
      ['running', () => engine.jobs.cancel(jobId, { running: wrong(1) })],
      ['', () => engine.batches.cancel(batchId, wrong({ runing: 'kill' }))],
      ['signal', () => engine.batches.wait(batchId, { signal: wrong({}) })],
      ['signal', () => engine.batches.watch(batchId, { signal: wrong(1) }).next()],
      ['signal', () => engine.idle({ signal: wrong('now') })],
      ['dryRun', () => engine.batches.create(body, { dryRun: wrong('yes') })],
      ['onWarning', () => engine.batches.create(body, { onWarning: wrong(1) })],
      ['', () => engine.batches.create(body, wrong(null))],
      ['limit', () => engine.templates.layers(id, { limit: -1 })],
      ['offset', () => engine.templates.compositions(id, { offset: 0.5 })],
      ['running', () => engine.close({ running: wrong('never') })],
      ['timeout', () => engine.close({ running: 'kill', timeout: 0 })],
    ];
    for (const [field, call] of calls) {
      await assert.rejects(call, (error: { code?: string; details?: { field: string }[] }) => {
        assert.equal(error.code, 'VALIDATION_ERROR');
        assert.deepEqual(
          error.details?.map((detail) => detail.field),
          [field],
          String(call),
        );
        return true;
      });
    }
    assert.equal((await engine.batches.get(batchId)).stats.pending, 1);
  });
});

describe('options of open', () => {
  const places = { database: ':memory:', outputDir: 'renders' };

  it('are checked, and the fault names the option', () => {
    const wrong = (value: unknown) => value as never;
    const options: [field: string, options: unknown][] = [
      ['clock', { ...places, clock: () => -1 }],
      ['clock', { ...places, clock: () => 0.5 }],
      ['clock', { ...places, clock: () => 'now' }],
      ['clock', { ...places, clock: 1 }],
      ['events.job:started', { ...places, events: { 'job:started': 1 } }],
      ['events', { ...places, events: { 'job:begun': () => {} } }],
      ['workers', { ...places, workers: 0 }],
      ['', null],
      ['', undefined],
    ];
    for (const [field, given] of options) {
      assert.throws(
        () => readOptions(wrong(given)),
        (error: { code?: string; details?: { field: string }[] }) => {
          assert.equal(error.code, 'VALIDATION_ERROR');
          assert.deepEqual(
            error.details?.map((detail) => detail.field),
            [field],
          );
          return true;
        },
      );
    }
  });
});
