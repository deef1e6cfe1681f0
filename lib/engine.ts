/// <reference lib="esnext.disposable" preserve="true" />
import { dirname, isAbsolute, relative } from 'node:path';

import { BundledEncoder } from './aerender/bundled-encoder.ts';
import { type RendererHost, Renderers } from './aerender/renderers.ts';
import { type EngineConfig, type EngineOptions, readOptions } from './config.ts';
import type { Pruned } from './contract/answers.ts';
import {
  type CloseOptions,
  closeOptions,
  type PruneOptions,
  pruneOptions,
  type ResumeOptions,
  resumeOptions,
  type WaitOptions,
  waitOptions,
  workersOption,
} from './contract/call-options.ts';
import { idsInWords, parseOptions } from './contract/faults.ts';
import { EngineError } from './errors.ts';
import type { EngineEventName, EngineListener } from './events/events.ts';
import { EventHub } from './events/hub.ts';
import { FontCatalog } from './fonts/catalog.ts';
import { Gate } from './gate.ts';
import { InspectionThread } from './inspection/thread.ts';
import { requireNode } from './node-version.ts';
import { requireOwnModule } from './own-files.ts';
import { Planner } from './plan/planner.ts';
import { taskFactory } from './plan/render-task.ts';
import { findNodeProgram } from './processes/node-program.ts';
import { Releases } from './releases.ts';
import { RENDER_THREAD, RenderPool } from './render/pool.ts';
import { makeOutputFolder } from './render/work-folder.ts';
import { Batches } from './resources/batches.ts';
import { Fonts } from './resources/fonts.ts';
import { Jobs } from './resources/jobs.ts';
import { prune } from './resources/prune.ts';
import { Templates } from './resources/templates.ts';
import { Cancellation } from './scheduler/cancellation.ts';
import { takerOfUploads, takerOfWebhooks } from './scheduler/delivery.ts';
import { Ownership } from './scheduler/ownership.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { Store } from './store/store.ts';
import { TemplateCatalog } from './template/catalog.ts';

/** A start that fails half-way lets go of what it holds within this time. */
const FAILED_START_MS = 30_000;

/**
 * Renders batches of After Effects jobs on this machine. One engine to a SQLite file renders; others may be opened on
 * the same file, in this process or another, to create, read, cancel and watch, and take over when it is gone.
 *
 * @example
 * await using engine = await BatchEngine.open({ database: 'renders.db', outputDir: 'renders' });
 * const template = await engine.templates.add({ src: 'invitation.json' });
 * const { batchId } = await engine.batches.create({
 *   jobs: [{ template: { id: template.id, composition: 'main' }, assets: [{ type: 'text', layerName: 'name', value: 'Ada' }] }],
 * });
 * const done = await engine.batches.wait(batchId);
 */
export class BatchEngine implements AsyncDisposable {
  readonly batches: Batches;
  readonly jobs: Jobs;
  readonly templates: Templates;
  readonly fonts: Fonts;
  readonly #gate = new Gate();
  readonly #store: Store;
  readonly #releases: Releases;
  readonly #events: EventHub;
  readonly #scheduler: Scheduler;
  readonly #ownership: Ownership;
  #closing: Promise<void> | null = null;

  private constructor(config: EngineConfig, node: RendererHost, store: Store, releases: Releases) {
    const gate = this.#gate;
    const events = new EventHub(store, gate, config.events);
    const webhooks = takerOfWebhooks(config);
    if (webhooks !== null) {
      events.emitter.on('job:webhook', webhooks.take);
      releases.add('the webhooks', () => webhooks.settle());
    }
    const renderers = new Renderers({
      binaries: config.aerender.binaries,
      choice: config.renderer,
      node,
      encoder: new BundledEncoder(config.bundled),
    });
    const inspection = new InspectionThread();
    releases.add('the inspection of files', () => inspection.close());
    const templateCatalog = new TemplateCatalog(store.templates, inspection);
    const fontCatalog = new FontCatalog({ library: config.fontLibrary, folders: config.fonts }, store, inspection);
    const planner = new Planner({ config, store, inspection, templateCatalog, fontCatalog, renderers, events });
    const pool = new RenderPool(RENDER_THREAD, config.bundled.spawn);
    releases.add('the worker threads', () => pool.close());
    const taskOf = taskFactory(config, planner, renderers);
    const scheduler = new Scheduler({ store, pool, events, taskOf, takeUpload: takerOfUploads(config) }, config);
    const ownership = new Ownership({ store, scheduler, events }, config);
    releases.add('the right to render', () => ownership.close());
    releases.add('those who wait', () => gate.end());
    releases.add(
      () => `the renders of the jobs ${idsInWords(scheduler.running)}`,
      () => scheduler.stop(),
    );
    const cancellation = new Cancellation(store, scheduler, gate);
    events.wakes(scheduler);
    this.#store = store;
    this.#releases = releases;
    this.#events = events;
    this.#scheduler = scheduler;
    this.#ownership = ownership;
    this.batches = new Batches({ gate, store, planner, events, cancellation });
    this.jobs = new Jobs({ gate, store, planner, events, cancellation });
    this.templates = new Templates({ gate, store, catalog: templateCatalog, resolve: config.resolve });
    this.fonts = new Fonts({ gate, store, inspection, folder: config.fontLibrary, resolve: config.resolve });
  }

  /**
   * Opens the database file (made if there is none), runs again what a crash interrupted, and begins to render.
   *
   * @throws {ValidationError} An option is wrong. @throws {DatabaseError} The file cannot be used; it was left as it is.
   * @throws {EngineError} `RUNTIME_UNSUPPORTED`: this is neither Node.js nor Electron, or the library was bundled.
   * @example
   * const engine = await BatchEngine.open({
   *   database: 'renders.db',
   *   outputDir: 'renders',
   *   events: { 'job:error': ({ jobId, error }) => console.error(jobId, error) },
   * });
   */
  static async open(options: EngineOptions): Promise<BatchEngine> {
    requireNode();
    requireOwnModule(RENDER_THREAD);
    const config = readOptions(options);
    const { spawn, nodePath } = config.bundled;
    const node = spawn === null ? await findNodeProgram(nodePath) : { spawn };
    const releases = new Releases();
    try {
      if (!config.paused) await makeOutputFolder(config.outputDir);
      // One that only looks makes no folder of a misspelt path, unless its database is to be in it.
      else if (isInside(config.outputDir, config.database)) await makeOutputFolder(dirname(config.database));
      const store = Store.open(config.database, config);
      releases.add('the database', () => store.close());
      const engine = new BatchEngine(config, node, store, releases);
      await engine.#ownership.begin();
      return engine;
    } catch (error) {
      releases.hurry(FAILED_START_MS);
      await releases.run();
      throw error;
    }
  }

  /**
   * Calls a listener with each event of this name; what it throws reaches `engine:error`.
   *
   * @example
   * engine.on('job:progress', ({ jobId, progress }) => console.log(jobId, progress));
   */
  on<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): this {
    this.#events.emitter.on(name, listener);
    return this;
  }

  /**
   * Calls a listener with the next event of this name.
   *
   * @example
   * engine.once('engine:idle', () => console.log('all done'));
   */
  once<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): this {
    this.#events.emitter.once(name, listener);
    return this;
  }

  /**
   * Removes a listener that `on` or `once` added.
   *
   * @example
   * engine.off('job:progress', showProgress);
   */
  off<Name extends EngineEventName>(name: Name, listener: EngineListener<Name>): this {
    this.#events.emitter.off(name, listener);
    return this;
  }

  /**
   * Starts no further job; what renders goes on. No other engine takes over.
   *
   * @example
   * await engine.pause();
   */
  async pause(): Promise<void> {
    this.#gate.requireOpen();
    this.#ownership.pause();
  }

  /**
   * Begins to render, or goes on with it. `batches` leaves the jobs of all others in the queue, until a call without it.
   *
   * @throws {ValidationError} Not the id of a batch.
   * @example
   * await engine.resume({ batches: [batchId] });
   */
  async resume(options?: ResumeOptions): Promise<void> {
    this.#gate.requireOpen();
    const { batches } = parseOptions(resumeOptions, options);
    this.#scheduler.restrictTo(batches ?? null);
    await this.#ownership.resume();
  }

  /**
   * Renders so many jobs at the same time from now on, 1-64; those that render go on.
   *
   * @throws {ValidationError} Not a number of workers.
   * @example
   * await engine.setWorkers(4);
   */
  async setWorkers(workers: number): Promise<void> {
    this.#gate.requireOpen();
    this.#scheduler.setWorkers(parseOptions(workersOption, { workers }).workers);
  }

  /**
   * Removes batches and single jobs that ended before a time, with their logs, attempts and kept work folders. Outputs
   * stay where they are.
   *
   * @throws {ValidationError} Not a time.
   * @example
   * await engine.prune({ olderThan: new Date(Date.now() - 30 * 86_400_000) });
   */
  async prune(options: PruneOptions): Promise<Pruned> {
    this.#gate.requireOpen();
    const pruned = await prune(this.#store, parseOptions(pruneOptions, options).olderThan);
    this.#events.watches.endDeleted();
    return pruned;
  }

  /**
   * Resolves when nothing is queued and nothing renders, in this process or another.
   *
   * @throws {EngineError} `ENGINE_CLOSED`: the engine was closed before. An aborted signal rejects with its reason.
   * @example
   * await engine.idle({ signal: AbortSignal.timeout(60_000) });
   */
  async idle(options?: WaitOptions): Promise<void> {
    this.#gate.requireOpen();
    await this.#events.idle(parseOptions(waitOptions, options).signal, () => this.#scheduler.isIdle);
  }

  /**
   * Stops rendering and closes every handle, so that the process can exit. Calling it again waits for the same end;
   * with `running: 'kill'` it ends what a first call waits for.
   *
   * @throws {EngineError} `CLOSE_INCOMPLETE`: the engine is closed, but some work did not end within `timeout` seconds.
   * @example
   * await engine.close({ running: 'kill', timeout: 10 });
   */
  async close(options?: CloseOptions): Promise<void> {
    const { running, timeout } = parseOptions(closeOptions, options);
    this.#closing ??= this.#close();
    if (running === 'kill') {
      this.#scheduler.killAll();
      this.#releases.hurry(timeout * 1_000);
    }
    await this.#closing;
  }

  /** `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Aborts when the engine is closed. @internal */
  get ended(): AbortSignal {
    return this.#gate.ended;
  }

  async #close(): Promise<void> {
    this.#gate.close();
    const { unfinished, errors } = await this.#releases.run();
    for (const error of errors) this.#events.emitter.report(error);
    if (unfinished.length === 0) return;
    throw new EngineError(
      'CLOSE_INCOMPLETE',
      `The engine was closed, but this did not end in time: ${unfinished.join('; ')}. The next open ends what is left of it.`,
    );
  }
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return file !== ':memory:' && path !== '' && !path.startsWith('..') && !isAbsolute(path);
}
