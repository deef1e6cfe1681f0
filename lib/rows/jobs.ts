import { invalid } from '../contract/faults.ts';
import type { JobCreationInput } from '../plan/request.ts';
import { inspectTemplate } from '../template/inspect.ts';
import { flagOf } from './cell-value.ts';
import type { RowFault, RowNote } from './faults.ts';
import type { RowIdentity } from './identity.ts';
import { JobMaker } from './job-maker.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { readColumns } from './sheet-columns.ts';
import { type InspectedTemplate, Understanding } from './understanding.ts';

/** What is the same for every row of a sheet, and what its headers stand for. */
export interface RowOptions {
  /** The template file, for rows that name none in `@template`. A relative path starts from the working folder. */
  template?: string;
  /** The composition that is rendered, for rows that name none in `@composition`. Left out only for a .mogrt. */
  composition?: string;
  /** What the sheet's headers stand for, where they are not the names of layers; null leaves a column out. */
  columns?: Record<string, string | null>;
  /** The names of the outputs, for rows that name none in `@file`: `{row}-{name}`. Left out: the ids of the jobs. */
  name?: string;
  /** The column by which a row is known, whatever else changes in it. */
  key?: string;
  /** What every job has besides: settings, a webhook, assets that come before those of the row. */
  job?: Partial<JobCreationInput>;
  /** Reads a template. Left out: `inspectTemplate` of `aerender-batch/template`. */
  inspect?: (path: string) => Promise<InspectedTemplate>;
}

/** What comes back with a row's job, in its answers, events and webhooks, as `local.metadata`. */
export interface RowMetadata extends RowIdentity {
  /** The name of the sheet's file. */
  sheet: string;
  /** As a spreadsheet numbers it. */
  row: number;
  /** The cell of the key column; null without one. */
  key: string | null;
}

/** The job of a row. */
export interface RowJob {
  row: number;
  job: JobCreationInput;
  metadata: RowMetadata;
  /** The column that each asset of the job comes from, in their order; null for those of `options.job`. */
  assetColumns: (string | null)[];
}

/** The jobs of a sheet, and all that is wrong with it. */
export interface RowJobs {
  /** One for each row that is rendered, in their order; none for a row with a fault. */
  rows: RowJob[];
  /** The same as a batch takes them. A batch takes at most 1,000: `createRows` makes as many batches as it takes. */
  jobs: JobCreationInput[];
  /**
   * The jobs of rows with a fault, without the cells that are at fault. They are not for rendering: a dry run of them says
   * what else is wrong in their rows.
   */
  faultyRows: RowJob[];
  /** The rows that `@when` leaves out. */
  left: number[];
  /** All that is wrong, by its cell. */
  faults: RowFault[];
  /** What may not be what was wanted. */
  warnings: RowNote[];
}

/**
 * Makes a job of every row of a sheet. What each column is, the template says. Nothing is thrown for what is wrong in the
 * sheet: all of it is in `faults`, each with its row and column.
 *
 * @throws {ValidationError} For a wrong argument.
 * @example
 * const sheet = await readRows('names.csv');
 * const { rows, faults } = await jobsFromRows(sheet, { template: 'promo.aep', composition: 'main', name: '{row}-{name}' });
 * for (const fault of faults) console.error(inWords(sheet.name, fault));
 * const { batches } = await createRows(engine, rows); // as many batches of 1,000 as it takes
 */
export async function jobsFromRows(sheet: Sheet, options: RowOptions = {}): Promise<RowJobs> {
  if (!Array.isArray(sheet?.columns) || !Array.isArray(sheet.rows))
    throw invalid('sheet', 'must be what readRows or parseRows returns');
  for (const key of ['template', 'composition', 'name', 'key'] as const)
    if (options[key] !== undefined && typeof options[key] !== 'string') throw invalid(key, 'must be a text');
  const columns = readColumns(sheet, options);
  const understanding = new Understanding(columns.asked, options.inspect ?? inspectTemplate);
  const maker = new JobMaker(sheet, options, columns);
  const faults = [...sheet.faults, ...columns.faults];
  const faulty = new Set(faults.map(({ row }) => row));
  const rows: RowJob[] = [];
  const faultyRows: RowJob[] = [];
  const left: number[] = [];
  let sharedTemplateIsFaulty = false;
  for (const row of sheet.rows) {
    if (!isWanted(columns.own.get('@when'), row)) {
      left.push(row.number);
      continue;
    }
    const place = maker.templateOf(row);
    if ('code' in place) {
      // Without a column for it, the whole sheet names none, which is told once.
      if (place.column !== null) faults.push({ row: row.number, ...place });
      continue;
    }
    const understood = await understanding.of(place.path, place.composition);
    if ('code' in understood) {
      // What all rows have in common is wrong once.
      const at = place.column === null ? null : row.number;
      if (at !== null || !sharedTemplateIsFaulty) faults.push({ row: at, column: place.column, ...understood });
      sharedTemplateIsFaulty ||= at === null;
    }
    const made = maker.make(row, 'code' in understood ? null : understood);
    faults.push(...made.faults);
    if (made.job === null) continue;
    const isWhole = made.faults.length === 0 && !faulty.has(row.number) && !faulty.has(null);
    const list = isWhole && 'whole' in understood && understood.whole ? rows : faultyRows;
    list.push(made.job);
  }
  faults.push(...understanding.faults);
  return {
    rows,
    jobs: rows.map(({ job }) => job),
    faultyRows,
    left,
    faults: faults.sort(byPlace(sheet.columns)),
    warnings: [...sheet.warnings, ...maker.emptyFiles()],
  };
}

/** What is about the whole sheet first, then row by row, each from left to right. */
function byPlace(columns: readonly string[]): (a: RowFault, b: RowFault) => number {
  const position = ({ column }: RowFault) => (column === null ? -1 : columns.indexOf(column));
  return (a, b) => (a.row ?? 0) - (b.row ?? 0) || position(a) - position(b);
}

function isWanted(column: string | undefined, { cells }: SheetRow): boolean {
  if (column === undefined) return true;
  const cell = cells.get(column);
  if (cell === undefined || cell === 0 || (typeof cell === 'string' && cell.trim() === '')) return false;
  return flagOf(cell) !== false;
}
