import type { BatchCreation } from '../../lib/contract/answers.ts';
import type { JobWarning } from '../../lib/resources/batches.ts';
import { plain, print, style } from './print.ts';

/** What does not keep the jobs of a batch from being rendered, each line once: many jobs share a template. */
export function printWarnings(created: BatchCreation, warnings: readonly JobWarning[]): void {
  const fonts = created.jobs.flatMap(({ index, missingFonts, children }) =>
    [...(missingFonts ?? []), ...(children ?? []).flatMap((child) => child.missingFonts ?? [])].map((font) => ({
      index,
      message: `The font ${font} is missing; another one takes its place.`,
    })),
  );
  const jobsOf = new Map<string, Set<number>>();
  for (const { index, message } of [...warnings, ...fonts]) {
    jobsOf.set(message, (jobsOf.get(message) ?? new Set()).add(index));
  }
  for (const [message, jobs] of jobsOf) {
    print(`  ${style('yellow', '!')} ${namesOf([...jobs])}: ${plain(message)}`);
  }
}

function namesOf(jobs: readonly number[]): string {
  if (jobs.length === 1) return `job ${jobs[0]}`;
  return jobs.length <= 3 ? `jobs ${jobs.join(', ')}` : `${jobs.length} jobs`;
}
