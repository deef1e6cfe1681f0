import type { JobLocal } from '../contract/answers.ts';
import type { ErrorCode } from '../errors.ts';
import type { BatchCreationStatus, BatchStats, BatchStatus } from '../status.ts';

/** The ids in every job event. `batchId` is null for a job that was created alone, `parentId` for a top-level job. */
export interface JobEvent {
  batchId: string | null;
  jobId: string;
  parentId: string | null;
}

/** A job has come into a state. */
export interface JobStateEvent extends JobEvent {
  /** What this library knows of the job, as in the answers of calls. */
  local: JobLocal;
}

/** How far the render of a job is. */
export interface JobProgressEvent extends JobEvent {
  /** Percent, 0-100, never going back; `null` where the renderer reports no frames. */
  progress: number | null;
  /** Frames done, and in all. */
  frame: number | null;
  totalFrames: number | null;
  /** Seconds since the renderer was started. */
  elapsed: number;
  /** Estimated seconds left, where known. */
  remaining: number | null;
}

/** What the cloud would send to a job's `webhook`. */
export interface JobWebhookEvent extends JobStateEvent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: unknown;
  run: number;
}

/** What the option `webhook` may be; what it throws reaches `engine:error`. */
export type TakeWebhook = (webhook: JobWebhookEvent) => unknown;

/** The payload of every event of a `BatchEngine`, by name. An event is emitted after the commit that it reports. */
export interface EngineEvents {
  'batch:created': { batchId: string; status: BatchCreationStatus; totalJobs: number; successCount: number };
  /** A top-level job of the batch ended. */
  'batch:progress': { batchId: string; stats: BatchStats };
  /** The last job of the batch ended. `run` is 1, and one more for each time that a retry opened the ended batch again. */
  'batch:finished': { batchId: string; status: BatchStatus; stats: BatchStats; run: number };
  /** `batches.cancel` was called: how many top-level jobs it cancelled, and how many were in no state to be cancelled. */
  'batch:cancelled': { batchId: string; cancelledCount: number; skippedCount: number };
  /** The job waits for a worker: just created, its last child has finished, or it is to be tried again. */
  'job:queued': JobStateEvent;
  /** `attempt` counts from 1, in each run. */
  'job:started': JobStateEvent & { attempt: number };
  /** At most ten a second. */
  'job:progress': JobProgressEvent;
  /** One or more whole lines of the renderer's log. */
  'job:log': JobEvent & { text: string };
  /** The output is published at `outputPath`. `renderDuration`: seconds of the renderer, from start to exit. */
  'job:finished': JobStateEvent & { outputUrl: string; outputPath: string; renderDuration: number | null };
  /** The job failed, and is not tried again. `error` is for people. */
  'job:error': JobStateEvent & { code: ErrorCode; error: string };
  /** The job was cancelled, by itself or with its family. */
  'job:cancelled': JobStateEvent;
  /**
   * What the cloud would send to the job's `webhook`: this library uses no network, so the host may send it. Emitted once
   * for each end of the job, by one of the engines on the file that have a listener for it or the option `webhook`; `body` is the Job object, or
   * only `data` for a `custom` webhook.
   */
  'job:webhook': JobWebhookEvent;
  /** Nothing is queued and nothing renders. */
  'engine:idle': Record<string, never>;
  /**
   * A fault that belongs to no call: a listener that threw, a full disk. `paused`: the engine waits until it is over.
   * If nobody listens, it becomes a warning of the process (`process.on('warning')`).
   */
  'engine:error': { error: Error; paused: boolean };
}

/** The name of an event. */
export type EngineEventName = keyof EngineEvents;

/** Those that come while a batch is under way, and carry its id. */
export const BATCH_EVENT_NAMES = [
  'batch:progress',
  'batch:finished',
  'batch:cancelled',
  'job:queued',
  'job:started',
  'job:progress',
  'job:log',
  'job:finished',
  'job:error',
  'job:cancelled',
  'job:webhook',
] as const satisfies EngineEventName[];

export const EVENT_NAMES = [
  'batch:created',
  ...BATCH_EVENT_NAMES,
  'engine:idle',
  'engine:error',
] as const satisfies EngineEventName[];

/** The payload of the event of this name. */
export type EngineEvent<Name extends EngineEventName> = EngineEvents[Name];
/**
 * A function that is called with each event of this name; what it returns is ignored, unless it is a promise that
 * rejects.
 */
export type EngineListener<Name extends EngineEventName> = (event: EngineEvents[Name]) => unknown;
/** Listeners by the name of their event. */
export type EngineListeners = { [Name in EngineEventName]?: EngineListener<Name> };
