import type { BatchEngine } from '../../lib/engine.ts';
import type { JobEvent } from '../../lib/events/events.ts';
import { BatchProgress } from './batch-progress.ts';
import { canRedraw } from './escapes.ts';
import { JobLabels, type ShownBatch } from './job-labels.ts';
import { LiveLines } from './live-lines.ts';
import { plain, print, style } from './print.ts';
import { drawProgress } from './progress-line.ts';
import { onStopRequest } from './stop-requests.ts';
import { asOnCommandLine } from './words.ts';

/** How the jobs at the top of the batches ended, and whether the program was asked to stop before all of them had. */
export interface FollowedBatches {
  finished: number;
  failed: number;
  cancelled: number;
  left: number;
  /** The exit code that the person's signal asks for; null if the batches came to their ends. */
  stopCode: number | null;
}

/**
 * Lets a paused engine render these batches and no others, and shows them until they have ended: a line for each job as
 * it ends, and on a terminal bars for those that render. The engine is paused until the listeners are there, so that
 * none misses the first jobs.
 */
export async function followBatches(
  engine: BatchEngine,
  batches: readonly ShownBatch[],
  { silent }: { silent: boolean },
): Promise<FollowedBatches> {
  const batchIds = batches.map(({ batchId }) => batchId);
  const jobs = batches.flatMap((batch) => batch.jobs);
  const labels = new JobLabels(batches);
  const topLevel = new Set(jobs.map(({ id }) => id));
  const nested = jobs.flatMap(({ children = [] }) => children.map(({ id }) => id));
  const progress = new BatchProgress({ topLevel, nested });
  const counts = { finished: 0, failed: 0, cancelled: 0 };
  const live =
    !silent && canRedraw(process.stdout)
      ? new LiveLines(process.stdout, (columns) => drawProgress(progress.lines(), columns))
      : null;
  const say = (line: string) => {
    if (live !== null) live.print(line);
    else if (!silent) print(line);
  };
  const ours = <Event extends JobEvent>(listener: (event: Event) => void) => {
    return (event: Event) => {
      if (event.batchId !== null && batchIds.includes(event.batchId)) listener(event);
    };
  };
  const ended = (event: JobEvent, kind: keyof typeof counts) => {
    progress.end(event.jobId);
    if (topLevel.has(event.jobId)) counts[kind] += 1;
  };
  engine.on(
    'job:started',
    ours((event) => progress.start(event.jobId, labels.of(event))),
  );
  engine.on(
    'job:progress',
    ours((event) => progress.progress(event)),
  );
  engine.on(
    'job:queued',
    ours((event) => progress.requeue(event.jobId)),
  );
  engine.on(
    'job:finished',
    ours((event) => {
      ended(event, 'finished');
      say(`  ${style('green', '✓')} ${labels.of(event)}: ${plain(event.outputPath)}`);
    }),
  );
  engine.on(
    'job:error',
    ours((event) => {
      ended(event, 'failed');
      say(
        `  ${style('red', '✗')} ${labels.of(event)}: ${plain(asOnCommandLine(event.error, event.jobId))} [${event.code}]`,
      );
    }),
  );
  engine.on(
    'job:cancelled',
    ours((event) => {
      ended(event, 'cancelled');
      say(`  ${style('yellow', '-')} ${labels.of(event)}: cancelled`);
    }),
  );
  engine.on('engine:error', ({ error }) => say(`  ${style('yellow', '!')} ${plain(error.message)}`));

  const stop = new AbortController();
  const requests = onStopRequest({
    finish: () => {
      say('Finishing what renders; press Ctrl-C again to end it at once.');
      void engine.close({ running: 'finish' }).finally(() => stop.abort());
    },
    kill: () => void engine.close({ running: 'kill' }).finally(() => stop.abort()),
  });
  try {
    await engine.resume({ batches: batchIds });
    await Promise.all(batchIds.map((id) => engine.batches.wait(id, { signal: stop.signal })));
  } catch (error) {
    if (requests.exitCode() === null) throw error;
    // `wait` and `resume` may fail because the engine is closing: it has closed when the signal comes.
    if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  } finally {
    requests.release();
    live?.stop();
  }
  const left = topLevel.size - counts.finished - counts.failed - counts.cancelled;
  return { ...counts, left, stopCode: requests.exitCode() };
}
