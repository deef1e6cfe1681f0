import type { JobWarning } from '../../lib/contract/call-options.ts';
import { plain, print, style } from './print.ts';
import { asOnCommandLine } from './words.ts';

/** Prints what does not keep the jobs of a batch from being rendered, each line once: many jobs share a template. */
export function printWarnings(warnings: readonly JobWarning[]): void {
  const jobsOf = new Map<string, Set<number>>();
  for (const { index, message } of warnings) {
    jobsOf.set(message, (jobsOf.get(message) ?? new Set()).add(index));
  }
  for (const [message, jobs] of jobsOf) {
    print(`  ${style('yellow', '!')} ${namesOf([...jobs])}: ${plain(asOnCommandLine(message))}`);
  }
}

function namesOf(jobs: readonly number[]): string {
  if (jobs.length === 1) return `job ${jobs[0]}`;
  return jobs.length <= 3 ? `jobs ${jobs.join(', ')}` : `${jobs.length} jobs`;
}
