import type { RenderResult } from '../render/messages.ts';
import type { JobRecord } from '../store/records.ts';

/**
 * Whether a failed attempt is followed by another one. Only faults that are not of the input are tried again:
 * crashes, hangs, lost workers. Where another instance of aerender was in the way, the next attempt runs alone.
 */
export function decideRetry(
  result: Extract<RenderResult, { outcome: 'failed' }>,
  job: Pick<JobRecord, 'attempts' | 'runAlone'>,
  retries: number,
): { alone: boolean } | null {
  if (job.attempts > retries) return null;
  if (result.retryAlone) return { alone: true };
  return result.retryable ? { alone: job.runAlone } : null;
}
