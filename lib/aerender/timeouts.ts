import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { RenderError } from '../errors.ts';

export type TimeoutKind = 'start' | 'stall' | 'total';

/** In seconds; `null` turns one off. */
export type Timeouts = Record<TimeoutKind, number | null>;

/** How long a step that was given up can take to stop. */
const STOP_MS = 2_000;

/** What a step of an attempt is given. */
export interface Step {
  /** Aborted when the attempt is killed, or the step has taken too long. */
  signal: AbortSignal;
  /** Call it for each sign of progress, such as a piece of a copy. */
  alive: () => void;
}

/**
 * Keeps the time of an attempt: no step may go without progress for longer than `timeouts.stall`, and all together may
 * take `timeouts.total`. A share that has gone away answers no call of the file system, and such a call cannot be ended
 * either: the step is given up, and what still hangs in the system is left to it.
 */
export class AttemptLimits {
  readonly #timeouts: Timeouts;
  readonly #kill: AbortSignal;
  readonly #begun = performance.now();

  constructor(timeouts: Timeouts, kill: AbortSignal) {
    this.#timeouts = timeouts;
    this.#kill = kill;
  }

  /** The time-outs of the renderer itself: what is left of the total. */
  forRenderer(): Timeouts {
    const { total } = this.#timeouts;
    return { ...this.#timeouts, total: total === null ? null : Math.max(0.001, total - this.#seconds()) };
  }

  /**
   * Runs one step, which a message names: `copying the template`. Rejects with `RENDER_STALLED` or `RENDER_TIMEOUT`, or
   * with the reason of the kill.
   */
  async step<Result>(name: string, work: (step: Step) => Promise<Result>): Promise<Result> {
    this.#kill.throwIfAborted();
    const { stall, total } = this.#timeouts;
    const failed = Promise.withResolvers<never>();
    const abort = new AbortController();
    const giveUp = (reason: unknown) => {
      abort.abort(reason);
      failed.reject(reason);
    };
    const onKill = () => giveUp(this.#kill.reason);
    const after = (seconds: number | null, error: () => RenderError) =>
      seconds === null ? undefined : setTimeout(() => giveUp(error()), seconds * 1000);
    const stalled = () =>
      new RenderError(
        'RENDER_STALLED',
        `${name} made no progress for ${stall} seconds (timeouts.stall). Check that the disk or share answers.`,
        { retryable: true },
      );
    const late = () =>
      new RenderError(
        'RENDER_TIMEOUT',
        `The attempt took longer than ${total} seconds (timeouts.total), at: ${name}.`,
        {
          retryable: true,
        },
      );
    let stallTimer = after(stall, stalled);
    const totalTimer = after(this.forRenderer().total, late);
    const alive = () => {
      clearTimeout(stallTimer);
      stallTimer = after(stall, stalled);
    };
    this.#kill.addEventListener('abort', onKill, { once: true });
    const working = work({ signal: abort.signal, alive });
    try {
      return await Promise.race([working, failed.promise]);
    } catch (error) {
      // What does not hang hears the signal and stops: until then it may still write into the work folder.
      if (abort.signal.aborted) await settledWithin(working, STOP_MS);
      throw error;
    } finally {
      this.#kill.removeEventListener('abort', onKill);
      clearTimeout(stallTimer);
      clearTimeout(totalTimer);
      failed.promise.catch(() => {}); // It may never have been raced.
    }
  }

  #seconds(): number {
    return (performance.now() - this.#begun) / 1000;
  }
}

async function settledWithin(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const settled = new AbortController();
  const late = delay(milliseconds, undefined, { signal: settled.signal });
  await Promise.race([work.finally(() => settled.abort()), late]).catch(() => {}); // How it settled is no matter.
}

/**
 * Watches a run with the monotonic clock. Some output modules print no line per frame, so a growing output is a sign of
 * life as well.
 */
export class RunTimeouts {
  readonly #limits: Timeouts;
  readonly #watch: string;
  readonly #onTimeout: (kind: TimeoutKind, seconds: number) => void;
  readonly #total: NodeJS.Timeout | null;
  #life: NodeJS.Timeout | null;
  #size = 0;

  /** `watch` is the folder of the output. */
  constructor(limits: Timeouts, watch: string, onTimeout: (kind: TimeoutKind, seconds: number) => void) {
    this.#limits = limits;
    this.#watch = watch;
    this.#onTimeout = onTimeout;
    this.#total = this.#timer('total');
    this.#life = this.#timer('start');
  }

  /** The renderer has begun, or has moved on. */
  signOfLife(): void {
    if (this.#life !== null) clearTimeout(this.#life);
    this.#life = this.#timer('stall');
  }

  end(): void {
    if (this.#life !== null) clearTimeout(this.#life);
    if (this.#total !== null) clearTimeout(this.#total);
  }

  #timer(kind: TimeoutKind): NodeJS.Timeout | null {
    const seconds = this.#limits[kind];
    return seconds === null ? null : setTimeout(() => this.#expired(kind, seconds), seconds * 1000);
  }

  #expired(kind: TimeoutKind, seconds: number): void {
    if (kind === 'stall' && this.#hasGrown()) this.signOfLife();
    else this.#onTimeout(kind, seconds);
  }

  #hasGrown(): boolean {
    const before = this.#size;
    this.#size = sizeOf(this.#watch);
    return this.#size > before;
  }
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    // A folder that is gone does not grow.
    return 0;
  }
}
