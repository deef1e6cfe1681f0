import { mkdir } from 'node:fs/promises';
import { ulid } from 'ulid';
import { type EngineConfig, type EngineOptions, readOptions } from './config.ts';
import { parseId } from './contract/id.ts';
import { EngineEmitter } from './emitter.ts';
import { DatabaseError, EngineError } from './errors.ts';
import type { EngineEventName, EngineEvents } from './events.ts';
import { FontCatalog } from './fonts/catalog.ts';
import { InspectionThread } from './inspection/thread.ts';
import { Planner } from './plan/planner.ts';
import { taskFactory } from './plan/render-task.ts';
import { RenderPool } from './render/pool.ts';
import { Renderers } from './render/renderers.ts';
import { workFolderOf } from './render/work-folder.ts';
import { Announcer } from './resources/announcer.ts';
import { Batches } from './resources/batches.ts';
import { type EngineContext, requireOpen } from './resources/context.ts';
import { Fonts } from './resources/fonts.ts';
import { Jobs } from './resources/jobs.ts';
import { Templates } from './resources/templates.ts';
import { LEASE_INTERVAL_MS, RenderLease } from './scheduler/lease.ts';
import { recover } from './scheduler/recovery.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { Store } from './store/store.ts';
import { TemplateCatalog } from './template/catalog.ts';

/** How often an open engine looks for what another process has written to its file. */
const FOLLOW_INTERVAL_MS = 200;

export interface ResumeOptions {
  /** Only jobs of these batches are rendered, by id. */
  batches?: readonly string[];
}

export interface CloseOptions {
  /** `finish` (the default) waits for what renders; `kill` ends it, to be rendered again after the next open. */
  running?: 'finish' | 'kill';
}

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
  readonly #context: EngineContext;
  readonly #pool: RenderPool;
  #paused: boolean;
  #rendersHere = false;
  /** While it is being taken. */
  #taking: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #timers: NodeJS.Timeout[] = [];
  #dataVersion: number;

  private constructor(config: EngineConfig, store: Store) {
    const emitter = new EngineEmitter();
    const announcer = new Announcer(store, emitter);
    const renderers = new Renderers(config.aerender.binaries);
    const inspection = new InspectionThread();
    const templateCatalog = new TemplateCatalog(store.templates, inspection);
    const fontCatalog = new FontCatalog({ library: config.fontLibrary, folders: config.fonts }, store, inspection);
    const planner = new Planner({ config, store, inspection, templateCatalog, fontCatalog, renderers });
    this.#pool = new RenderPool(config.workers);
    const scheduler = new Scheduler({
      store,
      pool: this.#pool,
      emitter,
      announce: () => announcer.announce({ webhooks: true }),
      taskOf: taskFactory(config, planner, renderers),
      workers: config.workers,
      retries: config.retries,
      workFolderOf: (attemptId) => workFolderOf(config.outputDir, attemptId),
    });
    this.#context = {
      config,
      store,
      emitter,
      announcer,
      inspection,
      templateCatalog,
      planner,
      scheduler,
      lease: new RenderLease(store, ulid()),
      isClosed: () => this.#closing !== null,
    };
    this.#paused = config.paused;
    this.#dataVersion = store.dataVersion();
    this.batches = new Batches(this.#context);
    this.jobs = new Jobs(this.#context);
    this.templates = new Templates(this.#context);
    this.fonts = new Fonts(this.#context);
  }

  /**
   * Opens the database file (made where there is none), runs again what a crash interrupted, and begins to render.
   *
   * @throws {ValidationError} An option is wrong. @throws {DatabaseError} The file cannot be used; it was left as it is.
   */
  static async open(options: EngineOptions): Promise<BatchEngine> {
    const config = readOptions(options);
    // The database may lie in it. One that neither stores nor renders leaves nothing behind.
    if (!config.paused || config.database !== ':memory:') await makeOutputFolder(config.outputDir);
    const store = Store.open(config.database, { synchronous: config.synchronous, clock: config.clock });
    const engine = new BatchEngine(config, store);
    try {
      await engine.#begin();
    } catch (error) {
      await engine.close({ running: 'kill' });
      throw error;
    }
    return engine;
  }

  on<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): this {
    this.#context.emitter.on(name, listener);
    return this;
  }

  once<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): this {
    this.#context.emitter.once(name, listener);
    return this;
  }

  off<Name extends EngineEventName>(name: Name, listener: EngineEvents[Name]): this {
    this.#context.emitter.off(name, listener);
    return this;
  }

  /** Starts no further job; what renders goes on. */
  async pause(): Promise<void> {
    requireOpen(this.#context);
    this.#paused = true;
    this.#context.scheduler.pause();
  }

  /**
   * Begins to render, or goes on with it. `batches` leaves the jobs of all others in the queue, until a call without it.
   *
   * @throws {ValidationError} Not the id of a batch.
   */
  async resume({ batches }: ResumeOptions = {}): Promise<void> {
    requireOpen(this.#context);
    this.#context.scheduler.restrictTo(batches?.map((id) => parseId('batch', id)) ?? null);
    this.#paused = false;
    await this.#tryToRender();
  }

  /** Resolves when nothing is queued and nothing renders; rejects with the signal's reason. */
  async idle(options: { signal?: AbortSignal } = {}): Promise<void> {
    requireOpen(this.#context);
    const { signal } = options;
    signal?.throwIfAborted();
    const { scheduler, emitter } = this.#context;
    // It looks, and so notices the change when it comes.
    scheduler.wake();
    if (scheduler.isIdle) return;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = () => {
        emitter.off('engine:idle', done);
        reject(signal?.reason);
      };
      emitter.once('engine:idle', done);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Stops rendering and closes every handle, so that the process can exit. Calling it again waits for the same end. */
  async close(options: CloseOptions = {}): Promise<void> {
    const running = options.running ?? 'finish';
    if (this.#closing !== null && running === 'kill') await this.#context.scheduler.stop('kill');
    this.#closing ??= this.#close(running);
    await this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(running: 'finish' | 'kill'): Promise<void> {
    const { scheduler, store, inspection, lease } = this.#context;
    await scheduler.stop(running);
    for (const timer of this.#timers) clearInterval(timer);
    // Whoever began it has its error.
    await this.#taking?.catch(() => {});
    await this.#pool.close();
    await inspection.close();
    // On a full disk it cannot be given back; the file is closed nevertheless.
    this.#guard(() => lease.release());
    store.close();
  }

  async #begin(): Promise<void> {
    if (!this.#paused) await this.#tryToRender();
    this.#timers = [
      setInterval(() => this.#guard(() => this.#follow()), FOLLOW_INTERVAL_MS),
      setInterval(() => void this.#guardAsync(() => this.#keepLease()), LEASE_INTERVAL_MS),
    ];
  }

  /** Takes the right to render, runs again what a crash interrupted, and starts the scheduler. */
  async #tryToRender(): Promise<void> {
    // At once for whoever asks meanwhile: a second recovery would take what has just begun for what a crash left.
    this.#taking ??= this.#takeTheRight().finally(() => {
      this.#taking = null;
    });
    await this.#taking;
  }

  async #takeTheRight(): Promise<void> {
    const { config, lease, scheduler, store, announcer } = this.#context;
    if (!this.#rendersHere) {
      await makeOutputFolder(config.outputDir);
      if (!(await lease.acquire())) return;
      await recover(store, config);
      this.#rendersHere = true;
      announcer.announce({ webhooks: true });
    }
    if (!this.#paused) scheduler.start();
  }

  async #keepLease(): Promise<void> {
    const { lease, scheduler } = this.#context;
    if (this.#closing !== null) return;
    if (!this.#rendersHere) {
      if (this.#taking !== null) lease.renew();
      else if (!this.#paused) await this.#tryToRender();
      return;
    }
    if (lease.renew()) {
      scheduler.storeWorks();
      return;
    }
    // The machine slept, and another process took over: what runs here is no longer ours to end.
    this.#rendersHere = false;
    scheduler.pause();
    await scheduler.abandon();
  }

  /** Sees what another process has written: its jobs are run, its cancellations told, its kills carried out. */
  #follow(): void {
    const { store, announcer, scheduler } = this.#context;
    if (this.#closing !== null) return;
    const version = store.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    announcer.announce({ webhooks: this.#rendersHere });
    if (this.#rendersHere) void scheduler.kill(store.jobs.killRequests());
    scheduler.wake();
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#report(error);
    }
  }

  async #guardAsync(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#report(error);
    }
  }

  #report(thrown: unknown): void {
    const { scheduler, emitter } = this.#context;
    if (thrown instanceof DatabaseError) {
      scheduler.storeFailed(thrown);
      return;
    }
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    emitter.emit('engine:error', { error, paused: false });
  }
}

async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError(
      'OUTPUT_NOT_PUBLISHED',
      `The output folder ${folder} could not be made: ${reason}. Choose another outputDir.`,
      { cause },
    );
  }
}
