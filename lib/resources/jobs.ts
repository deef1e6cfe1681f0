import { access } from 'node:fs/promises';
import { attemptAnswer, jobAnswer } from '../answers.ts';
import type { Job, JobAttempt, JobCreated } from '../contract/answers.ts';
import { type CancelOptions, cancelOptions, type JobListInput, parseJobList } from '../contract/call-options.ts';
import { parseOptions } from '../contract/faults.ts';
import { parseId, parseIds } from '../contract/fields.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { EventHub } from '../events/hub.ts';
import { isMissingFontWarning, missingFontWarning } from '../fonts/choose.ts';
import type { Gate } from '../gate.ts';
import { FamilyPlanner, idsOf } from '../plan/family.ts';
import type { Planner } from '../plan/planner.ts';
import type { JobCreationInput } from '../plan/request.ts';
import type { Cancellation } from '../scheduler/cancellation.ts';
import { isCancellable } from '../status.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { retryJobs } from './retrying.ts';

/** @internal What the jobs of an engine use. */
interface JobsParts {
  gate: Gate;
  store: Store;
  planner: Planner;
  events: EventHub;
  cancellation: Cancellation;
}

/**
 * Single jobs, of a batch or alone.
 *
 * @example
 * const { id } = await engine.jobs.create({ template: { src: 'invitation.json', composition: 'main' } });
 */
export class Jobs {
  readonly #gate: Gate;
  readonly #store: Store;
  readonly #planner: Planner;
  readonly #events: EventHub;
  readonly #cancellation: Cancellation;

  /** @internal An engine makes it. */
  constructor(parts: JobsParts) {
    this.#gate = parts.gate;
    this.#store = parts.store;
    this.#planner = parts.planner;
    this.#events = parts.events;
    this.#cancellation = parts.cancellation;
  }

  /**
   * Stores one job (with its nested ones) outside of any batch, and queues it.
   *
   * @throws {JobRefusedError} The job has a fault; `code` and message are those that a batch would answer.
   * @example
   * const { id } = await engine.jobs.create({ template: { src: 'invitation.json', composition: 'main' } });
   */
  async create(body: JobCreationInput): Promise<JobCreated> {
    this.#gate.requireOpen();
    this.#events.expects(1);
    const families = new FamilyPlanner(this.#planner, idsOf(this.#store.clock()));
    const { rows, created } = await families.plan(body, 0);
    await families.makeOutputFolder();
    this.#gate.requireOpen();
    this.#store.jobs.insert(rows);
    this.#events.changed();
    return created;
  }

  /**
   * The state of a job.
   *
   * @throws {NotFoundError} `JOB_NOT_FOUND`.
   * @example
   * const { status, progress, local } = await engine.jobs.get(jobId);
   */
  async get(id: string): Promise<Job> {
    this.#gate.requireOpen();
    return jobAnswer(this.#find(id));
  }

  /**
   * Jobs by state, time and tag, nested ones included; the filters are those of the API's query.
   *
   * @throws {ValidationError} Wrong options.
   * @example
   * const failed = await engine.jobs.list({ states: ['error'], sort: 'newest_first', limit: 20 });
   */
  async list(options?: JobListInput): Promise<Job[]> {
    this.#gate.requireOpen();
    return this.#store.jobs.list(parseJobList(options === undefined ? {} : options)).map(jobAnswer);
  }

  /**
   * Cancels one job or several, each with its family: a parent takes its waiting children along, a child its parent and
   * the siblings that wait with it. Answers every job that was cancelled.
   *
   * @throws {ConflictError} `NOT_CANCELLABLE`: one of them is neither queued nor pending; nothing was cancelled.
   * @throws {NotFoundError} `JOB_NOT_FOUND`.
   * @example
   * const cancelled = await engine.jobs.cancel([first, second]);
   */
  async cancel(id: string | string[], options?: CancelOptions): Promise<Job[]> {
    this.#gate.requireOpen();
    const { running } = parseOptions(cancelOptions, options);
    const jobs = (Array.isArray(id) ? parseIds('job', id) : [parseId('job', id)]).map((one) => this.#find(one));
    const rendering = jobs.filter((job) => job.status === 'render:dorender');
    const waiting = jobs.filter((job) => isCancellable(job.status));
    const others = jobs.length - waiting.length - (running === 'kill' ? rendering.length : 0);
    if (others > 0) throw notCancellable(jobs, running);
    const family = waiting.length > 0 ? this.#store.jobs.cancel(waiting.map((job) => job.id)) : [];
    this.#events.changed();
    const killed = await this.#cancellation.killRunning(rendering.map((job) => job.id));
    const cancelled = [...family, ...killed];
    if (cancelled.length === 0)
      throw notCancellable(
        rendering.map((job) => this.#find(job.id)),
        running,
      );
    return cancelled.map(jobAnswer);
  }

  /**
   * The log of the job's last attempt, as text; long ones are cut in the middle, with a mark.
   *
   * @throws {NotFoundError} `LOG_NOT_FOUND`: it has not been rendered.
   * @example
   * console.log(await engine.jobs.logs(jobId));
   */
  async logs(id: string): Promise<string> {
    this.#gate.requireOpen();
    const text = this.#store.attempts.lastLog(this.#find(id).id);
    if (text === undefined)
      throw new NotFoundError('LOG_NOT_FOUND', `Job ${id} has no log: it has not been rendered yet.`);
    return text;
  }

  /**
   * What does not keep the job from being rendered, but may not be what was wanted: fonts and footage that are missing,
   * names that stand twice in the template, a template that could not be read whole.
   *
   * @throws {NotFoundError} `JOB_NOT_FOUND`.
   * @example
   * for (const warning of await engine.jobs.warnings(jobId)) console.warn(warning);
   */
  async warnings(id: string): Promise<string[]> {
    this.#gate.requireOpen();
    const { warnings, missingFonts, renderer } = this.#find(id);
    // Those that `create` knew of are among its warnings; a script may have asked for others.
    const late = missingFonts.filter((font) => !warnings.some((warning) => isMissingFontWarning(warning, font)));
    return [...warnings, ...late.map((font) => missingFontWarning(font, { renderer }))];
  }

  /**
   * The path of the finished output on this machine.
   *
   * @throws {NotFoundError} `OUTPUT_NOT_FOUND`: the job has not finished, or its file was removed.
   * @example
   * await copyFile(await engine.jobs.output(jobId), 'invitation.mp4');
   */
  async output(id: string): Promise<string> {
    this.#gate.requireOpen();
    const job = this.#find(id);
    if (job.status !== 'finished') {
      throw new NotFoundError('OUTPUT_NOT_FOUND', `Job ${id} has no output: it is ${job.status}.`);
    }
    try {
      await access(job.outputPath);
    } catch (cause) {
      throw new NotFoundError('OUTPUT_NOT_FOUND', `The output of job ${id} is no longer at ${job.outputPath}.`, {
        cause,
      });
    }
    return job.outputPath;
  }

  /**
   * Opens a top-level job that failed or was cancelled again, under its id and in its batch, which then is `processing`.
   * It is rendered from its plan. Nested jobs that failed or were cancelled run again; finished ones are used if their
   * file is there. Nothing but a retry changes an end.
   *
   * @throws {ConflictError} `NOT_RETRYABLE`: it is in another state, or nested. @throws {NotFoundError} `JOB_NOT_FOUND`.
   * @example
   * const { local } = await engine.jobs.retry(jobId);
   * console.log(local.run); // 2
   */
  async retry(id: string): Promise<Job> {
    this.#gate.requireOpen();
    const job = this.#find(id);
    if (job.parentId !== null) {
      throw new ConflictError(
        'NOT_RETRYABLE',
        `Job ${id} is nested; retry job ${this.#rootOf(job).id}, which needs it.`,
      );
    }
    const [retried] = await retryJobs(this.#store, this.#events, [job.id]);
    return jobAnswer(retried ?? job);
  }

  /**
   * The attempts at a job in all of its runs, the first one first, each with its log.
   *
   * @throws {NotFoundError} `JOB_NOT_FOUND`.
   * @example
   * for (const { number, outcome, error } of await engine.jobs.attempts(jobId)) console.log(number, outcome, error);
   */
  async attempts(id: string): Promise<JobAttempt[]> {
    this.#gate.requireOpen();
    const { attempts } = this.#store;
    return attempts.of(this.#find(id).id).map((attempt) => attemptAnswer(attempt, attempts.log(attempt.id)));
  }

  #rootOf(job: JobRecord): JobRecord {
    return job.parentId === null ? job : this.#rootOf(this.#find(job.parentId));
  }

  #find(id: string): JobRecord {
    const job = this.#store.jobs.get(parseId('job', id));
    if (job === undefined)
      throw new NotFoundError('JOB_NOT_FOUND', `No job has the id ${id}. Look it up with jobs.list().`);
    return job;
  }
}

function notCancellable(jobs: readonly JobRecord[], running: 'skip' | 'kill'): ConflictError {
  const list = jobs.filter((job) => !isCancellable(job.status)).map((job) => `${job.id} is ${job.status}`);
  const advice =
    running !== 'kill' && jobs.some((job) => job.status === 'render:dorender')
      ? ' A job that renders is ended with { running: "kill" }.'
      : '';
  return new ConflictError(
    'NOT_CANCELLABLE',
    `Only queued and pending jobs can be cancelled: ${list.join(', ')}.${advice}`,
  );
}
