import type { BatchEngine } from '../../lib/engine.ts';
import { followBatches } from './follow-batches.ts';
import { detailsOf, exitCodeOf, NOTHING, type OutputForm, printCounts, printSummary } from './output-form.ts';
import { print } from './print.ts';
import { unfinishedJobs } from './unfinished.ts';

/** Renders the unfinished jobs of these batches and shows them; returns the exit code. */
export async function renderUnfinished(
  engine: BatchEngine,
  batchIds: readonly string[],
  form: OutputForm,
): Promise<number> {
  const all = await Promise.all(batchIds.map((id) => unfinishedJobs(engine, id)));
  const batches = all.filter(({ jobs }) => jobs.length > 0);
  if (form === 'text') {
    if (batches.length === 0) print('Nothing is left to render.');
    for (const { batchId, jobs } of batches)
      print(`Batch ${batchId}: ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} left`);
  }
  const followed = batches.length === 0 ? NOTHING : await followBatches(engine, batches, { silent: form !== 'text' });
  const exitCode = exitCodeOf(followed);
  const ids = batches.map(({ batchId }) => batchId);
  if (form !== 'text') {
    const stopped = followed.stopCode === null ? {} : { stopped: followed };
    printSummary(form, { batches: await detailsOf(engine, ids, followed), ...stopped }, exitCode);
  } else if (batches.length > 0) printCounts(followed, ids.length === 1 ? { batchId: ids[0] ?? '' } : {});
  return exitCode;
}
