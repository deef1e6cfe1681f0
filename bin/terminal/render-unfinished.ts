import type { BatchDetails } from '../../lib/contract/answers.ts';
import type { BatchEngine } from '../../lib/engine.ts';
import { isRowMetadata } from '../../lib/rows/resume.ts';
import { followBatches } from './follow-batches.ts';
import { detailsOf, exitCodeOf, NOTHING, type OutputForm, printCounts, printSummary } from './output-form.ts';
import { print } from './print.ts';
import { type ReportFlags, withReports } from './reports.ts';
import type { Settings } from './settings.ts';
import { unfinishedIn } from './unfinished.ts';

interface Wishes {
  form: OutputForm;
  settings: Settings;
  reports: ReportFlags;
  /** What is said if there is nothing to render. */
  nothing?: string;
  /** False: there is nothing to render, and what else waits in the batches is left. */
  rest?: boolean;
}

/** Renders the unfinished jobs of these batches and shows them; returns the exit code. */
export async function renderUnfinished(
  engine: BatchEngine,
  batchIds: readonly string[],
  { form, settings, reports, nothing = 'Nothing is left to render.', rest = true }: Wishes,
): Promise<number> {
  const details = await Promise.all(batchIds.map((id) => engine.batches.get(id)));
  const batches = rest ? details.map(unfinishedIn).filter(({ jobs }) => jobs.length > 0) : [];
  if (form === 'text') {
    if (batches.length === 0) print(nothing);
    for (const { batchId, jobs } of batches)
      print(`Batch ${batchId}: ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} left`);
  }
  const followed = await withReports(reports, { title: titleOf(details), settings }, async (outcomes) => {
    outcomes.follow(engine);
    for (const batch of details) await outcomes.batch(engine, batch);
    return batches.length === 0 ? NOTHING : await followBatches(engine, batches, { silent: form !== 'text' });
  });
  const exitCode = exitCodeOf(followed);
  const ids = batches.map(({ batchId }) => batchId);
  if (form !== 'text') {
    const stopped = followed.stopCode === null ? {} : { stopped: followed };
    printSummary(form, { batches: await detailsOf(engine, ids, followed), ...stopped }, exitCode);
  } else if (batches.length > 0) printCounts(followed, ids.length === 1 ? { batchId: ids[0] ?? '' } : {});
  return exitCode;
}

/** The sheet that all jobs were made of, or the batches. */
function titleOf(batches: readonly BatchDetails[]): string {
  const sheets = batches.flatMap(({ jobs }) =>
    jobs.map(({ local: { metadata } }) => (isRowMetadata(metadata) ? metadata.sheet : null)),
  );
  const [sheet = null] = sheets;
  if (sheet !== null && sheets.every((other) => other === sheet)) return sheet;
  return batches.length === 1 ? `Batch ${batches[0]?.batchId}` : `${batches.length} batches`;
}
