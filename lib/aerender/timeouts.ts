import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type TimeoutKind = 'start' | 'stall' | 'total';

/** In seconds; `null` turns one off. */
export type TimeoutLimits = Record<TimeoutKind, number | null>;

/**
 * Watches a run with the monotonic clock. Some output modules print no line per frame, so a growing output is a sign of
 * life as well.
 */
export class RunTimeouts {
  readonly #limits: TimeoutLimits;
  readonly #watch: string;
  readonly #onTimeout: (kind: TimeoutKind, seconds: number) => void;
  readonly #total: NodeJS.Timeout | null;
  #life: NodeJS.Timeout | null;
  #size = 0;

  /** `watch` is the folder of the output. */
  constructor(limits: TimeoutLimits, watch: string, onTimeout: (kind: TimeoutKind, seconds: number) => void) {
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
