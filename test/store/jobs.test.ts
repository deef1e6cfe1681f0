import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ulid } from 'ulid';
import { isTerminal, type JobStatus } from '../../lib/status.ts';
import { fc } from '../support/property.ts';
import { aClaim, newFamily, openStore } from '../support/records.ts';

const FAULT = { code: 'AERENDER_FAILED', error: 'no', renderDuration: null } as const;

const step = fc.record({
  act: fc.constantFrom('claim', 'finish', 'fail', 'retry', 'interrupt', 'cancel', 'cancelBatch'),
  pick: fc.nat(1_000),
});

describe('the store of jobs', () => {
  it('ends each job once and counts right, whatever happens in whatever order', async (t) => {
    const { store } = await openStore(t);
    const scenario = fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }),
      fc.array(step, { maxLength: 60 }),
      (families, steps) => {
        const batchId = ulid();
        const jobs = families.flatMap((children, index) => newFamily(children, { index }));
        store.batches.insert(batchId, jobs);
        const ended = new Map<string, JobStatus>();
        const running = new Map<string, string>();
        const act = ({ act: name, pick }: { act: string; pick: number }) => {
          const runs = [...running];
          const [id, attempt] = runs[pick % Math.max(1, runs.length)] ?? [];
          if (name === 'claim') {
            const attemptId = ulid();
            const claimed = store.attempts.claim(aClaim(attemptId));
            if (claimed === undefined) return;
            for (const child of store.jobs.children(claimed.id))
              assert.equal(child.status, 'finished', 'children first');
            running.set(claimed.id, attemptId);
          } else if (name === 'cancel') {
            const chosen = store.jobs.get(jobs[pick % jobs.length]?.id ?? '');
            if (chosen !== undefined && (chosen.status === 'queued' || chosen.status === 'pending'))
              store.jobs.cancel([chosen.id]);
          } else if (name === 'cancelBatch') {
            if (pick % 10 === 0) store.batches.cancel(batchId);
          } else if (id !== undefined && attempt !== undefined) {
            running.delete(id);
            const held = { id: attempt, jobId: id, owner: 0 };
            if (name === 'finish') store.attempts.end(held, { outcome: 'published', renderDuration: 1 });
            if (name === 'fail') store.attempts.end(held, { outcome: 'failed', ...FAULT });
            if (name === 'retry') store.attempts.end(held, { outcome: 'retried', ...FAULT, runAlone: pick % 5 === 0 });
            if (name === 'interrupt') store.attempts.end(held, { outcome: 'interrupted' });
          }
        };
        for (const one of steps) {
          act(one);
          const now = jobs.map(({ id }) => store.jobs.get(id));
          for (const record of now) {
            assert.ok(record);
            const before = ended.get(record.id);
            if (before !== undefined) assert.equal(record.status, before, 'a terminal state never changes');
            if (isTerminal(record.status)) ended.set(record.id, record.status);
          }
          const top = now.filter((record) => record?.parentId === null).map((record) => record?.status);
          const count = (...statuses: JobStatus[]) =>
            top.filter((status) => status !== undefined && statuses.includes(status)).length;
          assert.deepEqual(
            { ...store.batches.get(batchId)?.stats },
            {
              total: families.length,
              finished: count('finished'),
              error: count('error', 'manually_cancelled'),
              pending: count('queued', 'pending', 'render:dorender'),
            },
          );
        }
        // Whatever is left can be brought to its end.
        store.batches.cancel(batchId);
        for (const [jobId, id] of running) store.attempts.end({ id, jobId, owner: 0 }, { outcome: 'failed', ...FAULT });
        store.batches.cancel(batchId);
        assert.equal(store.batches.get(batchId)?.stats.pending, 0);
      },
    );
    fc.assert(scenario, { numRuns: 60 });
  });
});
