import { MultiBar, type SingleBar } from 'cli-progress';
import type { BatchEngine } from '../../lib/engine.ts';
import type { EngineEvent } from '../../lib/events.ts';
import { duration } from './print.ts';

type JobIds = Pick<EngineEvent<'job:queued'>, 'batchId' | 'jobId' | 'parentId'>;

const FORMAT = '{label} {bar} {percent} {note}';
const LABEL_WIDTH = 12;

/** A bar for each job that renders, and one for the batch with the time that is left. For a terminal only. */
export class ProgressBars {
  readonly #bars: MultiBar;
  readonly #total: SingleBar;
  readonly #jobs = new Map<string, SingleBar>();
  readonly #nameOf: (jobId: string) => string;
  readonly #began = performance.now();
  readonly #jobCount: number;
  #done = 0;

  constructor(engine: BatchEngine, batchId: string, jobCount: number, nameOf: (jobId: string) => string) {
    this.#jobCount = jobCount;
    this.#nameOf = nameOf;
    this.#bars = new MultiBar({
      format: FORMAT,
      barsize: 32,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      // The renderer's last frames come quickly; more often only flickers.
      fps: 10,
    });
    this.#total = this.#bars.create(100, 0, this.#totalNote(0));
    engine.on('job:started', (event) => event.batchId === batchId && this.#start(event.jobId));
    engine.on('job:progress', (event) => event.batchId === batchId && this.#progress(event));
    for (const name of ['job:finished', 'job:error', 'job:cancelled'] as const) {
      engine.on(name, (event: JobIds) => event.batchId === batchId && this.#end(event.jobId, event.parentId === null));
    }
    // A job that is tried again, or a parent whose children are done.
    engine.on('job:queued', (event) => event.batchId === batchId && this.#end(event.jobId, false));
  }

  /** Writes a line above the bars. */
  log(line: string): void {
    this.#bars.log(`${line}\n`);
  }

  stop(): void {
    this.#bars.stop();
  }

  #start(jobId: string): void {
    this.#jobs.set(
      jobId,
      this.#bars.create(100, 0, { label: this.#label(this.#nameOf(jobId)), percent: '    ', note: 'starting' }),
    );
  }

  #progress({ jobId, progress, frame, totalFrames, elapsed, remaining }: EngineEvent<'job:progress'>): void {
    const bar = this.#jobs.get(jobId);
    if (bar === undefined) return;
    const frames = frame === null ? '' : `frame ${frame}${totalFrames === null ? '' : `/${totalFrames}`} `;
    const time = remaining === null ? `${duration(elapsed)} so far` : `${duration(remaining)} left`;
    bar.update(progress ?? 0, { percent: percent(progress), note: frames + time });
    this.#updateTotal();
  }

  #end(jobId: string, counts: boolean): void {
    const bar = this.#jobs.get(jobId);
    if (bar !== undefined) this.#bars.remove(bar);
    this.#jobs.delete(jobId);
    if (counts) this.#done += 1;
    this.#updateTotal();
  }

  #updateTotal(): void {
    const share = (this.#done / Math.max(1, this.#jobCount)) * 100;
    this.#total.update(share, this.#totalNote(share));
  }

  #totalNote(share: number): { label: string; percent: string; note: string } {
    const elapsed = (performance.now() - this.#began) / 1000;
    const left = share > 0 && share < 100 ? `, ${duration((elapsed / share) * (100 - share))} left` : '';
    return {
      label: this.#label('total'),
      percent: percent(share),
      note: `${this.#done}/${this.#jobCount} jobs${left}`,
    };
  }

  #label(text: string): string {
    return text.slice(0, LABEL_WIDTH).padEnd(LABEL_WIDTH);
  }
}

function percent(value: number | null): string {
  return value === null ? '  ? ' : `${Math.floor(value).toString().padStart(3)}%`;
}
