/** What the calls answer, key by key as the cloud does. Source: shared contract, "answers". */
import type { BatchCancellationStatus, BatchCreationStatus, BatchStats, BatchStatus, JobStatus } from '../status.ts';
import type { TemplateType } from './template.ts';

/** Times are ISO 8601 in UTC, durations seconds; an absent fact is null. */
export interface JobStats {
  createdAt: string;
  updatedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  errorAt: string | null;
  totalAssets: number;
  renderDuration: number | null;
  error: string | null;
}

export interface Job {
  id: string;
  templateId: string | null;
  status: JobStatus;
  /** Percent, 0-100. */
  progress: number;
  stats: JobStats;
  outputUrl: string | null;
}

export interface ChildCreated {
  id: string;
  status: 'queued' | 'pending';
  outputUrl: string;
  /** Only when some are missing. */
  missingFonts?: string[];
}

export interface JobCreated extends ChildCreated {
  /** Only with nested jobs. */
  children?: ChildCreated[];
}

export interface BatchCreation {
  batchId: string;
  status: BatchCreationStatus;
  totalJobs: number;
  successCount: number;
  /** Of the jobs that were accepted, in the order of the request. */
  jobs: ({ index: number } & JobCreated)[];
  /** Only where a job was refused. */
  errors?: { index: number; error: string; errorCode: string }[];
}

export interface BatchDetails {
  batchId: string;
  status: BatchStatus;
  stats: BatchStats;
  jobs: { index: number; id: string; status: JobStatus; outputUrl?: string; stats?: JobStats }[];
}

/** Our own: the cloud has no list of batches. */
export interface BatchListItem {
  batchId: string;
  createdAt: string;
  status: BatchStatus;
  stats: BatchStats;
}

export interface BatchCancellation {
  batchId: string;
  status: BatchCancellationStatus;
  totalJobs: number;
  cancelledCount: number;
  skippedCount: number;
  jobs: { index: number; id: string; result: 'cancelled' | 'skipped'; status: JobStatus; reason?: string }[];
  /** Every job that was cancelled, nested ones included. */
  cancelledJobs: Job[];
}

export interface TemplateAnswer {
  id: string;
  type: TemplateType;
  displayName: string;
  status: 'uploaded' | 'error';
  createdAt: string;
  updatedAt: string;
  /** Names. */
  compositions: string[];
  layers: string[];
  /** Of a .mogrt: the fields of its panel. */
  mogrt?: { essentialGraphics: TemplateControlAnswer[] };
  error: string | null;
}

/** A field of the Essential Graphics panel. */
export interface TemplateControlAnswer {
  /** With the names of the groups around it, joined by `.`. */
  name: string;
  type: string;
  /** As the panel shows it, where the template tells. */
  value?: string | number | boolean | number[];
  /** Of a menu. */
  options?: string[];
}

export interface FontAnswer {
  id: string;
  familyName: string;
  fileName: string;
  createdAt: string;
}
