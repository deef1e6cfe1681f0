import type { OutputRecord } from '../aerender/output.ts';
import type { RenderProgress } from '../aerender/progress.ts';
import type { RenderMessage } from './messages.ts';

/** At most ten reports a second cross the thread boundary. */
const INTERVAL_MS = 100;

/** Tells the host how far a render is: at once where it can, else when the interval is over, and always the last state. */
export class ProgressReport {
  readonly #progress: RenderProgress;
  readonly #send: (message: RenderMessage) => void;
  #timer: NodeJS.Timeout | null = null;
  #due = false;

  constructor(progress: RenderProgress, send: (message: RenderMessage) => void) {
    this.#progress = progress;
    this.#send = send;
  }

  take(record: OutputRecord): void {
    if (!this.#progress.take(record)) return;
    this.#due = true;
    if (this.#timer === null) this.#tell();
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#due) this.#sendNow();
  }

  #tell(): void {
    this.#sendNow();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#due) this.#tell();
    }, INTERVAL_MS);
  }

  #sendNow(): void {
    this.#due = false;
    const { percent, frame, totalFrames, elapsed, remaining } = this.#progress.state();
    this.#send({ type: 'progress', progress: percent, frame, totalFrames, elapsed, remaining });
  }
}
