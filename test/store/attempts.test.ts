import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NotOwnerError } from '../../lib/store/database.ts';
import { aClaim, claim, newFamily, newId, newJob, openStore, statuses } from '../support/records.ts';

const FAULT = { code: 'RENDER_CRASHED', error: 'crashed', renderDuration: null } as const;

describe('the end of an attempt', () => {
  for (const outcome of [
    { outcome: 'interrupted' } as const,
    { outcome: 'retried', ...FAULT, runAlone: false } as const,
  ]) {
    it(`that is ${outcome.outcome} puts the job back into the queue, but cancels it if its parent has ended`, async (t) => {
      const { store } = await openStore(t);
      const [parent, first, second] = newFamily(2);
      assert.ok(first && second);
      store.jobs.insert([parent, first, second]);
      const one = claim(store);
      store.attempts.end(one.attempt, outcome);
      assert.deepEqual(statuses(store, [parent, first]), ['pending', 'queued']);
      const again = claim(store);
      store.jobs.cancel([parent.id]);
      assert.deepEqual(statuses(store, [parent, first, second]), [
        'manually_cancelled',
        'render:dorender',
        'manually_cancelled',
      ]);
      store.attempts.end(again.attempt, outcome);
      assert.deepEqual(statuses(store, [first]), ['manually_cancelled']);
    });
  }

  it('is refused from an engine that has lost the right to render, and so is its next claim', async (t) => {
    const { store } = await openStore(t);
    const jobs = [newJob(), newJob()];
    store.jobs.insert(jobs);
    const { attempt } = claim(store);
    assert.equal(store.owner.take(), attempt.owner + 1);
    assert.throws(() => store.attempts.end(attempt, { outcome: 'interrupted' }), NotOwnerError);
    assert.throws(() => store.attempts.claim(aClaim(newId(), { owner: attempt.owner })), NotOwnerError);
    assert.deepEqual(statuses(store, jobs), ['render:dorender', 'queued']);
  });
});

describe('a claim', () => {
  it('prefers a job of the same template among those of the highest priority', async (t) => {
    const { store } = await openStore(t);
    const job = (templatePath: string, priority = 0) => newJob({ templatePath, priority });
    const jobs = [job('/a.aep'), job('/b.aep'), job('/a.aep'), job('/b.aep', 1), job('/b.aep')];
    store.jobs.insert(jobs);
    const order: string[] = [];
    let templatePath: string | null = null;
    for (const _ of jobs) {
      const claimed = store.attempts.claim(aClaim(newId(), { templatePath }));
      assert.ok(claimed);
      templatePath = claimed.templatePath;
      order.push(claimed.id);
    }
    assert.deepEqual(
      order,
      [3, 1, 4, 0, 2].map((index) => jobs[index]?.id),
    );
  });

  it('takes the oldest where no template is preferred', async (t) => {
    const { store } = await openStore(t);
    const jobs = [newJob({ templatePath: '/a.aep' }), newJob({ templatePath: '/b.aep' })];
    store.jobs.insert(jobs);
    assert.equal(store.attempts.claim(aClaim())?.id, jobs[0]?.id);
  });
});

describe('the work folders of a job that is pruned', () => {
  it('are those of its ended attempts, and never that of one that has begun meanwhile', async (t) => {
    const { store } = await openStore(t);
    const job = newJob();
    store.jobs.insert([job]);
    const folders = () => store.workFoldersOf({ kind: 'job', id: job.id });
    store.attempts.end(claim(store).attempt, { outcome: 'interrupted' });
    const ended = folders();
    assert.equal(ended.length, 1);
    claim(store);
    assert.deepEqual(folders(), ended);
  });
});
