import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { EngineEmitter } from '../emitter.ts';
import { DatabaseError, EngineError, RenderError } from '../errors.ts';
import type { TaskFactory } from '../plan/render-task.ts';
import type { RenderMessage, RenderResult } from '../render/messages.ts';
import type { RenderPool, RunningRender } from '../render/pool.ts';
import type { ClaimedJob, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { decideRetry } from './retry.ts';

/** How long a paused engine waits before it looks whether the disk has room again. */
const DISK_RETRY_MS = 1_000;

interface Run {
  job: JobRecord;
  attemptId: string;
  render: RunningRender;
  /** Settles after the end is written. */
  ended: Promise<void>;
}

export interface SchedulerParts {
  store: Store;
  pool: RenderPool;
  emitter: EngineEmitter;
  /** Called after every write: the events of what it changed. */
  announce: () => void;
  taskOf: TaskFactory;
  workers: number;
  retries: number;
  workFolderOf: (attemptId: string) => string;
}

/**
 * Decides which job runs next, and what its end means. It claims jobs from the store, hands them to the pool, and
 * writes what comes back. It knows no SQL and no processes.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #running = new Map<string, Run>();
  #active = false;
  #stopped = false;
  #batches: readonly string[] | null = null;
  /** The store takes no writes: nothing is claimed until it is looked at again. */
  #blocked: NodeJS.Timeout | null = null;
  /** That it takes none was told, and no write has gone well since. */
  #told = false;
  #idle = true;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Begins to claim jobs, or goes on with it. */
  start(): void {
    if (this.#stopped) return;
    this.#active = true;
    this.wake();
  }

  /** Claims jobs of these batches only; null: of every batch, and those that were created alone. */
  restrictTo(batches: readonly string[] | null): void {
    this.#batches = batches;
  }

  /** Claims no further job; what runs goes on. */
  pause(): void {
    this.#active = false;
  }

  /** Looks for runnable jobs. Call it after every change that may have made one. */
  wake(): void {
    try {
      while (this.#active && this.#blocked === null && this.#running.size < this.#parts.workers) {
        if (!this.#claim()) break;
        this.#idle = false;
      }
      this.#settleIdle();
    } catch (error) {
      this.storeFailed(error);
    }
  }

  /** Whether nothing is queued and nothing renders, here or in another process. */
  get isIdle(): boolean {
    if (this.#running.size > 0) return false;
    const { queued, rendering } = this.#parts.store.jobs.counts();
    return queued + rendering === 0;
  }

  /** Ends the renders of these jobs; those that do not run here are passed over. Resolves when all have ended. */
  async kill(jobIds: Iterable<string>): Promise<void> {
    const runs = [...jobIds].flatMap((id) => this.#running.get(id) ?? []);
    for (const run of runs) run.render.kill();
    await Promise.all(runs.map((run) => run.ended));
  }

  /** Ends everything that runs: another engine has the right to it now, and the store refuses our word on its end. */
  async abandon(): Promise<void> {
    await this.kill([...this.#running.keys()]);
  }

  /** Claims nothing any more, and resolves when nothing runs. */
  async stop(running: 'finish' | 'kill'): Promise<void> {
    this.#stopped = true;
    this.#active = false;
    this.#unblock();
    const runs = [...this.#running.values()];
    if (running === 'kill') for (const run of runs) run.render.kill();
    await Promise.all(runs.map((run) => run.ended));
  }

  /** Whether there was a job to begin with. */
  #claim(): boolean {
    const { store, workFolderOf, announce } = this.#parts;
    const attemptId = ulid();
    const job = store.jobs.claim({ id: attemptId, workDir: workFolderOf(attemptId) }, { batches: this.#batches });
    if (job === undefined) return false;
    this.#told = false;
    const ended = Promise.withResolvers<void>();
    const run: Run = { job, attemptId, render: this.#render(job, attemptId), ended: ended.promise };
    this.#running.set(job.id, run);
    void this.#follow(run)
      .catch((error: unknown) => this.storeFailed(error))
      .finally(ended.resolve);
    // Last: a listener may ask for the end of this very job.
    announce();
    return true;
  }

  #render(job: ClaimedJob, attemptId: string): RunningRender {
    const { pool, store, taskOf } = this.#parts;
    let rendering: RunningRender | null = null;
    let killed = false;
    const describeAndRender = async (): Promise<RenderResult> => {
      const task = await taskOf(job, attemptId, store.jobs.children(job.id));
      if (killed) return { outcome: 'killed' };
      rendering = pool.render(task, (message) => this.#receive(job, attemptId, message));
      return await rendering.result;
    };
    const kill = () => {
      killed = true;
      rendering?.kill();
    };
    return { result: describeAndRender().catch(failed), kill };
  }

  async #follow(run: Run): Promise<void> {
    const { announce } = this.#parts;
    const result = await run.render.result;
    await this.#durably(() => this.#writeEnd(run, result));
    this.#running.delete(run.job.id);
    announce();
    this.wake();
  }

  #writeEnd({ job, attemptId }: Run, result: RenderResult): void {
    const { jobs } = this.#parts.store;
    if (result.outcome === 'published') {
      jobs.finish(job.id, attemptId, { renderDuration: result.renderDuration });
    } else if (result.outcome === 'killed') {
      // The store knows whether the job is cancelled; one whose engine closes is rendered again by the next one.
      jobs.requeue(job.id, attemptId, { runAlone: job.runAlone, countsAsAttempt: false });
    } else {
      const retry = decideRetry(result, job, this.#parts.retries);
      if (retry === null)
        jobs.fail(job.id, attemptId, {
          code: result.code,
          error: result.message,
          renderDuration: result.renderDuration,
        });
      else jobs.requeue(job.id, attemptId, { runAlone: retry.alone });
    }
  }

  #receive(job: JobRecord, attemptId: string, message: RenderMessage): void {
    const { store, emitter } = this.#parts;
    const ids = { batchId: job.batchId, jobId: job.id, parentId: job.parentId };
    try {
      switch (message.type) {
        case 'started':
          store.attempts.started(attemptId, message.process.pid, message.process.startedAt);
          break;
        case 'progress': {
          const { type: _, ...progress } = message;
          if (message.progress !== null) store.jobs.progress(job.id, message.progress);
          emitter.emit('job:progress', { ...ids, ...progress });
          break;
        }
        case 'log':
          store.logs.append(job.id, message.text);
          emitter.emit('job:log', { ...ids, text: message.text });
          break;
        case 'missingFonts':
          store.jobs.addMissingFonts(job.id, message.fonts);
          break;
        case 'ended':
          break;
      }
    } catch (error) {
      // Progress and log are not worth a render; what ends the job is written again until it is on disk.
      this.storeFailed(error);
    }
  }

  /** Writes what must not be lost: while the disk is full it waits. A close does not: the next start finds the job again. */
  async #durably(write: () => void): Promise<void> {
    for (;;) {
      try {
        write();
        this.#told = false;
        this.#unblock();
        return;
      } catch (error) {
        this.storeFailed(error);
        // Only a full or held file gets better by waiting.
        if (!(error instanceof DatabaseError) || this.#stopped) return;
        await delay(DISK_RETRY_MS);
      }
    }
  }

  /** The store has taken a write that is not of a job. */
  storeWorks(): void {
    if (this.#blocked === null) this.#told = false;
  }

  /** Claims nothing for a while, and says so once, however often the store is found to take no writes until it does. */
  storeFailed(thrown: unknown): void {
    if (this.#blocked === null && !this.#stopped) {
      this.#blocked = setTimeout(() => {
        this.#blocked = null;
        this.wake();
      }, DISK_RETRY_MS).unref();
    }
    if (this.#told) return;
    this.#told = true;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#parts.emitter.emit('engine:error', { error, paused: true });
  }

  #unblock(): void {
    if (this.#blocked !== null) clearTimeout(this.#blocked);
    this.#blocked = null;
  }

  #settleIdle(): void {
    const idle = this.isIdle;
    const became = idle && !this.#idle;
    this.#idle = idle;
    if (became) this.#parts.emitter.emit('engine:idle', {});
  }
}

function failed(error: unknown): RenderResult {
  return {
    outcome: 'failed',
    code: error instanceof EngineError ? error.code : 'WORKER_LOST',
    message: error instanceof Error ? error.message : String(error),
    retryable: error instanceof RenderError && error.retryable,
    retryAlone: false,
    waitFirst: false,
    renderDuration: null,
  };
}
