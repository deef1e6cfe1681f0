import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import Sqlite, { type Database } from 'better-sqlite3';
import { BatchEngine } from '../../lib/engine.ts';
import { EngineError } from '../../lib/errors.ts';
import type { JobStateEvent } from '../../lib/events/events.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { isTerminal } from '../../lib/status.ts';
import { aeJob, FAKE_AERENDER } from './engine.ts';
import { fc } from './property.ts';

/** Where a walk takes place: a file and a folder of its own. */
export interface Ground {
  database: string;
  outputDir: string;
  project: string;
}

/** One thing that a host may do; the numbers choose among what is there. */
export interface Step {
  act: Act;
  pick: number;
  other: number;
}

const ACTS = {
  create: 8,
  createAlone: 2,
  get: 3,
  cancelBatch: 2,
  killBatch: 2,
  cancelJob: 3,
  killJob: 3,
  retry: 2,
  retryBatch: 1,
  pause: 1,
  resume: 3,
  close: 1,
  kill: 2,
  openAnother: 3,
  loseThread: 2,
  rest: 8,
} as const;
type Act = keyof typeof ACTS;

/** The steps of a seed, always the same. */
export function stepsOf(seed: number): Step[] {
  const acts = Object.entries(ACTS).map(([act, weight]) => ({ arbitrary: fc.constant(act as Act), weight }));
  const step = fc.record({ act: fc.oneof(...acts), pick: fc.nat(), other: fc.nat() });
  return fc.sample(fc.array(step, { minLength: 15, maxLength: 30, size: 'max' }), { seed, numRuns: 1 }).flat();
}

/** How a render goes; the first ones more often. */
const DAYS = ['good', 'good', 'slow', 'slow', 'crash once', 'error line', 'crash', 'leaves a child', 'no output'];
/** What a call may answer to a host that does not look before. */
const ALLOWED = new Set<unknown>(['NOT_CANCELLABLE', 'NOT_RETRYABLE', 'ENGINE_CLOSED']);
/** Two of one file: one renders, the other may do all the rest. */
const MOST_ENGINES = 2;

type End = 'finished' | 'error' | 'manually_cancelled';

/** A job, as another program sees it in the file. */
interface Row {
  id: string;
  status: string;
  run: number;
}

/** Random operations on real engines of one file; what must not happen is gathered in `faults`. */
export class RandomWalk {
  readonly faults: string[] = [];
  readonly #ground: Ground;
  readonly #engines: BatchEngine[] = [];
  /** For each engine, how it heard each run of a job end. */
  readonly #ends: Map<string, End>[] = [];
  readonly #batches: string[] = [];
  readonly #calls = new Map<BatchEngine, Promise<void>[]>();
  readonly #threads: Worker[] = [];
  readonly #tally: Record<string, number> = {};
  #reader: Database | undefined;
  #days = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Takes the steps, lets everything come to its end, and looks whether all is as it must be. */
  async run(steps: readonly Step[]): Promise<void> {
    process.on('worker', this.#note);
    try {
      await this.#open();
      for (const step of steps) await this.#take(step);
      for (const engine of this.#engines) await this.#callsOf(engine);
      if (this.#engines.length === 0) await this.#open();
      for (const engine of this.#engines) await engine.resume();
      for (const engine of this.#engines) await engine.idle();
      await this.#check();
    } finally {
      process.off('worker', this.#note);
      await Promise.all(this.#engines.map((engine) => engine.close({ running: 'kill' })));
      this.#reader?.close();
    }
    await this.#checkLeft();
  }

  /** How many jobs ended in which way. */
  get tally(): Record<string, number> {
    return { ...this.#tally };
  }

  async #take({ act, pick, other }: Step): Promise<void> {
    if (this.#engines.length === 0) await this.#open();
    const engine = this.#engines[pick % this.#engines.length];
    assert.ok(engine);
    switch (act) {
      case 'create':
        return await this.#call(async () => {
          const jobs = Array.from({ length: 1 + (other % 3) }, (_, index) => this.#job(other + index, 2));
          const created = await engine.batches.create({ jobs });
          this.#batches.push(created.batchId);
        });
      case 'createAlone':
        return await this.#call(() => engine.jobs.create(this.#job(other, 1)));
      case 'get':
        return await this.#call(() => this.#look(engine, other));
      case 'cancelBatch':
      case 'killBatch':
        return this.#meanwhile(engine, () => this.#cancelBatch(engine, other, act === 'killBatch' ? 'kill' : 'skip'));
      case 'cancelJob':
      case 'killJob':
        return this.#meanwhile(engine, () => this.#cancelJob(engine, other, act === 'killJob' ? 'kill' : 'skip'));
      case 'retry':
        return this.#meanwhile(engine, async () => {
          const id = this.#anyJob(other);
          if (id !== undefined) await engine.jobs.retry(id);
        });
      case 'retryBatch':
        return this.#meanwhile(engine, async () => {
          const id = this.#batches[other % this.#batches.length];
          if (id !== undefined) await engine.batches.retry(id);
        });
      case 'pause':
        return await this.#call(() => engine.pause());
      case 'resume':
        return this.#meanwhile(engine, () => Promise.all([engine.resume(), engine.resume()]));
      case 'close':
      case 'kill':
        this.#engines.splice(this.#engines.indexOf(engine), 1);
        await this.#callsOf(engine);
        return await this.#call(() => engine.close({ running: act === 'kill' ? 'kill' : 'finish' }));
      case 'openAnother':
        if (this.#engines.length < MOST_ENGINES) await this.#open();
        return;
      case 'loseThread':
        await this.#threads[other % this.#threads.length]?.terminate();
        return;
      case 'rest':
        await delay(other % 300);
    }
  }

  async #open(): Promise<void> {
    const { database, outputDir } = this.#ground;
    const engine = await BatchEngine.open({
      database,
      outputDir,
      workers: 2,
      aerender: { binaries: { ae2026: FAKE_AERENDER } },
    });
    this.#reader ??= new Sqlite(database, { readonly: true });
    this.#listen(engine, this.#reader);
    this.#engines.push(engine);
  }

  #listen(engine: BatchEngine, reader: Database): void {
    const ends = new Map<string, End>();
    this.#ends.push(ends);
    const end = ({ jobId, local: { run } }: JobStateEvent, how: End) => {
      const before = ends.get(`${jobId} ${run}`);
      if (before !== undefined) this.faults.push(`${jobId} ended twice: ${before}, ${how}`);
      ends.set(`${jobId} ${run}`, how);
    };
    const unfinished = reader.prepare<[string], { count: number }>(
      "SELECT count(*) AS count FROM jobs WHERE parent_id = ? AND status <> 'finished'",
    );
    engine.on('job:finished', (event) => end(event, 'finished'));
    engine.on('job:error', (event) => end(event, 'error'));
    engine.on('job:cancelled', (event) => end(event, 'manually_cancelled'));
    engine.on('job:started', ({ jobId, local: { run } }) => {
      if (ends.has(`${jobId} ${run}`)) this.faults.push(`${jobId} started after its end`);
      if (unfinished.get(jobId)?.count !== 0) this.faults.push(`${jobId} started before its children had finished`);
    });
    engine.on('engine:error', ({ error }) => this.faults.push(`engine:error: ${error.stack}`));
  }

  async #call(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (error instanceof EngineError && ALLOWED.has(error.code)) return;
      this.faults.push(`a call failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  /** The next steps do not wait for it. */
  #meanwhile(engine: BatchEngine, call: () => Promise<unknown>): void {
    this.#calls.set(engine, [...(this.#calls.get(engine) ?? []), this.#call(call)]);
  }

  async #callsOf(engine: BatchEngine): Promise<void> {
    await Promise.all(this.#calls.get(engine) ?? []);
    this.#calls.delete(engine);
  }

  /** Threads that render; the one that reads templates has more memory. */
  readonly #note = (thread: Worker): void => {
    if ((thread.resourceLimits?.maxOldGenerationSizeMb ?? 0) > 256) return;
    this.#threads.push(thread);
    thread.once('exit', () => this.#threads.splice(this.#threads.indexOf(thread), 1));
  };

  #job(number: number, depth: number): JobCreationInput {
    this.#days += 1;
    const day = DAYS[number % DAYS.length];
    const children = number % 3 === 0 && depth > 0 ? 1 + (number % 2) : 0;
    const assets = Array.from({ length: children }, (_, index) => ({
      ...this.#job(Math.trunc(number / 3) + index, depth - 1),
      type: 'job' as const,
      layerName: 'any',
      settings: { type: 'image' as const, frames: 0 },
    }));
    return aeJob(this.#ground.project, `${day}:${basename(this.#ground.database)}-${this.#days}`, { assets });
  }

  #anyJob(number: number): string | undefined {
    const ids = this.#rows().map(({ id }) => id);
    return ids[number % ids.length];
  }

  async #look(engine: BatchEngine, number: number): Promise<void> {
    const id = this.#batches[number % this.#batches.length];
    if (id === undefined) return;
    const { stats, jobs } = await engine.batches.get(id);
    const count = (...statuses: string[]) => jobs.filter(({ status }) => statuses.includes(status)).length;
    assert.deepEqual(stats, {
      total: jobs.length,
      finished: count('finished'),
      error: count('error', 'manually_cancelled'),
      pending: count('queued', 'pending', 'render:dorender'),
    });
  }

  async #cancelBatch(engine: BatchEngine, number: number, running: 'skip' | 'kill'): Promise<void> {
    const id = this.#batches[number % this.#batches.length];
    if (id === undefined) return;
    const { jobs } = await engine.batches.cancel(id, { running });
    const renders = jobs.find(({ status }) => status === 'render:dorender');
    if (running === 'kill' && renders !== undefined) this.faults.push(`${renders.id} renders on after its kill`);
  }

  async #cancelJob(engine: BatchEngine, number: number, running: 'skip' | 'kill'): Promise<void> {
    const id = this.#anyJob(number);
    if (id === undefined) return;
    const cancelled = await engine.jobs.cancel(id, { running });
    if (!cancelled.some((job) => job.id === id)) this.faults.push(`${id} was cancelled, and is not in the answer`);
  }

  #rows(): Row[] {
    return this.#reader?.prepare<[], Row>('SELECT id, status, run FROM jobs ORDER BY seq').all() ?? [];
  }

  async #check(): Promise<void> {
    const [engine] = this.#engines;
    assert.ok(engine);
    for (const [index] of this.#batches.entries()) await this.#look(engine, index);
    for (const row of this.#rows()) {
      this.#checkEnd(row);
      this.#tally[row.status] = (this.#tally[row.status] ?? 0) + 1;
    }
    const outputs = (await readdir(this.#ground.outputDir)).filter((name) => name !== '.aerender-batch');
    const finished = this.#rows().filter(({ status }) => status === 'finished');
    assert.deepEqual(outputs.toSorted(), finished.map(({ id }) => `${id}.png`).toSorted());
    const open = this.#reader?.prepare('SELECT id FROM attempts WHERE ended_at IS NULL').all();
    assert.deepEqual(open, [], 'every attempt has its end');
  }

  #checkEnd({ id, status, run }: Row): void {
    if (!isTerminal(status as never)) this.faults.push(`${id} has not ended: it is ${status}`);
    const told = this.#ends.flatMap((ends) => ends.get(`${id} ${run}`) ?? []);
    if (told.length === 0) this.faults.push(`nobody was told of the end of ${id}`);
    if (told.some((end) => end !== status)) this.faults.push(`${id} is ${status}; the events said ${told.join(', ')}`);
  }

  async #checkLeft(): Promise<void> {
    assert.deepEqual(await findProcessesByArgument(this.#ground.outputDir), []);
    assert.deepEqual(await readdir(join(this.#ground.outputDir, '.aerender-batch')).catch(() => []), []);
  }
}
