import type { TemplateType } from '../contract/template.ts';
import type { ErrorCode } from '../errors.ts';
import type { JobStatus } from '../status.ts';
import type { FontNeed } from '../template/fonts/font-need.ts';
import type { JobRecord, JobSummary } from './records.ts';

/** The columns of `jobs` with the payload, under the names of `JobRow`. */
export const JOB_COLUMNS = `
  jobs.id, batch_id, parent_id, position, asset_index, status, progress, priority, template_id, template_path,
  template_type, payload, total_assets, output_path, output_url, missing_fonts, font_needs, warnings, attempts, run_alone, error, error_code,
  created_at, updated_at, started_at, finished_at, error_at, render_duration`;

export const JOBS_WITH_PAYLOAD = 'jobs JOIN job_payloads ON job_payloads.job_id = jobs.id';

export interface JobRow {
  id: string;
  batch_id: string | null;
  parent_id: string | null;
  position: number;
  asset_index: number | null;
  status: JobStatus;
  progress: number;
  priority: number;
  template_id: string | null;
  template_path: string;
  template_type: TemplateType;
  payload: string;
  total_assets: number;
  output_path: string;
  output_url: string;
  missing_fonts: string | null;
  font_needs: string | null;
  warnings: string | null;
  attempts: number;
  run_alone: number;
  error: string | null;
  error_code: ErrorCode | null;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  finished_at: number | null;
  error_at: number | null;
  render_duration: number | null;
}

export function jobOf(row: JobRow): JobRecord {
  return {
    id: row.id,
    batchId: row.batch_id,
    parentId: row.parent_id,
    index: row.position,
    assetIndex: row.asset_index,
    status: row.status,
    progress: row.progress,
    priority: row.priority,
    templateId: row.template_id,
    templatePath: row.template_path,
    templateType: row.template_type,
    payload: row.payload,
    totalAssets: row.total_assets,
    outputPath: row.output_path,
    outputUrl: row.output_url,
    missingFonts: listIn<string>(row.missing_fonts),
    fontNeeds: listIn<FontNeed>(row.font_needs),
    warnings: listIn<string>(row.warnings),
    attempts: row.attempts,
    runAlone: row.run_alone === 1,
    error: row.error,
    errorCode: row.error_code,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    errorAt: row.error_at,
    renderDuration: row.render_duration,
  };
}

/** A list as JSON; an empty one is kept as nothing. */
function listIn<Entry>(json: string | null): Entry[] {
  return json === null ? [] : (JSON.parse(json) as Entry[]);
}

export const SUMMARY_COLUMNS = `
  id, position, status, output_url, total_assets, created_at, updated_at, started_at, finished_at, error_at,
  render_duration, error`;

export type SummaryRow = Pick<
  JobRow,
  | 'id'
  | 'position'
  | 'status'
  | 'output_url'
  | 'total_assets'
  | 'created_at'
  | 'updated_at'
  | 'started_at'
  | 'finished_at'
  | 'error_at'
  | 'render_duration'
  | 'error'
>;

export function summaryOf(row: SummaryRow): JobSummary {
  return {
    id: row.id,
    index: row.position,
    status: row.status,
    outputUrl: row.output_url,
    totalAssets: row.total_assets,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    errorAt: row.error_at,
    renderDuration: row.render_duration,
    error: row.error,
  };
}
