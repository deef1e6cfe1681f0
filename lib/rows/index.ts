/**
 * `aerender-batch/rows`: from a sheet to jobs. `readRows` reads CSV or JSONL, `jobsFromRows` makes a job of each row, and
 * says by its cell what is wrong; `createRows` creates them.
 */
export { type CreatedRows, createRows } from './create.ts';
export { inWords, type RowFault, type RowNote } from './faults.ts';
export type { RowIdentity } from './identity.ts';
export { jobsFromRows, type RowJob, type RowJobs, type RowMetadata, type RowOptions } from './jobs.ts';
export { junitReport } from './junit.ts';
export { htmlReport, type ReportParts } from './report.ts';
export { ResultsFile, type RowOutcome } from './results.ts';
export { type ComparedRows, compareRows, type EarlierJob, earlierJobs, type RowDecision } from './resume.ts';
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
