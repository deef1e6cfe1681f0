/**
 * For the tests of code that uses this library or the cloud's API: an engine in a folder of its own, and waits without
 * sleeps. It knows no test runner: node:test, vitest and jest take it alike.
 */
import { AssertionError } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineOptions } from './config.ts';
import type { Job } from './contract/answers.ts';
import type { UploadRequest } from './contract/delivery.ts';
import { BatchEngine } from './engine.ts';
import { NotFoundError } from './errors.ts';
import type { EngineEventName, JobWebhookEvent } from './events/events.ts';
import { isTerminal, type JobStatus } from './status.ts';

/** An engine of one test. */
export interface TemporaryEngine extends AsyncDisposable {
  engine: BatchEngine;
  /** Holds the database and the outputs, and goes with the engine. */
  folder: string;
  /** The webhooks of jobs that have ended, in their order. */
  webhooks: JobWebhookEvent[];
  /** The outputs that jobs wanted to be uploaded. */
  uploads: UploadRequest[];
  /** Ends what renders, closes the engine and removes the folder. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Opens an engine in a new folder of the system's temporary one. Options count as in `BatchEngine.open`; uploads and
 * webhooks are gathered, and handed on to the options `upload` and `webhook` as well if those are functions.
 *
 * @example
 * await using studio = await temporaryEngine();
 * const { batchId } = await studio.engine.batches.create(batch);
 * const done = await studio.engine.batches.wait(batchId);
 * assert.equal(done.status, 'finished');
 */
export async function temporaryEngine(options: Partial<EngineOptions> = {}): Promise<TemporaryEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
  const uploads: UploadRequest[] = [];
  const webhooks: JobWebhookEvent[] = [];
  const { upload, webhook } = options;
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 10 });
  let engine: BatchEngine;
  try {
    engine = await BatchEngine.open({
      database: join(folder, 'renders.db'),
      outputDir: join(folder, 'renders'),
      ...options,
      upload: async (request, more) => {
        uploads.push(request);
        if (typeof upload === 'function') await upload(request, more);
      },
      webhook: async (event) => {
        webhooks.push(event);
        if (typeof webhook === 'function') await webhook(event);
      },
    });
  } catch (error) {
    await removeFolder();
    throw error;
  }
  const end = async (): Promise<void> => {
    try {
      await engine.close({ running: 'kill' });
    } finally {
      await removeFolder();
    }
  };
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= end());
  return { engine, folder, uploads, webhooks, close, [Symbol.asyncDispose]: close };
}

/** Which job: its id, its place in a batch, a tag, or whatever a function says of it. */
export type JobSelector = string | { batchId: string; index: number } | { tag: string } | ((job: Job) => boolean);

/** Options of `waitForJob`. */
export interface WaitForJobOptions {
  /** Seconds until the wait is over; default 60. */
  timeout?: number;
  /** Ends the wait with the signal's reason. */
  signal?: AbortSignal;
}

/** The events after which a job may be in another state. */
const NEWS = [
  'batch:created',
  'job:queued',
  'job:started',
  'job:finished',
  'job:error',
  'job:cancelled',
] as const satisfies EngineEventName[];

const LONGEST_WAIT_S = 60;
const PAGE = 1_000;

/**
 * Resolves with the first job that the selector fits when it comes into the state; `ended` is any state that is an end. The
 * job need not be there yet. Rejects with an `AssertionError` that says what became of the job: at once if it has ended in
 * another state, else when the time is over.
 *
 * @example
 * const job = await waitForJob(engine, { batchId, index: 0 }, 'finished');
 * const failed = await waitForJob(engine, ({ templateId }) => templateId === id, 'error', { timeout: 5 });
 */
export async function waitForJob(
  engine: BatchEngine,
  selector: JobSelector,
  state: JobStatus | 'ended',
  options: WaitForJobOptions = {},
): Promise<Job> {
  const { timeout = LONGEST_WAIT_S, signal } = options;
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Job>();
  const started = new Set<string>();
  let last: Job | null = null;
  // Looks follow each other: the answer of an earlier one never counts after that of a later one.
  let looks = Promise.resolve();
  const look = () => {
    looks = looks
      .then(async () => {
        const job = await find(engine, selector);
        if (job === undefined) return;
        last = job;
        if (isIn(job, state) || (state === 'render:dorender' && started.has(job.id))) resolve(job);
        else if (isTerminal(job.status)) reject(await wrongState(engine, job, state));
      })
      .catch(reject);
  };
  const onStarted = ({ jobId }: { jobId: string }) => void started.add(jobId);
  const endings = [engine.ended, ...(signal === undefined ? [] : [signal])];
  const onAbort = (event: Event) => reject((event.target as AbortSignal).reason);
  const timer = setTimeout(() => reject(tooLate(last, state, timeout)), timeout * 1_000);
  for (const ending of endings) ending.addEventListener('abort', onAbort);
  engine.on('job:started', onStarted);
  for (const name of NEWS) engine.on(name, look);
  look();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    for (const ending of endings) ending.removeEventListener('abort', onAbort);
    engine.off('job:started', onStarted);
    for (const name of NEWS) engine.off(name, look);
  }
}

function isIn(job: Job, state: JobStatus | 'ended'): boolean {
  return state === 'ended' ? isTerminal(job.status) : job.status === state;
}

async function find(engine: BatchEngine, selector: JobSelector): Promise<Job | undefined> {
  if (typeof selector === 'function') return await findBy(engine, selector);
  if (typeof selector === 'object' && 'tag' in selector) {
    return (await engine.jobs.list({ tags: [selector.tag], sort: 'oldest_first', limit: 1 }))[0];
  }
  try {
    if (typeof selector === 'string') return await engine.jobs.get(selector);
    const { jobs } = await engine.batches.get(selector.batchId);
    const job = jobs.find(({ index }) => index === selector.index);
    return job === undefined ? undefined : await engine.jobs.get(job.id);
  } catch (error) {
    // It may yet be created, by another engine on the file.
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function findBy(engine: BatchEngine, isWanted: (job: Job) => boolean): Promise<Job | undefined> {
  for (let from = 0; ; from += PAGE) {
    const page = await engine.jobs.list({ sort: 'oldest_first', limit: PAGE, from });
    const job = page.find(isWanted);
    if (job !== undefined || page.length < PAGE) return job;
  }
}

async function wrongState(engine: BatchEngine, job: Job, expected: string): Promise<AssertionError> {
  const log = await engine.jobs.logs(job.id).catch(() => '');
  const end = log.trimEnd().split('\n').slice(-10).join('\n');
  const code = job.local.errorCode === null ? '' : ` (${job.local.errorCode})`;
  const error = job.stats.error === null ? '' : `: ${job.stats.error}`;
  const message = `Job ${job.id} was to be ${expected} and is ${job.status}${code}${error}${end === '' ? '' : `\nThe end of its log:\n${end}`}`;
  return new AssertionError({ message, actual: job.status, expected, operator: 'waitForJob' });
}

function tooLate(job: Job | null, expected: string, timeout: number): AssertionError {
  const state = job === null ? 'no job fits the selector' : `job ${job.id} is ${job.status}, at ${job.progress} %`;
  const message = `After ${timeout} seconds ${state}; it was to be ${expected}.`;
  return new AssertionError({ message, actual: job?.status, expected, operator: 'waitForJob' });
}
