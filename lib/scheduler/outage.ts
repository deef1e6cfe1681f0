import { performance } from 'node:perf_hooks';
import { toError } from '../errors.ts';

/** How long the engine waits until it tries again whether the database takes writes. */
export const OUTAGE_RETRY_MS = 1_000;

/** While the database rejects writes, or the system lacks something, no job begins. */
export class Outage {
  readonly #report: (error: Error) => void;
  readonly #tryAgain: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** Reset by the next successful write. */
  #isReported = false;
  #shortage: ShortagePause | null = null;
  #isStopped = false;

  /** `tryAgain` is called when jobs may begin again. */
  constructor(report: (error: Error) => void, tryAgain: () => void) {
    this.#report = report;
    this.#tryAgain = tryAgain;
  }

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  /** A write failed: waits a second, and reports the first of them. */
  storeFailed(thrown: unknown): void {
    this.#wait(OUTAGE_RETRY_MS);
    if (this.#isReported) return;
    this.#isReported = true;
    this.#report(toError(thrown));
  }

  /** A claim was written. */
  storeWorked(): void {
    this.#isReported = false;
  }

  /** The end of an attempt was written: if nothing else is short, jobs may begin at once. */
  endWritten(): void {
    this.#isReported = false;
    if (this.#shortage?.isShort !== true) this.#endWait();
  }

  /** An attempt failed since the system lacks something: every job that began now would fail of it. */
  lacks(): ShortagePause {
    this.#shortage ??= new ShortagePause();
    return this.#shortage;
  }

  /** Waits as long as the shortage says, and reports its beginning. */
  waitFirst({ milliseconds, isFirst }: { milliseconds: number; isFirst: boolean }, message: string): void {
    this.#endWait();
    this.#wait(milliseconds);
    if (isFirst) this.#report(new Error(message));
  }

  /** An attempt ended for another reason. */
  endShortage(): void {
    this.#shortage = null;
  }

  /** From now on nothing is waited for, and nothing tried again. */
  stop(): void {
    this.#isStopped = true;
    this.#endWait();
  }

  #endWait(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(milliseconds: number): void {
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#tryAgain();
    }, milliseconds).unref();
  }
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
