/** The rows of the store as the rest of the library sees them: plain objects, times in milliseconds since 1970. */
import type { TemplateType } from '../contract/formats.ts';
import type { ErrorCode } from '../errors.ts';
import type { FaceFacts, WantedFont } from '../fonts/font.ts';
import type { BatchStats, JobStatus } from '../status.ts';

/** A job as it is inserted. A parent stands before its children in the list. */
export interface NewJob {
  id: string;
  /** `null` for a top-level job. */
  parentId: string | null;
  /** Position in the request, for a top-level job; 0-999. */
  index: number;
  /** A child's position in its parent's `assets`; `null` for a top-level job. */
  assetIndex: number | null;
  /** `pending` if it has children, else `queued`. */
  status: 'queued' | 'pending';
  /** Higher first; 0 if the job names none. */
  priority: number;
  templateId: string | null;
  templatePath: string;
  templateType: TemplateType;
  /** What the caller sent for this job, as JSON, verbatim. */
  payload: string;
  /** What the planner made of it (a `JobPlan`), as JSON; null if it was not planned. */
  plan: string | null;
  /** As `jobs.list` finds it; each at most once. */
  tags: string[];
  totalAssets: number;
  /** Where the output goes below the output folder of whichever engine renders it: prefix and name. */
  outputName: string;
  /** The same in the folder of the engine that created it. */
  outputPath: string;
  outputUrl: string;
  /** Where a child's output goes, for messages: `layer 'lower third' of composition 'main'`. Null for a top-level job. */
  place: string | null;
  /** Who renders it: a version of After Effects (`ae2026`), or `bundled`. */
  renderer: string | null;
  /** Whether the job brings a webhook. */
  hasWebhook: boolean;
  missingFonts: string[];
  /** The fonts of its texts, and those that it names. */
  fontNeeds: WantedFont[];
  /** The warnings of its creation, besides missing fonts. */
  warnings: string[];
  /** The caller's own, as JSON; null if the job brings none. */
  metadata: string | null;
}

/** A job without its payload and plan: those are long, and have readers of their own (`payload`, `plan`). */
export interface JobRecord extends Omit<NewJob, 'status' | 'payload' | 'plan' | 'outputName' | 'metadata'> {
  batchId: string | null;
  status: JobStatus;
  /** Percent, 0-100. */
  progress: number;
  /** Below the output folder; null for a job of an earlier version of the file. */
  outputName: string | null;
  /** The caller's own; null if the job brings none. */
  metadata: unknown;
  /** 1 for the run of `create`, one more for each retry. */
  run: number;
  /** Attempts started so far, in this run. */
  attempts: number;
  /** The next attempt must run with no other beside it. */
  runAlone: boolean;
  error: string | null;
  errorCode: ErrorCode | null;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  errorAt: number | null;
  /** Seconds. */
  renderDuration: number | null;
  /** Seconds of `renderDuration` until the renderer began with the first frame. */
  startDuration: number | null;
}

/** A job that was taken for an attempt, with all that says what to render. */
export interface ClaimedJob extends JobRecord {
  /** When the first attempt began that may have published an output; null if none has. */
  triedSince: number | null;
  payload: string;
  plan: string | null;
}

export interface BatchRecord {
  id: string;
  createdAt: number;
  stats: BatchStats;
  /** 1 for the run of `create`; a retry of a batch that had ended begins the next one. */
  run: number;
}

/** An attempt that runs: who it is, which job it renders, and the number of the engine that began it. */
export interface Attempt {
  id: string;
  jobId: string;
  owner: number;
}

/** What an engine brings to a claim. */
export interface Claim {
  /** The id of the attempt. */
  id: string;
  owner: number;
  workDir: string;
  outputDir: string;
  /** A job of this template is preferred among those of the highest priority; null for the oldest. */
  templatePath: string | null;
  /** Only jobs of these batches; null for every job. */
  batches: readonly string[] | null;
}

/** How an attempt ended. Seconds. */
export type AttemptOutcome =
  | {
      outcome: 'published';
      /** Where the output is, if that is not where it was expected. */
      path?: string;
      warnings?: string[];
      renderDuration: number | null;
      startDuration?: number | null;
    }
  /** Not tried again: the job fails. */
  | { outcome: 'failed'; code: ErrorCode; error: string; renderDuration: number | null }
  /** Tried again, alone if something else was in its way. */
  | { outcome: 'retried'; code: ErrorCode; error: string; renderDuration: number | null; runAlone: boolean }
  /** Killed, or lost with its host: not the job's fault, so it uses up no retry. */
  | { outcome: 'interrupted' };

/** An attempt that began and of which no end is known: its process may still run. */
export interface UnfinishedAttempt {
  id: string;
  jobId: string;
  workDir: string;
  pid: number | null;
  processStartedAt: string | null;
}

/** One attempt to render a job. Times in milliseconds since 1970, durations in seconds. */
export interface AttemptRecord {
  id: string;
  /** From 1, in each run of the job. */
  number: number;
  run: number;
  workDir: string;
  startedAt: number;
  endedAt: number | null;
  /** Null while it runs, and for attempts of an earlier version of the file. */
  outcome: 'published' | 'failed' | 'interrupted' | null;
  errorCode: ErrorCode | null;
  error: string | null;
  renderDuration: number | null;
  startDuration: number | null;
}

export interface TemplateRecord {
  id: string;
  type: TemplateType;
  displayName: string;
  path: string;
  /** SHA-256 of the file, in hexadecimal, as it was when it was inspected. */
  hash: string;
  createdAt: number;
  updatedAt: number;
}

/** Filters and order of `jobs.list`; the names are those of the API's query parameters. */
export interface JobFilter {
  states?: JobStatus[];
  excludeStates?: JobStatus[];
  /** Offset. */
  from?: number;
  /** 1-1,000; default 100. */
  limit?: number;
  /** Milliseconds since 1970, compared with `createdAt`; both included. */
  fromDate?: number;
  toDate?: number;
  sort?: 'oldest_first' | 'newest_first' | 'random' | 'priority';
  /** Jobs whose payload has at least one of these in `tags`. */
  tags?: string[];
}

/** A font of the engine's library. */
export interface FontRecord {
  id: string;
  familyName: string;
  /** As it was added, without its folder. */
  fileName: string;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
  faces: FaceFacts[];
  createdAt: number;
}

/** A font file of this machine, as it was when it was read; it has no faces if it is no font. */
export interface FontFileRecord {
  path: string;
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
  faces: FaceFacts[];
}
