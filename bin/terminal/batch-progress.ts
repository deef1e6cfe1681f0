import type { EngineEvent } from '../../lib/events/events.ts';
import { duration } from './print.ts';
import type { ProgressLine } from './progress-line.ts';

/** Before so much is done, an estimate of the time that is left is only a guess. */
const MIN_SHARE_FOR_ESTIMATE = 0.02;

/** A job that renders. */
interface Rendering {
  label: string;
  startedAt: number;
  progress: EngineEvent<'job:progress'> | null;
}

/** How far the jobs of a command are, nested ones included: the lines that its terminal shows. */
export class BatchProgress {
  readonly #now: () => number;
  readonly #began: number;
  readonly #rendering = new Map<string, Rendering>();
  readonly #ended = new Set<string>();
  /** The number of frames of the jobs that have told it. */
  readonly #frames = new Map<string, number>();
  readonly #known: Set<string>;
  readonly #topLevel: ReadonlySet<string>;

  /** `nested`: ids of nested jobs; further ones are counted when they start. `now` is monotonic, in milliseconds. */
  constructor({
    topLevel,
    nested = [],
    now = () => performance.now(),
  }: {
    topLevel: ReadonlySet<string>;
    nested?: readonly string[];
    now?: () => number;
  }) {
    this.#known = new Set([...topLevel, ...nested]);
    this.#topLevel = topLevel;
    this.#now = now;
    this.#began = now();
  }

  start(jobId: string, label: string): void {
    this.#known.add(jobId);
    this.#rendering.set(jobId, { label, startedAt: this.#now(), progress: null });
  }

  progress(event: EngineEvent<'job:progress'>): void {
    const rendering = this.#rendering.get(event.jobId);
    if (rendering === undefined) return;
    rendering.progress = event;
    if (event.totalFrames !== null) this.#frames.set(event.jobId, event.totalFrames);
  }

  /** The job's attempt is over, and it will be tried again. */
  requeue(jobId: string): void {
    this.#rendering.delete(jobId);
  }

  end(jobId: string): void {
    this.#rendering.delete(jobId);
    this.#ended.add(jobId);
  }

  /** The jobs that render, then all of them together if there are more than one. */
  lines(): ProgressLine[] {
    const jobs = [...this.#rendering.values()].map((rendering) => this.#jobLine(rendering));
    return this.#known.size === 1 && jobs.length === 1 ? jobs : [...jobs, this.#totalLine()];
  }

  #jobLine({ label, startedAt, progress }: Rendering): ProgressLine {
    if (progress === null || progress.frame === null) {
      const elapsed = duration((this.#now() - startedAt) / 1000);
      return { label, share: null, notes: [`starting, ${elapsed} so far`, 'starting'] };
    }
    const { frame, totalFrames, remaining, elapsed } = progress;
    const frames = `frame ${frame}${totalFrames === null ? '' : `/${totalFrames}`}`;
    const time = remaining === null ? `${duration(elapsed)} so far` : `${duration(remaining)} left`;
    return {
      label,
      share: progress.progress === null ? null : progress.progress / 100,
      notes: [`${frames}, ${time}`, time, frames],
    };
  }

  #totalLine(): ProgressLine {
    const share = this.#share();
    const done = [...this.#topLevel].filter((id) => this.#ended.has(id)).length;
    const jobs = `${done}/${this.#topLevel.size}`;
    const elapsed = (this.#now() - this.#began) / 1000;
    const isGuess = share < MIN_SHARE_FOR_ESTIMATE || share >= 1;
    const left = isGuess ? '' : `, ${duration((elapsed / share) * (1 - share))} left`;
    return { label: 'total', share, notes: [`${jobs} jobs${left}`, `${jobs} jobs`, jobs] };
  }

  /** By frames. A job that has not told its number yet counts as long as the others are on average. */
  #share(): number {
    const known = [...this.#frames.values()];
    const average = known.length === 0 ? 1 : known.reduce((sum, frames) => sum + frames, 0) / known.length;
    const framesOf = (jobId: string) => this.#frames.get(jobId) ?? average;
    let done = 0;
    for (const jobId of this.#ended) done += framesOf(jobId);
    for (const [jobId, { progress }] of this.#rendering) done += (framesOf(jobId) * (progress?.progress ?? 0)) / 100;
    const unknown = Math.max(0, this.#known.size - known.length);
    const all = known.reduce((sum, frames) => sum + frames, 0) + unknown * average;
    return all === 0 ? 0 : Math.min(1, done / all);
  }
}
