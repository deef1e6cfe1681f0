import { performance } from 'node:perf_hooks';
import { framesOfTimecode, type OutputRecord } from './output.ts';

export interface ProgressState {
  /** 0-100; `null` if the renderer reports no frames, or their number is unknown. */
  progress: number | null;
  frame: number | null;
  totalFrames: number | null;
  /** Seconds. `remaining` is an estimate from the frames so far. */
  elapsed: number;
  remaining: number | null;
}

/** At most ten reports a second: each crosses a thread boundary and is written to the database. */
const REPORT_INTERVAL_MS = 100;

/** The head has few lines; chatter of the same form must not fill the memory. */
const MAX_TIMES = 50;

export interface ProgressOptions {
  /** What the job asks for; `null`: the head of the log says it. */
  expectedFrames: number | null;
  /** Called at most ten times a second, and always with the last state. */
  report?: (state: ProgressState) => void;
  /** Monotonic, in milliseconds. */
  now?: () => number;
}

/** How far a render is, from what it prints. With multi-frame rendering lines come out of order; progress never goes back. */
export class Progress {
  readonly #report: (state: ProgressState) => void;
  readonly #now: () => number;
  readonly #begun: number;
  #total: number | null;
  #frame: number | null = null;
  #first: { frame: number; at: number } | null = null;
  #frameRate: number | null = null;
  readonly #times: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #hasNews = false;

  constructor({ expectedFrames, report = () => {}, now = () => performance.now() }: ProgressOptions) {
    this.#total = expectedFrames;
    this.#report = report;
    this.#now = now;
    this.#begun = now();
  }

  /** Returns whether the record changed the state. */
  take(record: OutputRecord): boolean {
    if (!this.#update(record)) return false;
    this.#hasNews = true;
    // Not at once: a short render is over before, and then one report will do.
    this.#timer ??= setTimeout(() => this.#reportNews(), REPORT_INTERVAL_MS);
    return true;
  }

  get totalFrames(): number | null {
    return this.#total;
  }

  get isLastFrame(): boolean {
    return this.#total !== null && this.#frame !== null && this.#frame >= this.#total;
  }

  state(): ProgressState {
    const frame = this.#frame;
    const total = this.#total;
    const known = frame !== null && total !== null && total > 0;
    return {
      progress: known ? Math.min(100, (frame / total) * 100) : null,
      frame,
      totalFrames: total,
      elapsed: (this.#now() - this.#begun) / 1000,
      remaining: known ? this.#remaining(frame, total) : null,
    };
  }

  /** Reports the last state if it was held back. The last call. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#hasNews) this.#reportNow();
  }

  #reportNews(): void {
    this.#timer = null;
    if (this.#hasNews) this.#reportNow();
  }

  #reportNow(): void {
    this.#hasNews = false;
    this.#report(this.state());
  }

  #update(record: OutputRecord): boolean {
    if (record.type === 'setting') return this.#takeSetting(record.value);
    if (record.type !== 'frame' || record.ordinal <= (this.#frame ?? 0)) return false;
    this.#frame = record.ordinal;
    this.#first ??= { frame: record.ordinal, at: this.#now() };
    return true;
  }

  /**
   * The head of a render has its start, end and duration in lines that follow each other, in every language, and the rate
   * with a word in brackets. Other numbers may stand beside them, so the three must agree.
   */
  #takeSetting(value: string): boolean {
    const rate = /^(\d+(?:[.,]\d+)?)\s*[(（]/.exec(value)?.[1] ?? /^\d+[.,]\d+$/.exec(value)?.[0];
    if (rate !== undefined) this.#frameRate ??= Number(rate.replace(',', '.'));
    else if (this.#times.length < MAX_TIMES && /^[-−]?\d[\d:;+]*$/.test(value)) this.#times.push(value);
    else return false;
    if (this.#total !== null) return false;
    this.#total = this.#spanOfHead();
    return this.#total !== null;
  }

  #spanOfHead(): number | null {
    const frames = this.#times.map((time) => framesOfTimecode(time, this.#frameRate));
    for (const [index, duration] of frames.entries()) {
      const [start, end] = [frames[index - 2] ?? null, frames[index - 1] ?? null];
      if (start === null || end === null || duration === null || duration <= 0) continue;
      // Drop-frame numbers may differ by one.
      if (Math.abs(end - start + 1 - duration) <= 1) return duration;
    }
    return null;
  }

  #remaining(frame: number, total: number): number | null {
    if (frame >= total) return 0;
    if (this.#first === null || frame <= this.#first.frame) return null;
    const perFrame = (this.#now() - this.#first.at) / (frame - this.#first.frame);
    return (perFrame * (total - frame)) / 1000;
  }
}
