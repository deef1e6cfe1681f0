import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aeJob, openStudio } from '../support/engine.ts';

describe('a caller that waits', () => {
  it('is refused with ENGINE_CLOSED when the engine is closed before the batch has ended', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const watch = engine.batches.watch(batchId);
    const waits = Promise.allSettled([engine.batches.wait(batchId), watch.next(), engine.idle()]);
    await engine.close();
    const ends = await waits;
    assert.deepEqual(
      ends.map((end) => end.status === 'rejected' && end.reason.code),
      ['ENGINE_CLOSED', 'ENGINE_CLOSED', 'ENGINE_CLOSED'],
    );
    assert.deepEqual(await watch.next(), { done: true, value: undefined });
  });

  it('still hears of the end of what a close lets finish', async (t) => {
    const { engine, project } = await openStudio(t, { workers: 1 });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'slow')] });
    const [done] = await Promise.all([engine.batches.wait(batchId), engine.close()]);
    assert.equal(done.status, 'finished');
  });

  for (const event of ['job:finished', 'batch:finished'] as const) {
    it(`hears of the end when a listener of ${event} deletes the batch`, async (t) => {
      const { engine, project, open } = await openStudio(t);
      const other = await open({ paused: true });
      const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
      engine.once(event, () => void engine.batches.delete(batchId));
      const waits = [engine, other].map((one) =>
        one.batches.wait(batchId).then(
          () => 'ended',
          (error) => error.code,
        ),
      );
      for (const end of await Promise.all(waits)) assert.match(end, /^(ended|BATCH_NOT_FOUND)$/);
      await Promise.all([engine.idle(), other.idle()]);
    });
  }

  it('is told that a batch was deleted by another engine', async (t) => {
    const { engine, project, open } = await openStudio(t, { paused: true });
    const other = await open({ paused: true });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const next = engine.batches.watch(batchId).next();
    await other.batches.cancel(batchId);
    await other.batches.delete(batchId);
    await assert.rejects(next, { code: 'BATCH_NOT_FOUND' });
  });

  it('ends with the reason of a signal, before and after it has begun', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const reason = new Error('enough');
    await assert.rejects(engine.batches.wait(batchId, { signal: AbortSignal.abort(reason) }), reason);
    const abort = new AbortController();
    const { signal } = abort;
    const waits = Promise.allSettled([engine.batches.wait(batchId, { signal }), engine.idle({ signal })]);
    abort.abort(reason);
    assert.deepEqual(await waits, [
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });
});

describe('a watch', () => {
  it('lets go of the engine when it is returned before its first event', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const watch = engine.batches.watch(batchId);
    await watch.return?.();
    await engine.batches.cancel(batchId);
    assert.deepEqual(await watch.next(), { done: true, value: undefined });
  });

  it('yields every event in order to a caller that asks ahead', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { batchId } = await engine.batches.create({ jobs: [aeJob(project, 'good')] });
    const watch = engine.batches.watch(batchId);
    const asked = [watch.next(), watch.next(), watch.next(), watch.next(), watch.next()];
    await engine.batches.cancel(batchId);
    const types = (await Promise.all(asked)).map(({ value }) => value?.type);
    assert.deepEqual(types, ['job:cancelled', 'batch:progress', 'batch:finished', undefined, undefined]);
  });

  it('of a wrong call rejects its first next, and throws nothing at once', async (t) => {
    const { engine } = await openStudio(t, { paused: true });
    await assert.rejects(engine.batches.watch('no').next(), { code: 'VALIDATION_ERROR' });
    await assert.rejects(engine.batches.watch('01J00000000000000000000000').next(), { code: 'BATCH_NOT_FOUND' });
    await engine.close();
    await assert.rejects(engine.batches.watch('01J00000000000000000000000').next(), { code: 'ENGINE_CLOSED' });
  });
});
