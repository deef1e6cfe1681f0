/** What a thread reports of a run to the host: its progress at most ten times a second, and its log in bounded memory. */
import { performance } from 'node:perf_hooks';
import { framesOfTimecode, type OutputRecord } from '../aerender/output.ts';

interface ProgressState {
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
  /** How many frames the output is to have, as far as the plan knows. */
  expectedFrames: number | null;
  /** The job names its frames, so the log cannot change their number. */
  isAsked?: boolean;
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
  /** What the renderer says in the head of its log counts for more than what was read of the project. */
  #isTotalFinal: boolean;
  #frame: number | null = null;
  #first: { frame: number; at: number } | null = null;
  #frameRate: number | null = null;
  readonly #times: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #hasNews = false;

  constructor({ expectedFrames, isAsked = false, report = () => {}, now = () => performance.now() }: ProgressOptions) {
    this.#total = expectedFrames;
    this.#isTotalFinal = isAsked;
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
    const span = this.#isTotalFinal ? null : this.#spanOfHead();
    if (span === null) return false;
    this.#isTotalFinal = true;
    this.#total = span;
    return true;
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

/** Lines are gathered for so long, so that a chatty renderer costs the host one message and one write, not thousands. */
const INTERVAL_MS = 100;

/**
 * Passes a log on, in bounded memory: the first half of the limit as it comes, the last half at the end, with a mark
 * for what was cut between them. The reason of a failure is at the end of a log.
 */
export class Log {
  readonly #half: number;
  readonly #send: (text: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #gathered = '';
  #sent = 0;
  #tail: { line: string; bytes: number }[] = [];
  #tailBytes = 0;
  #cut = 0;

  /** `limit` counts bytes of UTF-8; the mark comes on top. */
  constructor(limit: number, send: (text: string) => void) {
    this.#half = Math.floor(limit / 2);
    this.#send = send;
  }

  /** One whole line, with its newline. */
  write(text: string): void {
    const { line, bytes } = this.#shortened(text);
    if (this.#tail.length === 0 && this.#sent + bytes <= this.#half) {
      this.#sent += bytes;
      this.#gathered += line;
      this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
      return;
    }
    this.#tail.push({ line, bytes });
    this.#tailBytes += bytes;
    while (this.#tailBytes > this.#half) {
      const dropped = this.#tail.shift()?.bytes ?? 0;
      this.#tailBytes -= dropped;
      this.#cut += dropped;
    }
  }

  end(): void {
    this.#flush();
    const mark = this.#cut === 0 ? '' : `[… ${this.#cut} bytes of the log were cut here …]\n`;
    const rest = mark + this.#tail.map(({ line }) => line).join('');
    if (rest !== '') this.#send(rest);
    this.#tail = [];
  }

  /** A line that is longer than half the limit keeps its beginning. */
  #shortened(line: string): { line: string; bytes: number } {
    const bytes = Buffer.byteLength(line);
    if (bytes <= this.#half) return { line, bytes };
    const END = '…\n';
    const room = this.#half - Buffer.byteLength(END);
    const start = Buffer.from(line).subarray(0, room);
    // The cut may be inside a character.
    const kept = `${start.toString('utf8').replace(/\ufffd+$/, '')}${END}`;
    const keptBytes = Buffer.byteLength(kept);
    this.#cut += bytes - keptBytes;
    return { line: kept, bytes: keptBytes };
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered !== '') this.#send(this.#gathered);
    this.#gathered = '';
  }
}
