/** What the calls answer, key by key as the cloud does. Source: shared contract, "answers". */

import type { ErrorCode, Fault } from '../errors.ts';
import type { BatchCancellationStatus, BatchCreationStatus, BatchStats, BatchStatus, JobStatus } from '../status.ts';
import type { TemplateType } from './formats.ts';

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

/** What this library knows of a job beyond the cloud's keys. Without the key `local` every answer is the cloud's. */
export interface JobLocal {
  /** Null for a job that was created alone. */
  batchId: string | null;
  /** Null for a top-level job. */
  parentId: string | null;
  /** Position in the request, 0-999. */
  index: number;
  /** 1 for the run of `create`, one more for each retry. */
  run: number;
  /** Attempts begun in this run. */
  attempts: number;
  /** Why it failed; a key of `ERROR_CODES`. */
  errorCode: ErrorCode | null;
  /** Where the finished output lies on this machine. */
  outputPath: string | null;
  /** A version of After Effects (`ae2026`), or `bundled`. */
  renderer: string | null;
  /** Seconds of `stats.renderDuration` until the first frame: After Effects' own start, mostly. */
  startDuration: number | null;
  /** What did not keep it from being rendered, but may not be what was wanted; `jobs.warnings` adds missing fonts. */
  warnings: string[];
  /** As the job was created with them. */
  tags: string[];
  /** What the job brought as `local.metadata`; null if it brought none. */
  metadata: unknown;
}

/** A job as it is now: the answer of `jobs.get`, and of every call that changes one. */
export interface Job {
  id: string;
  templateId: string | null;
  status: JobStatus;
  /** Percent, 0-100. */
  progress: number;
  stats: JobStats;
  outputUrl: string | null;
  /** Only when some are missing. */
  missingFonts?: string[];
  local: JobLocal;
}

/** A nested job that was accepted. */
export interface ChildCreated {
  id: string;
  status: 'queued' | 'pending';
  outputUrl: string;
  /** Only when some are missing. */
  missingFonts?: string[];
}

/** A job that was accepted, before it renders. */
export interface JobCreated extends ChildCreated {
  /** Only with nested jobs. */
  children?: ChildCreated[];
}

/** A job that was not accepted. */
export interface RefusedJob {
  /** Its position in the request. */
  index: number;
  /** The messages of all faults, joined. */
  error: string;
  /** That of the first fault. */
  errorCode: ErrorCode;
  /** What this library knows beyond the cloud's keys: each fault by itself. */
  local: { faults: Fault[] };
}

/** The answer of `batches.create`: the jobs that were accepted, and why others were refused. */
export interface BatchCreation {
  batchId: string;
  status: BatchCreationStatus;
  totalJobs: number;
  successCount: number;
  /** The accepted jobs, in the order of the request. */
  jobs: ({ index: number } & JobCreated)[];
  /** Only where a job was refused. */
  errors?: RefusedJob[];
}

/** A batch and its top-level jobs: the answer of `batches.get` and `batches.wait`. */
export interface BatchDetails {
  batchId: string;
  status: BatchStatus;
  stats: BatchStats;
  /** The top-level jobs in the order of the request; `outputUrl` of the finished, `stats` of the ended ones. */
  jobs: { index: number; id: string; status: JobStatus; outputUrl?: string; stats?: JobStats; local: JobLocal }[];
  local: BatchLocal;
}

/** What this library knows of a batch beyond the cloud's keys. */
export interface BatchLocal {
  createdAt: string;
  /** 1 for the run of `create`, one more for each time that a retry opened the ended batch again. */
  run: number;
  /** The jobs of the request that were not accepted; they are in no count of `stats`. */
  refused: RefusedJob[];
}

/** Our own: the cloud has no list of batches. */
export interface BatchListItem {
  batchId: string;
  createdAt: string;
  status: BatchStatus;
  stats: BatchStats;
}

/** The answer of `batches.cancel`: what became of each top-level job. */
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

/** Our own: the cloud has no retry. */
export interface BatchRetry {
  batchId: string;
  /** The current run of the batch. */
  run: number;
  retriedCount: number;
  /** The top-level jobs that are open again. */
  jobs: Job[];
}

/** Our own: one attempt to render a job. Times are ISO 8601 in UTC, durations seconds. */
export interface JobAttempt {
  id: string;
  /** From 1, in each run. */
  number: number;
  run: number;
  startedAt: string;
  /** Null while it runs. */
  endedAt: string | null;
  /** `interrupted`: killed, or lost with its host, which uses up no retry. Null while it runs. */
  outcome: 'published' | 'failed' | 'interrupted' | null;
  errorCode: ErrorCode | null;
  error: string | null;
  renderDuration: number | null;
  startDuration: number | null;
  /** Empty if the renderer printed nothing. */
  log: string;
}

/** What `prune` has removed. */
export interface Pruned {
  batches: number;
  /** Those without a batch; the jobs of a batch go with it. */
  jobs: number;
  workFolders: number;
}

/** A registered template, with the names of its compositions and layers. */
export interface Template {
  id: string;
  type: TemplateType;
  displayName: string;
  /** Always `uploaded` here: a file that cannot be read is refused by `templates.add`. */
  status: 'uploaded' | 'error';
  createdAt: string;
  updatedAt: string;
  /** Names. */
  compositions: string[];
  layers: string[];
  /** The fields of its panel, if it is a .mogrt. */
  mogrt?: { essentialGraphics: EssentialGraphicsField[] };
  error: string | null;
}

/** A field of the Essential Graphics panel. */
export interface EssentialGraphicsField {
  /** With the names of the groups around it, joined by `.`. */
  name: string;
  type: string;
  /** As the panel shows it, where the template tells. */
  value?: string | number | boolean | number[];
  /** The entries of a menu. */
  options?: string[];
}

/** A font of the engine's own library. */
export interface Font {
  id: string;
  familyName: string;
  fileName: string;
  createdAt: string;
}

/** Source: shared contract, "Templates", v3. Times are seconds, sizes pixels. */
export interface Composition {
  aeid: string;
  name: string;
  width: number;
  height: number;
  duration: number;
  frame_rate: number;
}

/** A layer of a composition, as version 3 of the API answers it. Times are seconds, sizes pixels. */
export interface Layer {
  /** The `aeid` of its composition, as a number. */
  composition_id: number;
  /** Unique in its composition: After Effects' own id, or the layer's number in a Lottie document. */
  aeid: number;
  name: string;
  /** The frame of what it shows, in its own pixels; null of point text and shapes, which only a render measures. */
  top: number | null;
  left: number | null;
  width: number | null;
  height: number | null;
  start_time: number;
  in_point: number;
  out_point: number;
  layer_type: string;
  source_type: string | null;
  source_comp_id: number | null;
  parent_id: number | null;
}
