/** The status enums of the API and the pure rules between them. Source: shared contract, "Job", "Get a batch", "Cancel a batch". */

export const JOB_STATUSES = [
  'queued',
  'pending',
  'render:dorender',
  'finished',
  'error',
  'manually_cancelled',
] as const;
/** The state of a job, in the words of the API. The last three are ends. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/** The status in the answer of `create`: every job was accepted, some were, or none was. */
export type BatchCreationStatus = 'created' | 'partial' | 'error';
/** `processing` until the last top-level job has ended; `error` if one of them failed or was cancelled. */
export type BatchStatus = 'processing' | 'finished' | 'error';
/** The status in the answer of `cancel`: every top-level job was cancelled, some were, or none was. */
export type BatchCancellationStatus = 'cancelled' | 'partial' | 'unchanged';

/** Counts of a batch's top-level jobs. A cancelled job counts under `error`, as in the cloud. */
export interface BatchStats {
  total: number;
  finished: number;
  error: number;
  pending: number;
}

export function isTerminal(status: JobStatus): boolean {
  return status === 'finished' || status === 'error' || status === 'manually_cancelled';
}

export function isCancellable(status: JobStatus): boolean {
  return status === 'queued' || status === 'pending';
}

export function batchCreationStatus(total: number, succeeded: number): BatchCreationStatus {
  if (succeeded === total) return 'created';
  return succeeded === 0 ? 'error' : 'partial';
}

export function batchStatus(stats: BatchStats): BatchStatus {
  if (stats.pending > 0) return 'processing';
  return stats.finished === 0 ? 'error' : 'finished';
}

export function batchCancellationStatus(total: number, cancelled: number): BatchCancellationStatus {
  if (cancelled === 0) return 'unchanged';
  return cancelled === total ? 'cancelled' : 'partial';
}
