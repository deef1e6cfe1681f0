import { createInterface } from 'node:readline/promises';
import type { BatchDetails, BatchListItem } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { isRowMetadata } from '../../lib/rows/resume.ts';
import { isTerminal } from '../../lib/status.ts';
import type { ShownBatch } from './job-labels.ts';
import { localTime, print, style } from './print.ts';

const PAGE = 1_000;

/** The batches with jobs that have not ended, the oldest first, as they are rendered. */
export async function unfinishedBatches(engine: BatchEngine): Promise<BatchListItem[]> {
  const unfinished: BatchListItem[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await engine.batches.list({ limit: PAGE, after });
    unfinished.push(...page.filter(({ stats }) => stats.pending > 0));
    if (page.length < PAGE) return unfinished.reverse();
    after = page.at(-1)?.batchId;
  }
}

/** A batch with those of its jobs that have not ended. */
export function unfinishedIn({ batchId, jobs }: BatchDetails): ShownBatch {
  const left = jobs.filter(({ status }) => !isTerminal(status));
  return { batchId, jobs: left.map(({ index, id, local }) => ({ index, id, ...labelOf(local.metadata) })) };
}

/** A job of a sheet is called by its row. */
function labelOf(metadata: unknown): { label?: string } {
  return isRowMetadata(metadata) ? { label: `row ${metadata.row}` } : {};
}

/** Lists the batches, one a line. */
export function printUnfinished(batches: readonly BatchListItem[]): void {
  print(`${jobCount(batches)} of earlier batches ${jobsOf(batches) === 1 ? 'is' : 'are'} not finished:`);
  for (const { batchId, createdAt, stats } of batches) {
    print(
      `  ${style('yellow', '!')} ${batchId} of ${localTime(createdAt)}: ${stats.pending} of ${stats.total} jobs left`,
    );
  }
}

/** Asks on the terminal whether they are to be rendered as well. Ctrl-C answers `stop`, Ctrl-D `no`. */
export async function askToRender(): Promise<'yes' | 'no' | 'stop'> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const stopped = Promise.withResolvers<'stop' | 'no'>();
  lines.once('SIGINT', () => stopped.resolve('stop'));
  lines.once('close', () => stopped.resolve('no'));
  const answer = lines.question('Render them too? [y/N] ').then(
    (text) => (/^(y|yes)$/i.test(text.trim()) ? 'yes' : 'no'),
    () => 'no' as const,
  );
  try {
    return await Promise.race([stopped.promise, answer]);
  } finally {
    lines.close();
  }
}

function jobsOf(batches: readonly BatchListItem[]): number {
  return batches.reduce((sum, { stats }) => sum + stats.pending, 0);
}

function jobCount(batches: readonly BatchListItem[]): string {
  const count = jobsOf(batches);
  return count === 1 ? '1 job' : `${count} jobs`;
}
