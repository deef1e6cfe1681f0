import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { EngineEmitter } from '../emitter.ts';
import { DatabaseError, EngineError, RenderError } from '../errors.ts';
import type { RenderMessage, RenderResult } from '../render/messages.ts';
import type { RenderPool, RunningRender } from '../render/pool.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { TaskFactory } from './render-task.ts';
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
  /** The store does not take writes: nothing is claimed for a while. */
  #blocked = false;
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

  /** Claims no further job; what runs goes on. */
  pause(): void {
    this.#active = false;
  }

  /** Looks for runnable jobs. Call it after every change that may have made one. */
  wake(): void {
    while (this.#active && !this.#blocked && this.#running.size < this.#parts.workers) {
      const job = this.#claim();
      if (job === undefined) break;
      this.#idle = false;
    }
    this.#settleIdle();
  }

  /** Whether nothing is queued and nothing renders. */
  get isIdle(): boolean {
    if (this.#running.size > 0) return false;
    return this.#parts.store.jobs.counts().queued === 0;
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
    const runs = [...this.#running.values()];
    if (running === 'kill') for (const run of runs) run.render.kill();
    await Promise.all(runs.map((run) => run.ended));
  }

  #claim(): JobRecord | undefined {
    const { store, workFolderOf, announce } = this.#parts;
    const attemptId = ulid();
    let claimed: JobRecord | undefined;
    try {
      claimed = store.jobs.claim({ id: attemptId, workDir: workFolderOf(attemptId) });
    } catch (error) {
      this.#storeFailed(error);
      return undefined;
    }
    if (claimed === undefined) return undefined;
    const job = claimed;
    announce();
    const started = Promise.withResolvers<void>();
    const run: Run = { job, attemptId, render: this.#render(job, attemptId), ended: started.promise };
    this.#running.set(job.id, run);
    void this.#follow(run).finally(started.resolve);
    return job;
  }

  #render(job: JobRecord, attemptId: string): RunningRender {
    const { pool, store, taskOf } = this.#parts;
    try {
      return pool.render(taskOf(job, attemptId, store.jobs.children(job.id)), (message) =>
        this.#receive(job, attemptId, message),
      );
    } catch (error) {
      // The job cannot even be described: what it was made of has changed since it was created.
      return { result: Promise.resolve(failed(error)), kill: () => {} };
    }
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
      // A job that was killed because its engine closes is to be run by the next one; a cancelled one is not.
      if (this.#stopped) jobs.requeue(job.id, attemptId, { runAlone: job.runAlone, countsAsAttempt: false });
      else jobs.killed(job.id, attemptId);
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
          store.attempts.started(attemptId, message.pid, message.processStartedAt);
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
      this.#storeFailed(error);
    }
  }

  /** Writes what must not be lost: while the disk is full it waits, and tells so once. */
  async #durably(write: () => void): Promise<void> {
    for (;;) {
      try {
        write();
        this.#blocked = false;
        return;
      } catch (error) {
        this.#storeFailed(error);
        // Only a full or held file gets better by waiting; after anything else the next start finds the job again.
        if (!(error instanceof DatabaseError)) return;
        await delay(DISK_RETRY_MS);
      }
    }
  }

  /** Claims nothing for a while, and says so once; then looks whether the store takes writes again. */
  #storeFailed(thrown: unknown): void {
    if (this.#blocked) return;
    this.#blocked = true;
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.#parts.emitter.emit('engine:error', { error, paused: true });
    setTimeout(() => {
      this.#blocked = false;
      this.wake();
    }, DISK_RETRY_MS).unref();
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
    renderDuration: null,
  };
}
