import { performance } from 'node:perf_hooks';
import type { OutputRecord } from './output.ts';
import { framesOfTimecode } from './timecode.ts';

export interface ProgressState {
  /** 0-100; `null` where the renderer reports no frames, or their number is unknown. */
  percent: number | null;
  frame: number | null;
  totalFrames: number | null;
  /** Seconds. `remaining` is an estimate from the frames so far. */
  elapsed: number;
  remaining: number | null;
}

/** How far a render is, from what it prints. With multi-frame rendering lines come out of order; progress never goes back. */
export class RenderProgress {
  readonly #now: () => number;
  readonly #begun: number;
  #total: number | null;
  #frame: number | null = null;
  #first: { frame: number; at: number } | null = null;
  #frameRate: number | null = null;
  #timecodes: string[] = [];

  /** `expectedFrames` is what the job asks for; without it the head of the log tells. `now` is monotonic, in milliseconds. */
  constructor({
    expectedFrames,
    now = () => performance.now(),
  }: { expectedFrames: number | null; now?: () => number }) {
    this.#total = expectedFrames;
    this.#now = now;
    this.#begun = now();
  }

  /** Whether the record has changed the state. */
  take(record: OutputRecord): boolean {
    if (record.type === 'setting') return this.#takeSetting(record.value);
    if (record.type !== 'frame' || record.ordinal <= (this.#frame ?? 0)) return false;
    this.#frame = record.ordinal;
    this.#first ??= { frame: record.ordinal, at: this.#now() };
    return true;
  }

  get totalFrames(): number | null {
    return this.#total;
  }

  state(): ProgressState {
    const frame = this.#frame;
    const total = this.#total;
    const known = frame !== null && total !== null && total > 0;
    return {
      percent: known ? Math.min(100, (frame / total) * 100) : null,
      frame,
      totalFrames: total,
      elapsed: (this.#now() - this.#begun) / 1000,
      remaining: known ? this.#remaining(frame, total) : null,
    };
  }

  /** The head names them in every language in this order: start, end, duration; the rate is the one number with a fraction. */
  #takeSetting(value: string): boolean {
    const rate = /^(\d+[.,]\d+)(\s*\(.*\))?$/.exec(value)?.[1];
    if (rate !== undefined) this.#frameRate ??= Number(rate.replace(',', '.'));
    else if (/^\d+([:;]\d{2}){3}$|^\d+\+\d{2}$|^\d+$/.test(value)) this.#timecodes.push(value);
    else return false;
    const duration = this.#timecodes[2];
    if (this.#total !== null || duration === undefined) return false;
    this.#total = framesOfTimecode(duration, this.#frameRate);
    return this.#total !== null;
  }

  #remaining(frame: number, total: number): number | null {
    if (frame >= total) return 0;
    if (this.#first === null || frame <= this.#first.frame) return null;
    const perFrame = (this.#now() - this.#first.at) / (frame - this.#first.frame);
    return (perFrame * (total - frame)) / 1000;
  }
}
