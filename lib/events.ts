import type { ErrorCode } from './errors.ts';
import type { BatchCreationStatus, BatchStats, BatchStatus } from './status.ts';

/** The ids that begin every job event. `batchId` is null for a job that was created alone, `parentId` for a top-level job. */
export interface JobEvent {
  batchId: string | null;
  jobId: string;
  parentId: string | null;
}

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

/** Every event of a `BatchEngine`, by name. An event tells only what is already on disk. */
export interface EngineEvents {
  'batch:created': (event: {
    batchId: string;
    status: BatchCreationStatus;
    totalJobs: number;
    successCount: number;
  }) => void;
  /** A top-level job of the batch ended. */
  'batch:progress': (event: { batchId: string; stats: BatchStats }) => void;
  /** The last job of the batch ended. */
  'batch:finished': (event: { batchId: string; status: BatchStatus; stats: BatchStats }) => void;
  'batch:cancelled': (event: { batchId: string; cancelledCount: number; skippedCount: number }) => void;
  /** The job waits for a worker: just created, its last child has finished, or it is to be tried again. */
  'job:queued': (event: JobEvent) => void;
  /** `attempt` counts from 1. */
  'job:started': (event: JobEvent & { attempt: number }) => void;
  'job:progress': (event: JobProgressEvent) => void;
  /** One or more whole lines of the renderer's log. */
  'job:log': (event: JobEvent & { text: string }) => void;
  'job:finished': (event: JobEvent & { outputUrl: string; outputPath: string; renderDuration: number | null }) => void;
  'job:error': (event: JobEvent & { code: ErrorCode; error: string }) => void;
  'job:cancelled': (event: JobEvent) => void;
  /**
   * What the cloud would send to the job's `webhook`: this library uses no network, so the host may send it.
   * `body` is the Job object, or only `data` for a `custom` one.
   */
  'job:webhook': (
    event: JobEvent & { url: string; method: string; headers: Record<string, string>; body: unknown },
  ) => void;
  /** Nothing is queued and nothing renders. */
  'engine:idle': (event: Record<string, never>) => void;
  /** Something that belongs to no call failed: a listener that threw, a full disk. `paused`: the engine waits. */
  'engine:error': (event: { error: Error; paused: boolean }) => void;
}

export type EngineEventName = keyof EngineEvents;
export type EngineEvent<Name extends EngineEventName> = Parameters<EngineEvents[Name]>[0];
