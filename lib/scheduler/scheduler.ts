import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { TakeUpload } from '../contract/delivery.ts';
import { DatabaseError } from '../errors.ts';
import type { EventHub } from '../events/hub.ts';
import type { TaskFactory } from '../plan/render-task.ts';
import { failedResult, stackOf } from '../render/failed-result.ts';
import type { RenderResult } from '../render/messages.ts';
import type { RenderPool, RunningRender } from '../render/pool.ts';
import { workFolderOf } from '../render/work-folder.ts';
import { NotOwnerError } from '../store/database.ts';
import type { Attempt, AttemptOutcome, ClaimedJob } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { deliver } from './delivery.ts';
import { OUTAGE_RETRY_MS, Outage } from './outage.ts';
import { Reports } from './reports.ts';
import { decideRetry } from './retry.ts';

/** Node keeps a stock of these, where ulid asks the system for each character: a sixth of what a claim costs. */
const random = () => randomInt(2 ** 32) / 2 ** 32;

/** While the output of so many jobs is checked, published and written down, the renderers of the next ones work already. */
const FINISHING = 1;
/** So many jobs of one template follow each other before the oldest of any template comes next. */
const SAME_TEMPLATE_IN_A_ROW = 100;

interface Run {
  job: ClaimedJob;
  attempt: Attempt;
  render: RunningRender;
  /** Its renderer has ended, and another may start: what is left of the attempt is to check and publish its output. */
  hasRendered: boolean;
  /** Settles after the end is written. */
  ended: Promise<void>;
}

interface SchedulerParts {
  store: Store;
  pool: RenderPool;
  events: EventHub;
  taskOf: TaskFactory;
  /** Takes the outputs of jobs that want an upload. */
  takeUpload: TakeUpload | undefined;
}

interface SchedulerLimits {
  workers: number;
  retries: number;
  outputDir: string;
}

/**
 * Decides which job runs next, and what its end means. It claims jobs from the store, hands them to the pool, and
 * writes what comes back. It knows no SQL and no processes.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #limits: SchedulerLimits;
  readonly #reports: Reports;
  /** By the id of the attempt: after a lost right to render, two attempts at one job can be here for a moment. */
  readonly #running = new Map<string, Run>();
  /** The number by which the store knows this engine; null while it must not render. */
  #owner: number | null = null;
  #stopped = false;
  /** Null for the jobs of every batch, and those that were created alone. */
  #batches: readonly string[] | null = null;
  /** Null until the database has rejected a write, or the system has lacked something. */
  #outage: Outage | null = null;
  #idle = true;
  #template: { path: string | null; inARow: number } = { path: null, inARow: 0 };

  constructor(parts: SchedulerParts, limits: SchedulerLimits) {
    this.#parts = parts;
    this.#reports = new Reports(parts.store, parts.events.emitter, (error) => this.#handle(error));
    this.#limits = { ...limits };
  }

  /** The ids of the jobs that render here, in the order of their starts. */
  get running(): string[] {
    return [...this.#running.values()].map(({ job }) => job.id);
  }

  /** Whether nothing is queued and nothing renders, here or in another process. */
  get isIdle(): boolean {
    return this.#running.size === 0 && this.#parts.store.jobs.areIdle();
  }

  /** Begins or continues to claim jobs, as the owner of this number. */
  start(owner: number): void {
    if (this.#stopped) return;
    this.#owner = owner;
    this.wake();
  }

  /** Claims jobs of these batches only; null: of every batch, and those that were created alone. */
  restrictTo(batches: readonly string[] | null): void {
    this.#batches = batches;
  }

  /** Claims no further job; what runs goes on. */
  pause(): void {
    this.#owner = null;
  }

  /** From now on so many jobs render at the same time; those that render go on. */
  setWorkers(workers: number): void {
    this.#limits.workers = workers;
    this.wake();
  }

  /** So many jobs are being checked: the threads that render them may start meanwhile. */
  expect(jobs: number): void {
    if (this.#owner !== null) this.#parts.pool.prepare(Math.min(jobs, this.#limits.workers));
  }

  /** Looks for runnable jobs, and emits `engine:idle` when the last one has ended. Call it after every change. */
  wake(): void {
    try {
      while (this.#owner !== null && this.#outage?.isWaiting !== true && this.#hasRoom) {
        if (!this.#claim(this.#owner)) break;
        this.#idle = false;
      }
      this.#settleIdle();
    } catch (error) {
      this.#handle(error);
    }
  }

  /** Kills the renders of these jobs; those that do not run here are passed over. Resolves when all have ended. */
  async kill(jobIds: Iterable<string>): Promise<void> {
    const wanted = new Set(jobIds);
    await this.#kill([...this.#running.values()].filter(({ job }) => wanted.has(job.id)));
  }

  /** Kills all renders after the right to render was lost. The store ignores their results. */
  async abandon(): Promise<void> {
    this.pause();
    await this.#kill([...this.#running.values()]);
  }

  /** Claims nothing any more, and resolves when nothing runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.pause();
    this.#outage?.stop();
    await Promise.all([...this.#running.values()].map((run) => run.ended));
    this.#reports.drop();
  }

  /** Asks every render to end, without waiting for it. */
  killAll(): void {
    for (const { render } of this.#running.values()) render.kill();
  }

  /** Whether another renderer may start: there are never more than `workers` of them. */
  get #hasRoom(): boolean {
    const { workers } = this.#limits;
    if (this.#running.size >= workers + FINISHING) return false;
    return [...this.#running.values()].filter(({ hasRendered }) => !hasRendered).length < workers;
  }

  /** Whether there was a job to begin with. */
  #claim(owner: number): boolean {
    const { store, events } = this.#parts;
    const { outputDir } = this.#limits;
    const id = ulid(undefined, random);
    const { path, inARow } = this.#template;
    const templatePath = inARow < SAME_TEMPLATE_IN_A_ROW ? path : null;
    const workDir = workFolderOf(outputDir, id);
    const job = store.attempts.claim({ id, owner, workDir, outputDir, templatePath, batches: this.#batches });
    if (job === undefined) return false;
    this.#outage?.storeWorked();
    this.#template = { path: job.templatePath, inARow: templatePath === job.templatePath ? inARow + 1 : 1 };
    const attempt = { id, jobId: job.id, owner };
    const ended = Promise.withResolvers<void>();
    const rendered = () => {
      run.hasRendered = true;
      this.wake();
    };
    const render = this.#render(job, attempt, rendered);
    const run: Run = { job, attempt, render, hasRendered: false, ended: ended.promise };
    this.#running.set(id, run);
    void this.#awaitEnd(run)
      .catch((error: unknown) => this.#handle(error))
      .finally(ended.resolve);
    // Last, since a listener may kill this very job.
    events.announce();
    return true;
  }

  /** `onRendered` is called at most once, if the renderer has succeeded, and never before this method has returned. */
  #render(job: ClaimedJob, attempt: Attempt, onRendered: () => void): RunningRender {
    const { pool, store, taskOf, takeUpload } = this.#parts;
    let rendering: RunningRender | null = null;
    const killed = new AbortController();
    const describeAndRender = async (): Promise<RenderResult> => {
      const task = await taskOf(job, attempt.id, () => store.jobs.children(job.id));
      if (killed.signal.aborted) return { outcome: 'killed' };
      rendering = pool.render(task, (message) => {
        if (message.type === 'rendered') onRendered();
        else this.#reports.take({ job, attempt, message });
      });
      const result = await rendering.result;
      return result.outcome === 'published' && task.upload !== null
        ? await deliver(task.upload, task, result, { takeUpload, signal: killed.signal })
        : result;
    };
    const kill = () => {
      killed.abort();
      rendering?.kill();
    };
    const result = describeAndRender().catch((error: unknown) => {
      // The job cannot even be described, since what it was made of has changed; or the option upload has failed; or this
      // library is at fault.
      const failed = failedResult(error);
      if (failed.code === 'INTERNAL') {
        const text = `aerender-batch: ${stackOf(error)}\n`;
        this.#reports.take({ job, attempt, message: { type: 'log', text } });
      }
      return failed;
    });
    return { result, kill };
  }

  async #awaitEnd(run: Run): Promise<void> {
    const result = await run.render.result;
    // A close has given the render up: the next open finds its job again.
    if (!this.#parts.store.isOpen) return;
    const lacking = result.outcome === 'failed' && result.waitFirst ? result : null;
    const shortage = lacking === null ? null : this.#inOutage().lacks();
    const pause = shortage?.next();
    // A shortage that has just begun is not the job's fault.
    const outcome: AttemptOutcome =
      shortage?.isShort === true ? { outcome: 'interrupted' } : outcomeOf(result, run.job, this.#limits.retries);
    await this.#durably(() => this.#reports.writeWith(() => this.#parts.store.attempts.end(run.attempt, outcome)));
    if (lacking === null || pause === undefined) this.#outage?.endShortage();
    else this.#inOutage().waitFirst(pause, lacking.message);
    this.#running.delete(run.attempt.id);
    this.#parts.events.announce();
    this.wake();
  }

  /** Writes what must not be lost: while the disk is full it waits. A close does not wait: the next start finds the job again. */
  async #durably(write: () => void): Promise<void> {
    for (;;) {
      try {
        write();
        this.#outage?.endWritten();
        return;
      } catch (error) {
        this.#handle(error);
        // Only a full or held file gets better by waiting.
        if (!(error instanceof DatabaseError) || this.#stopped) return;
        await delay(OUTAGE_RETRY_MS);
      }
    }
  }

  async #kill(runs: readonly Run[]): Promise<void> {
    for (const run of runs) run.render.kill();
    await Promise.all(runs.map((run) => run.ended));
  }

  /** Stops claiming for one second and emits `engine:error` once per outage. */
  storeFailed(thrown: unknown): void {
    this.#inOutage().storeFailed(thrown);
  }

  #inOutage(): Outage {
    const { emitter } = this.#parts.events;
    this.#outage ??= new Outage(
      (error) => emitter.report(error, { paused: true }),
      () => this.wake(),
    );
    if (this.#stopped) this.#outage.stop();
    return this.#outage;
  }

  /** Another engine has the right to render: its owner notices within a second, and abandons what runs. */
  #handle(thrown: unknown): void {
    if (thrown instanceof NotOwnerError) this.pause();
    else this.storeFailed(thrown);
  }

  #settleIdle(): void {
    const idle = this.isIdle;
    const became = idle && !this.#idle;
    this.#idle = idle;
    if (became) this.#parts.events.emitter.emit('engine:idle', {});
  }
}

function outcomeOf(result: RenderResult, job: ClaimedJob, retries: number): AttemptOutcome {
  switch (result.outcome) {
    case 'published': {
      const { path, warnings, renderDuration, startDuration } = result;
      return { outcome: 'published', path, warnings, renderDuration, startDuration };
    }
    case 'killed':
      return { outcome: 'interrupted' };
    case 'failed': {
      const retry = decideRetry(result, job, retries);
      const fault = { code: result.code, error: result.message, renderDuration: result.renderDuration };
      return retry === null ? { outcome: 'failed', ...fault } : { outcome: 'retried', ...fault, runAlone: retry.alone };
    }
  }
}
