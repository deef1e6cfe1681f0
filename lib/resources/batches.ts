import { batchAnswer, iso, jobAnswer } from '../answers.ts';
import type { BatchCancellation, BatchCreation, BatchDetails, BatchListItem, BatchRetry } from '../contract/answers.ts';
import {
  type CancelOptions,
  type CreateOptions,
  cancelOptions,
  createOptions,
  type JobWarning,
  type ListOptions,
  listOptions,
  type RetryOptions,
  retryOptions,
  type WaitOptions,
  waitOptions,
} from '../contract/call-options.ts';
import { idsInWords, parseOptions } from '../contract/faults.ts';
import { parseId } from '../contract/fields.ts';
import { ConflictError, type EngineError, JobRefusedError, NotFoundError } from '../errors.ts';
import type { EventHub } from '../events/hub.ts';
import type { BatchEvent } from '../events/watch.ts';
import { type Gate, Turns } from '../gate.ts';
import { FamilyPlanner, idsOf } from '../plan/family.ts';
import { parseBatch } from '../plan/parse.ts';
import type { Planner } from '../plan/planner.ts';
import type { BatchInput } from '../plan/request.ts';
import type { Cancellation } from '../scheduler/cancellation.ts';
import { batchCancellationStatus, batchCreationStatus, batchStatus, type JobStatus } from '../status.ts';
import type { BatchRecord, JobRecord, NewJob } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { retryJobs } from './retrying.ts';

/** @internal What the batches of an engine use. */
interface BatchesParts {
  gate: Gate;
  store: Store;
  planner: Planner;
  events: EventHub;
  cancellation: Cancellation;
}

const RETRYABLE = ['error', 'manually_cancelled'] as const;

/**
 * Batches of jobs, in the shapes of the Nexrender Cloud API v2.
 *
 * @example
 * const created = await engine.batches.create({ jobs: [{ template: { id, composition: 'main' }, assets: [] }] });
 * const done = await engine.batches.wait(created.batchId);
 */
export class Batches {
  readonly #gate: Gate;
  readonly #store: Store;
  readonly #planner: Planner;
  readonly #events: EventHub;
  readonly #cancellation: Cancellation;

  /** @internal An engine makes it. */
  constructor(parts: BatchesParts) {
    this.#gate = parts.gate;
    this.#store = parts.store;
    this.#planner = parts.planner;
    this.#events = parts.events;
    this.#cancellation = parts.cancellation;
  }

  /**
   * Stores 1 to 1,000 jobs and queues them. A job with a fault becomes an entry of `errors` (`index`, `error`,
   * `errorCode`), and the others go on; what is answered is on disk.
   *
   * @throws {ValidationError} The envelope is wrong: no `jobs`, none, or more than 1,000.
   * @example
   * const { batchId, errors = [] } = await engine.batches.create({ jobs });
   * for (const { index, error, errorCode } of errors) console.error(index, errorCode, error);
   */
  async create(body: BatchInput, options?: CreateOptions): Promise<BatchCreation> {
    this.#gate.requireOpen();
    const { dryRun, onWarning } = parseOptions(createOptions, options);
    const values = parseBatch(body);
    if (!dryRun) this.#events.expects(values.length);
    const newId = idsOf(this.#store.clock());
    const families = new FamilyPlanner(this.#planner, newId, { dryRun });
    const batchId = newId();
    const rows: NewJob[] = [];
    const jobs: BatchCreation['jobs'] = [];
    const errors: NonNullable<BatchCreation['errors']> = [];
    const warnings: JobWarning[] = [];
    const turns = new Turns();
    for (const [index, value] of values.entries()) {
      await turns.rest();
      try {
        const planned = await families.plan(value, index);
        rows.push(...planned.rows);
        jobs.push({ index, ...planned.created });
        warnings.push(...planned.warnings.map((message) => ({ index, message })));
      } catch (error) {
        if (!(error instanceof JobRefusedError)) throw error;
        const { message, code, faults } = error;
        errors.push({ index, error: message, errorCode: code, local: { faults } });
      }
    }
    // As in the cloud, a batch of which no job was accepted does not exist afterwards.
    const stored = rows.length > 0 && !dryRun;
    if (stored) await families.makeOutputFolder();
    this.#gate.requireOpen();
    if (stored) this.#store.batches.insert(batchId, rows, errors);
    const counts = { totalJobs: values.length, successCount: jobs.length };
    const status = batchCreationStatus(counts.totalJobs, counts.successCount);
    if (stored) {
      this.#events.emitter.emit('batch:created', { batchId, status, ...counts });
      this.#events.changed();
    }
    if (onWarning !== undefined) for (const warning of warnings) this.#events.emitter.callSafely(onWarning, warning);
    return { batchId, status, ...counts, jobs, ...(errors.length > 0 ? { errors } : {}) };
  }

  /**
   * The state of a batch and of its top-level jobs.
   *
   * @throws {ValidationError} Not an id. @throws {NotFoundError} `BATCH_NOT_FOUND`.
   * @example
   * const { status, stats } = await engine.batches.get(batchId);
   */
  async get(id: string): Promise<BatchDetails> {
    this.#gate.requireOpen();
    return this.#answer(this.#find(id));
  }

  /**
   * Batches, the newest first.
   *
   * @throws {ValidationError} Wrong options.
   * @example
   * const page = await engine.batches.list({ limit: 20 });
   * const next = await engine.batches.list({ limit: 20, after: page.at(-1)?.batchId });
   */
  async list(options?: ListOptions): Promise<BatchListItem[]> {
    this.#gate.requireOpen();
    const { limit, after } = parseOptions(listOptions, options);
    if (after !== undefined) parseId('batch', after);
    return this.#store.batches.list({ limit, after }).map((batch) => ({
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
   * @example
   * const { cancelledCount } = await engine.batches.cancel(batchId, { running: 'kill' });
   */
  async cancel(id: string, options?: CancelOptions): Promise<BatchCancellation> {
    this.#gate.requireOpen();
    const { running } = parseOptions(cancelOptions, options);
    const batch = this.#find(id);
    const cancelledJobs = this.#store.batches.cancel(batch.id);
    this.#events.changed();
    if (running === 'kill')
      cancelledJobs.push(...(await this.#cancellation.killRunning(this.#store.jobs.running(batch.id))));
    const cancelledIds = new Set(cancelledJobs.map((job) => job.id));
    const jobs = this.#store.batches.jobs(batch.id).map((job) => {
      const base = { index: job.index, id: job.id, status: job.status };
      return cancelledIds.has(job.id)
        ? { ...base, result: 'cancelled' as const }
        : { ...base, result: 'skipped' as const, reason: skipReason(job.status) };
    });
    const cancelledCount = jobs.filter((job) => job.result === 'cancelled').length;
    const skippedCount = jobs.length - cancelledCount;
    this.#events.emitter.emit('batch:cancelled', { batchId: batch.id, cancelledCount, skippedCount });
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

  /**
   * Opens failed and cancelled top-level jobs of a batch again, under their ids: the batch is `processing` then, and its
   * events and webhooks come again, with the number of the `run`. Nested jobs that failed or were cancelled run again;
   * finished ones are used if their file is there. Without a job to open, nothing changes.
   *
   * @throws {ValidationError} Wrong options. @throws {NotFoundError} `BATCH_NOT_FOUND`, `JOB_NOT_FOUND`.
   * @throws {ConflictError} `NOT_RETRYABLE`: one of `jobs` has not failed and was not cancelled; nothing was opened.
   * @example
   * const { retriedCount } = await engine.batches.retry(batchId, { states: ['error'] });
   */
  async retry(id: string, options?: RetryOptions): Promise<BatchRetry> {
    this.#gate.requireOpen();
    const { states, jobs: wanted } = parseOptions(retryOptions, options);
    const batch = this.#find(id);
    const top = this.#store.batches.jobs(batch.id);
    const stranger = wanted?.find((jobId) => top.every((job) => job.id !== jobId));
    if (stranger !== undefined)
      throw new NotFoundError('JOB_NOT_FOUND', `Batch ${id} has no top-level job with the id ${stranger}.`);
    const isOfState = ({ status }: JobRecord) =>
      (states ?? RETRYABLE).some((state) => state === status) || (wanted !== undefined && states === undefined);
    const isWanted = (job: JobRecord) => isOfState(job) && (wanted === undefined || wanted.includes(job.id));
    const ids = top.filter(isWanted).map((job) => job.id);
    const retried = ids.length === 0 ? [] : await retryJobs(this.#store, this.#events, ids);
    const { run } = this.#find(id);
    return { batchId: batch.id, run, retriedCount: retried.length, jobs: retried.map(jobAnswer) };
  }

  /**
   * Resolves with the state of the batch when its last job has ended, also where another process renders it.
   *
   * @throws {NotFoundError} `BATCH_NOT_FOUND`: there is none, or it was deleted meanwhile.
   * @throws {EngineError} `ENGINE_CLOSED`: the engine was closed before the batch had ended.
   * @example
   * const { status, stats } = await engine.batches.wait(batchId, { signal: AbortSignal.timeout(3_600_000) });
   */
  async wait(id: string, options?: WaitOptions): Promise<BatchDetails> {
    for await (const event of this.watch(id, options)) {
      if (event.type === 'batch:finished') break;
    }
    return this.#answer(this.#find(id));
  }

  /**
   * The events of a batch as they happen, each with its name in `type`; ends after `batch:finished`. A batch that has
   * ended already gives that one event. Listening begins with the call. A wrong call rejects the first `next()`; so does
   * `next()` with `BATCH_NOT_FOUND` when the batch is deleted, and with `ENGINE_CLOSED` when the engine is closed.
   *
   * @example
   * for await (const event of engine.batches.watch(batchId)) {
   *   if (event.type === 'job:progress') console.log(event.jobId, event.progress);
   * }
   */
  watch(id: string, options?: WaitOptions): AsyncIterableIterator<BatchEvent> {
    try {
      this.#gate.requireOpen();
      const { signal } = parseOptions(waitOptions, options);
      return this.#events.watches.watch(this.#find(id).id, signal);
    } catch (error) {
      return this.#events.watches.failed(error);
    }
  }

  /**
   * Forgets a batch that has ended, with its jobs and logs. The files of its outputs stay.
   *
   * @throws {ConflictError} `IN_USE`: a job of it has not ended.
   * @example
   * await engine.batches.delete(batchId);
   */
  async delete(id: string): Promise<void> {
    this.#gate.requireOpen();
    const batch = this.#find(id);
    const open = this.#store.batches.unended(batch.id);
    if (open.length > 0) {
      throw new ConflictError(
        'IN_USE',
        `Batch ${id} has jobs that have not ended: ${idsInWords(open)}. Wait for them, or cancel the batch first.`,
      );
    }
    this.#store.batches.delete(batch.id);
    this.#events.watches.endDeleted();
  }

  #answer(batch: BatchRecord): BatchDetails {
    const { batches } = this.#store;
    return batchAnswer(batch, batches.jobs(batch.id), batches.refused(batch.id));
  }

  #find(id: string): BatchRecord {
    const batch = this.#store.batches.get(parseId('batch', id));
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
