import { monotonicFactory } from 'ulid';
import type { BatchCancellation, BatchCreation, BatchDetails, BatchListItem } from '../contract/answers.ts';
import { parseId } from '../contract/id.ts';
import { ConflictError, type EngineError, JobRefusedError, NotFoundError } from '../errors.ts';
import { FamilyPlanner } from '../plan/family.ts';
import { parseBatch } from '../plan/parse.ts';
import type { BatchInput } from '../plan/request.ts';
import { batchCancellationStatus, batchCreationStatus, batchStatus, type JobStatus } from '../status.ts';
import type { BatchRecord, NewJob } from '../store/records.ts';
import { batchAnswer, iso, jobAnswer } from './answers.ts';
import { type BatchEvent, batchEvents } from './batch-events.ts';
import { afterWrite, type EngineContext, requireOpen } from './context.ts';
import { endRunning } from './running.ts';

/** Between so many jobs of a large batch the host's event loop gets a turn. */
const JOBS_A_TURN = 20;

export interface WaitOptions {
  /** Ends the wait with the signal's reason; the batch goes on. */
  signal?: AbortSignal;
}

export interface CreateOptions {
  /** Answers the same and stores nothing: ids of such an answer name nothing. */
  dryRun?: boolean;
  /** Called for each warning of a job that was accepted; `jobs.warnings` gives them later as well. */
  onWarning?: (warning: JobWarning) => void;
}

/** What does not keep a job from being rendered, but may not be what was wanted. */
export interface JobWarning {
  /** The job's position in the request. */
  index: number;
  message: string;
}

export interface CancelOptions {
  /** `skip` (as the cloud does): a job that renders goes on. `kill`: it is ended with its whole process tree. */
  running?: 'skip' | 'kill';
}

export interface ListOptions {
  /** 1-1,000; default 100. */
  limit?: number;
  /** The id of the last batch of the page before. */
  after?: string;
}

/**
 * Batches of jobs, in the shapes of the Nexrender Cloud API v2.
 *
 * @example
 * const created = await engine.batches.create({ jobs: [{ template: { id, composition: 'main' }, assets: [] }] });
 * const done = await engine.batches.wait(created.batchId);
 */
export class Batches {
  readonly #context: EngineContext;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /**
   * Stores 1 to 1,000 jobs and queues them. A job with a fault becomes an entry of `errors` (`index`, `error`,
   * `errorCode`), and the others go on; what is answered is on disk.
   *
   * @throws {ValidationError} The envelope is wrong: no `jobs`, none, or more than 1,000.
   */
  async create(body: BatchInput, { dryRun = false, onWarning }: CreateOptions = {}): Promise<BatchCreation> {
    requireOpen(this.#context);
    const values = parseBatch(body);
    const nextUlid = monotonicFactory();
    const now = this.#context.config.clock();
    const newId = () => nextUlid(now);
    const { planner, config } = this.#context;
    const family = new FamilyPlanner({ planning: planner.begin(), outputDir: config.outputDir, newId });
    const batchId = newId();
    const rows: NewJob[] = [];
    const jobs: BatchCreation['jobs'] = [];
    const errors: NonNullable<BatchCreation['errors']> = [];
    const warnings: JobWarning[] = [];
    for (const [index, value] of values.entries()) {
      if (index > 0 && index % JOBS_A_TURN === 0) await turn();
      try {
        const planned = await family.plan(value, index);
        rows.push(...planned.rows);
        jobs.push({ index, ...planned.created });
        warnings.push(...planned.warnings.map((message) => ({ index, message })));
      } catch (error) {
        if (!(error instanceof JobRefusedError)) throw error;
        errors.push({ index, error: error.message, errorCode: error.code });
      }
    }
    requireOpen(this.#context);
    // As in the cloud, a batch of which no job was accepted does not exist afterwards.
    const stored = rows.length > 0 && !dryRun;
    if (stored) this.#context.store.batches.insert(batchId, rows);
    const counts = { totalJobs: values.length, successCount: jobs.length };
    const status = batchCreationStatus(counts.totalJobs, counts.successCount);
    if (stored) {
      this.#context.emitter.emit('batch:created', { batchId, status, ...counts });
      afterWrite(this.#context);
    }
    if (onWarning !== undefined) for (const warning of warnings) this.#context.emitter.tell(onWarning, warning);
    return { batchId, status, ...counts, jobs, ...(errors.length > 0 ? { errors } : {}) };
  }

  /**
   * The state of a batch and of its top-level jobs.
   *
   * @throws {ValidationError} Not an id. @throws {NotFoundError} `BATCH_NOT_FOUND`.
   */
  async get(id: string): Promise<BatchDetails> {
    requireOpen(this.#context);
    const batch = this.#find(id);
    return batchAnswer(batch, this.#context.store.batches.jobs(batch.id));
  }

  /** Batches, the newest first. */
  async list(options: ListOptions = {}): Promise<BatchListItem[]> {
    requireOpen(this.#context);
    const { limit = 100, after } = options;
    if (after !== undefined) parseId('batch', after);
    return this.#context.store.batches
      .list({ limit: Math.min(Math.max(1, Math.trunc(limit)), 1_000), after })
      .map((batch) => ({
        batchId: batch.id,
        createdAt: iso(batch.createdAt),
        status: batchStatus(batch.stats),
        stats: { ...batch.stats },
      }));
  }

  /**
   * Cancels every job of the batch that is queued or pending, nested ones included, in one step.
   *
   * @throws {ValidationError} Not an id. @throws {NotFoundError} `BATCH_NOT_FOUND`.
   */
  async cancel(id: string, options: CancelOptions = {}): Promise<BatchCancellation> {
    requireOpen(this.#context);
    const { store } = this.#context;
    const batch = this.#find(id);
    const before = new Map(store.batches.jobs(batch.id).map((job) => [job.id, job.status]));
    const cancelledJobs = store.batches.cancel(batch.id);
    afterWrite(this.#context);
    if (options.running === 'kill')
      cancelledJobs.push(...(await endRunning(this.#context, store.jobs.running(batch.id))));

    const jobs = store.batches.jobs(batch.id).map((job) => {
      const took = job.status === 'manually_cancelled' && before.get(job.id) !== 'manually_cancelled';
      const base = { index: job.index, id: job.id, status: job.status };
      return took
        ? { ...base, result: 'cancelled' as const }
        : { ...base, result: 'skipped' as const, reason: skipReason(job.status) };
    });
    const cancelledCount = jobs.filter((job) => job.result === 'cancelled').length;
    const skippedCount = jobs.length - cancelledCount;
    this.#context.emitter.emit('batch:cancelled', { batchId: batch.id, cancelledCount, skippedCount });
    return {
      batchId: batch.id,
      status: batchCancellationStatus(jobs.length, cancelledCount),
      totalJobs: jobs.length,
      cancelledCount,
      skippedCount,
      jobs,
      cancelledJobs: cancelledJobs.map(jobAnswer),
    };
  }

  /** Resolves with the state of the batch when its last job has ended, also where another process renders it. */
  async wait(id: string, options: WaitOptions = {}): Promise<BatchDetails> {
    requireOpen(this.#context);
    const { batchId } = await this.get(id);
    for await (const event of batchEvents(this.#context, batchId, options.signal)) {
      if (event.type === 'batch:finished') break;
    }
    return await this.get(batchId);
  }

  /**
   * The events of a batch as they happen, each with its name in `type`; ends after `batch:finished`. A batch that has
   * ended already gives that one event.
   */
  watch(id: string, options: WaitOptions = {}): AsyncIterableIterator<BatchEvent> {
    requireOpen(this.#context);
    const batch = this.#find(id);
    return batchEvents(this.#context, batch.id, options.signal);
  }

  /**
   * Forgets a batch that has ended, with its jobs and logs. The files of its outputs stay.
   *
   * @throws {ConflictError} `IN_USE`: a job of it has not ended.
   */
  async delete(id: string): Promise<void> {
    requireOpen(this.#context);
    const batch = this.#find(id);
    if (batch.stats.pending > 0 || this.#context.store.jobs.running(batch.id).length > 0) {
      throw new ConflictError(
        'IN_USE',
        `Batch ${id} has jobs that have not ended. Wait for them, or cancel the batch first.`,
      );
    }
    this.#context.store.batches.delete(batch.id);
  }

  #find(id: string): BatchRecord {
    const batch = this.#context.store.batches.get(parseId('batch', id));
    if (batch === undefined) throw notFound(id);
    return batch;
  }
}

function notFound(id: string): EngineError {
  return new NotFoundError('BATCH_NOT_FOUND', `No jobs exist with the batch id ${id}. Look it up with batches.list().`);
}

function skipReason(status: JobStatus): string {
  return status === 'render:dorender' ? 'The job is rendering' : `The job is already ${status}`;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
