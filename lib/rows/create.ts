import type { BatchCreation } from '../contract/answers.ts';
import type { JobWarning } from '../contract/call-options.ts';
import { invalid } from '../contract/faults.ts';
import { LARGEST_BATCH } from '../plan/request.ts';
import type { Batches } from '../resources/batches.ts';
import type { RowFault, RowNote } from './faults.ts';
import type { RowJob } from './jobs.ts';

/** What became of the jobs of a sheet. */
export interface CreatedRows {
  /** The answers, one for each 1,000 rows. */
  batches: BatchCreation[];
  /** The job of each row that was accepted. */
  accepted: { row: number; batchId: string; jobId: string }[];
  /** Why rows were refused, by the cell that is at fault. */
  faults: RowFault[];
  warnings: RowNote[];
}

/**
 * Creates the jobs of a sheet, in as many batches as it takes, and says of each fault which cell it is about. Rows without
 * a fault are accepted.
 *
 * @example
 * const { rows } = await jobsFromRows(sheet, { template: 'promo.aep', composition: 'main' });
 * const { batches, faults } = await createRows(engine, rows);
 */
export async function createRows(
  engine: { batches: Pick<Batches, 'create'> },
  rows: readonly RowJob[],
  options: { dryRun?: boolean } = {},
): Promise<CreatedRows> {
  if (!Array.isArray(rows)) throw invalid('rows', 'must be the rows that jobsFromRows returns');
  const created: CreatedRows = { batches: [], accepted: [], faults: [], warnings: [] };
  for (let from = 0; from < rows.length; from += LARGEST_BATCH) {
    const some = rows.slice(from, from + LARGEST_BATCH);
    const warnings: JobWarning[] = [];
    const onWarning = (warning: JobWarning) => void warnings.push(warning);
    const answer = await engine.batches.create({ jobs: some.map(({ job }) => job) }, { ...options, onWarning });
    created.batches.push(answer);
    for (const { index, id } of answer.jobs)
      created.accepted.push({ row: some[index]?.row ?? 0, batchId: answer.batchId, jobId: id });
    for (const { index, local } of answer.errors ?? []) {
      const row = some[index];
      if (row === undefined) continue;
      created.faults.push(...local.faults.map(({ code, message }) => ({ ...placed(row, message), code })));
    }
    created.warnings.push(
      ...warnings.flatMap(({ index, message }) => (some[index]?.row === undefined ? [] : placed(some[index], message))),
    );
  }
  return created;
}

/** The assets of a job are the cells of its row: `assets[2].src: …` is about the third. */
function placed({ row, assetColumns }: RowJob, message: string): RowNote {
  const [, position, words] = /^assets\[(\d+)\]\.(?:\w+: )?(.*)$/s.exec(message) ?? [];
  const column = position === undefined ? null : (assetColumns[Number(position)] ?? null);
  return column === null ? { row, column, message } : { row, column, message: words ?? message };
}
