/**
 * `aerender-batch/rows`: from a sheet to jobs. `readRows` reads CSV or JSONL, `jobsFromRows` makes a job of each row, and
 * says by its cell what is wrong.
 */
export { type CreatedRows, createRows } from './create.ts';
export { inWords, type RowFault, type RowNote } from './faults.ts';
export type { RowIdentity } from './identity.ts';
export { jobsFromRows, type RowJob, type RowJobs, type RowMetadata, type RowOptions } from './jobs.ts';
export {
  type Cell,
  type ParseRowsOptions,
  parseRows,
  type ReadRowsOptions,
  readRows,
  type Sheet,
  type SheetFormat,
  type SheetRow,
} from './sheet.ts';
export type { InspectedTemplate } from './understanding.ts';
