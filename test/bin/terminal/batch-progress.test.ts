import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BatchProgress } from '../../../bin/terminal/batch-progress.ts';

const told = (jobId: string, frame: number, totalFrames: number) => ({
  ...{ batchId: 'batch', jobId, parentId: null, progress: (frame / totalFrames) * 100 },
  ...{ frame, totalFrames, elapsed: 1, remaining: null },
});

describe('the progress of a batch', () => {
  it('counts frames, so that a long job weighs more than a short one', () => {
    const progress = new BatchProgress({ topLevel: new Set(['short', 'long']) });
    progress.start('short', 'job 0');
    progress.start('long', 'job 1');
    progress.progress(told('short', 100, 100));
    progress.progress(told('long', 0, 300));
    assert.equal(progress.lines().at(-1)?.share, 0.25);
  });

  it('takes a job that has told no frames for an average one', () => {
    const progress = new BatchProgress({ topLevel: new Set(['told', 'waiting']) });
    progress.start('told', 'job 0');
    progress.progress(told('told', 50, 100));
    assert.equal(progress.lines().at(-1)?.share, 0.25);
  });

  it('estimates the time that is left from the share that is done', () => {
    let now = 0;
    const progress = new BatchProgress({ topLevel: new Set(['a', 'b']), now: () => now });
    progress.start('a', 'job 0');
    now = 10_000;
    progress.end('a');
    assert.deepEqual(progress.lines().at(-1)?.notes[0], '1/2 jobs, 10 s left');
  });

  it('is one line for one job', () => {
    const progress = new BatchProgress({ topLevel: new Set(['only']) });
    progress.start('only', 'job 0');
    assert.deepEqual(
      progress.lines().map(({ label }) => label),
      ['job 0'],
    );
  });

  it('counts nested jobs, but not among the jobs of the batch', () => {
    const progress = new BatchProgress({ topLevel: new Set(['parent']), nested: ['child'] });
    progress.end('child');
    const total = progress.lines().at(-1);
    assert.equal(total?.share, 0.5);
    assert.match(total?.notes[0] ?? '', /^0\/1 jobs/);
  });
});
