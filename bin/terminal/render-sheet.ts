import type { BatchEngine } from '../../lib/engine.ts';
import { type CreatedRows, createRows } from '../../lib/rows/create.ts';
import { withEngine } from './engine.ts';
import { printEvents } from './event-lines.ts';
import type { FollowedBatches } from './follow-batches.ts';
import { followWithEarlier, type RenderChoices } from './follow-with-earlier.ts';
import type { ShownBatch } from './job-labels.ts';
import { detailsOf, exitCodeOf, printCounts, printSummary } from './output-form.ts';
import { print } from './print.ts';
import type { GlobalOptions } from './settings.ts';
import { readSheetJobs, type SheetFlags, type SheetJobs } from './sheet-file.ts';
import { counted, printNotes, printRowFaults } from './sheet-lines.ts';
import { unfinishedBatches } from './unfinished.ts';

/** Renders the rows of a sheet; returns the exit code. */
export async function renderSheet(
  file: string,
  flags: SheetFlags,
  options: GlobalOptions,
  choices: RenderChoices,
): Promise<number> {
  const sheet = await readSheetJobs(file, flags);
  return await withEngine(options, 'keep', (engine) => renderRows(engine, sheet, choices));
}

async function renderRows(engine: BatchEngine, sheet: SheetJobs, choices: RenderChoices): Promise<number> {
  const { form } = choices;
  if (form === 'events') printEvents(engine);
  const earlier = await unfinishedBatches(engine);
  const created = await createRows(engine, sheet.jobs.rows);
  const faults = [...sheet.jobs.faults, ...created.faults];
  if (form === 'text') announce(sheet, created);
  const { followed, hasEarlier } = await followWithEarlier(engine, shownBatches(created), earlier, choices);
  const refused = new Set(faults.map(({ row }) => row)).size;
  const exitCode = exitCodeOf(followed, refused);
  const ids = [...new Set(created.accepted.map(({ batchId }) => batchId))];
  if (form === 'text')
    printCounts(followed, { refused, ...(ids.length === 1 && !hasEarlier ? { batchId: ids[0] ?? '' } : {}) });
  else await summarise(engine, form, { sheet, created, faults, followed, exitCode, ids });
  return exitCode;
}

function announce({ sheet, jobs }: SheetJobs, { accepted, batches, faults, warnings }: CreatedRows): void {
  const several = batches.length > 1 ? ` in ${batches.length} batches` : '';
  const left = jobs.left.length === 0 ? '' : `, ${jobs.left.length} left out by @when`;
  print(`${sheet.name}: ${accepted.length} of ${counted(sheet.rows.length, 'row')} accepted${several}${left}`);
  printRowFaults(sheet.name, [...jobs.faults, ...faults]);
  printNotes(sheet.name, [...jobs.warnings, ...warnings]);
}

/** The batches of a sheet, whose jobs are called by the numbers of their rows. */
function shownBatches({ batches, accepted }: CreatedRows): ShownBatch[] {
  const rowOf = new Map(accepted.map(({ jobId, row }) => [jobId, row]));
  return batches
    .filter(({ successCount }) => successCount > 0)
    .map(({ batchId, jobs }) => ({
      batchId,
      jobs: jobs.map((job) => ({ ...job, label: `row ${rowOf.get(job.id)}` })),
    }));
}

interface SheetSummary {
  sheet: SheetJobs;
  created: CreatedRows;
  faults: SheetJobs['jobs']['faults'];
  followed: FollowedBatches;
  exitCode: number;
  ids: string[];
}

async function summarise(engine: BatchEngine, form: 'json' | 'events', summary: SheetSummary): Promise<void> {
  const { sheet, created, faults, followed, exitCode, ids } = summary;
  const stopped = followed.stopCode === null ? {} : { stopped: followed };
  const batches = await detailsOf(engine, ids, followed);
  const warnings = [...sheet.jobs.warnings, ...created.warnings];
  const rows = { accepted: created.accepted, left: sheet.jobs.left, faults, warnings };
  printSummary(form, { sheet: sheet.sheet.name, rows, batches, ...stopped }, exitCode);
}
