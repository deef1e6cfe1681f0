import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aeJob, openStudio } from '../support/engine.ts';
import { openWorkshop, type Workshop } from '../support/workshop.ts';

const FINISHING = new URL('../fixtures/threads/finishing.ts', import.meta.url);

/** What happened to the jobs, as `started a`. */
function listen({ emitter, ids }: { emitter: Workshop['emitter']; ids: Map<string, string> }) {
  const told: string[] = [];
  const waiting = new Map<string, () => void>();
  const note = (event: string) => (job: { jobId: string }) => {
    const words = `${event} ${ids.get(job.jobId)}`;
    told.push(words);
    waiting.get(words)?.();
  };
  emitter.on('job:started', note('started'));
  emitter.on('job:finished', note('finished'));
  const until = (words: string) =>
    told.includes(words) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(words, resolve));
  return { told, until };
}

describe('the end of an attempt', () => {
  it('is written while the next renderer works already, and no third attempt begins meanwhile', async (t) => {
    const workshop = await openWorkshop(t, { entry: FINISHING, workers: 1 });
    const ids = new Map<string, string>();
    const { told, until } = listen({ ...workshop, ids });
    const publish = (name: string) => writeFileSync(join(workshop.folder, 'marks', name), '');
    const names = ['a', 'b', 'c'];
    workshop.emitter.on('job:queued', ({ jobId }) => ids.set(jobId, names[ids.size] ?? ''));
    await workshop.render(...names);
    await until('started b');
    // Both have rendered, and neither is published.
    assert.deepEqual(told, ['started a', 'started b']);
    publish('b');
    await until('started c');
    assert.deepEqual(told, ['started a', 'started b', 'finished b', 'started c']);
    publish('a');
    publish('c');
    await until('finished c');
    await until('finished a');
    assert.deepEqual(told.toSorted(), [
      ...names.map((name) => `finished ${name}`),
      ...names.map((name) => `started ${name}`),
    ]);
  });

  it('never lets more renderers run than there are workers', async (t) => {
    const { engine, project, folder } = await openStudio(t, { workers: 1 });
    const jobs = Array.from({ length: 12 }, (_, index) => aeJob(project, `alone:${index}`));
    const { batchId } = await engine.batches.create({ jobs });
    assert.equal((await engine.batches.wait(batchId)).stats.finished, 12);
    const marks = readdirSync(join(folder, 'marks'));
    assert.ok(!existsSync(join(folder, 'marks', 'beside another')), marks.join());
  });
});
