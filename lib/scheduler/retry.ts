import { performance } from 'node:perf_hooks';
import type { FailedResult } from '../render/messages.ts';
import type { JobRecord } from '../store/records.ts';

export interface Retry {
  /** With no other job beside it. */
  alone: boolean;
}

/**
 * Whether a failed attempt is followed by another one. Only faults that are not of the input are tried again: crashes,
 * hangs, lost workers. If another instance of aerender was in the way, the next attempt runs alone.
 */
export function decideRetry(
  result: FailedResult,
  job: Pick<JobRecord, 'attempts' | 'runAlone'>,
  retries: number,
): Retry | null {
  if (job.attempts > retries) return null;
  if (result.retryAlone) return { alone: true };
  return result.retryable ? { alone: job.runAlone } : null;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A shortage that lasts longer is a fault of the machine, and its jobs have to end. */
const SHORT_MS = 120_000;

/** How long to wait while the system lacks open files, processes or memory: each time twice as long. */
export class ShortagePause {
  readonly #now: () => number;
  readonly #since: number;
  #pause = FIRST_PAUSE_MS;
  #until = 0;

  /** The shortage begins now. `now` is monotonic, in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** Whether it began not long ago. */
  get isShort(): boolean {
    return this.#now() - this.#since < SHORT_MS;
  }

  /** An attempt failed of it. Those that failed at the same time wait together. */
  next(): { milliseconds: number; isFirst: boolean } {
    const now = this.#now();
    const isFirst = this.#until === 0;
    if (now >= this.#until) {
      this.#until = now + this.#pause;
      this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
    }
    return { milliseconds: this.#until - now, isFirst };
  }
}
