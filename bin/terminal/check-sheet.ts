import { createRows } from '../../lib/rows/create.ts';
import { withEngine } from './engine.ts';
import { print, printJson } from './print.ts';
import type { GlobalOptions } from './settings.ts';
import { readSheetJobs, type SheetFlags } from './sheet-file.ts';
import { counted, inOrder, printNotes, printRowFaults } from './sheet-lines.ts';

/** Says what is wrong with a sheet, by its cells, and stores and renders nothing; returns the exit code. */
export async function checkSheet(file: string, flags: SheetFlags, options: GlobalOptions): Promise<number> {
  const { sheet, jobs } = await readSheetJobs(file, flags);
  const [created, rest] = await withEngine(options, 'try', async (engine) => [
    await createRows(engine, jobs.rows, { dryRun: true }),
    await createRows(engine, jobs.faultyRows, { dryRun: true }),
  ]);
  const faults = inOrder([...jobs.faults, ...created.faults, ...rest.faults]);
  const warnings = [...jobs.warnings, ...created.warnings];
  const accepted = created.accepted.map(({ row }) => row);
  if (options.json === true) {
    printJson({ sheet: sheet.name, rows: sheet.rows.length, accepted, left: jobs.left, faults, warnings });
  } else {
    printRowFaults(sheet.name, faults);
    printNotes(sheet.name, warnings);
    const left = jobs.left.length === 0 ? '' : `, ${jobs.left.length} left out by @when`;
    print(`${accepted.length} of ${counted(sheet.rows.length, 'row')} would be accepted${left}.`);
  }
  return faults.length === 0 ? 0 : 1;
}
