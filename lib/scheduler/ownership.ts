import { readdir } from 'node:fs/promises';
import type { EngineConfig } from '../config.ts';
import { DatabaseError } from '../errors.ts';
import type { EventHub } from '../events/hub.ts';
import {
  endProcesses,
  makeOutputFolder,
  removeOutput,
  tryToRemove,
  workFolderOf,
  workRootOf,
} from '../render/work-folder.ts';
import type { Store } from '../store/store.ts';
import type { Scheduler } from './scheduler.ts';

type Places = Pick<EngineConfig, 'outputDir' | 'keepWorkDirs'>;

/** How often an open engine looks for what another process has written to its file. */
const FOLLOW_INTERVAL_MS = 200;
/** How often an engine without the right to render tries to take it, and one with it looks whether it still has it. */
const LOOK_INTERVAL_MS = 1_000;
/** So many times it tries to remove what a crash left behind; what is still held is swept at the next start. */
const REMOVE_TRIES = 60;

interface OwnershipParts {
  store: Store;
  scheduler: Scheduler;
  events: EventHub;
}

/**
 * The right to render the jobs of one file. One engine holds it; the others create, read, cancel and watch, follow what
 * it writes, and take over when it is gone.
 */
export class Ownership {
  readonly #parts: OwnershipParts;
  readonly #places: Places;
  /** The number by which the store knows the holder; null while another engine has the right, or none. */
  #number: number | null = null;
  #isPaused: boolean;
  #isClosed = false;
  #taking: Promise<void> | null = null;
  /** Settles when the renders of a lost right have ended. */
  #abandoned: Promise<void> = Promise.resolve();
  #leftovers: { folders: string[]; tries: number } = { folders: [], tries: 0 };
  #timers: NodeJS.Timeout[] = [];
  #dataVersion: number;

  constructor(parts: OwnershipParts, { paused, ...places }: Places & { paused: boolean }) {
    this.#parts = parts;
    this.#places = places;
    this.#isPaused = paused;
    this.#dataVersion = parts.store.dataVersion();
  }

  /** Takes the right to render where it is free, and follows the file from now on. */
  async begin(): Promise<void> {
    if (!this.#isPaused) await this.#tryToRender();
    this.#timers = [
      setInterval(() => void this.#reporting(() => this.#follow()), FOLLOW_INTERVAL_MS),
      setInterval(() => void this.#reporting(() => this.#look()), LOOK_INTERVAL_MS),
    ];
    // Looking around keeps no process alive: renders and those who wait do.
    for (const timer of this.#timers) timer.unref();
  }

  /** Starts no further job. The right is kept, since what renders goes on. */
  pause(): void {
    this.#isPaused = true;
    this.#parts.scheduler.pause();
  }

  async resume(): Promise<void> {
    this.#isPaused = false;
    await this.#tryToRender();
  }

  /** Frees the right. Call it when nothing renders. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    // The caller of `open` or `resume` has already received this error.
    await this.#taking?.catch(() => {});
    this.#parts.store.owner.release();
  }

  /** Concurrent calls share one attempt: a second recovery would mistake jobs that just started for leftovers of a crash. */
  async #tryToRender(): Promise<void> {
    this.#taking ??= this.#take().finally(() => {
      this.#taking = null;
    });
    await this.#taking;
  }

  async #take(): Promise<void> {
    const { store, scheduler, events } = this.#parts;
    await this.#abandoned;
    if (this.#number === null) {
      const number = store.owner.take();
      if (number === null) return;
      try {
        await makeOutputFolder(this.#places.outputDir);
        this.#leftovers = { folders: await recover(store, this.#places), tries: 0 };
      } catch (error) {
        store.owner.release();
        throw error;
      }
      this.#number = number;
      events.announce();
    }
    if (!this.#isPaused && !this.#isClosed) scheduler.start(this.#number);
  }

  async #look(): Promise<void> {
    const { store, scheduler } = this.#parts;
    if (this.#isClosed) return;
    if (this.#number === null) {
      if (!this.#isPaused) await this.#tryToRender();
      return;
    }
    if (store.currentOwner() === this.#number) {
      await this.#removeLeftovers();
      return;
    }
    // Another engine has the right: something in this process has closed the lock file, or the file was replaced.
    this.#number = null;
    store.owner.release();
    this.#abandoned = scheduler.abandon();
    await this.#abandoned;
  }

  /** Another program holds a file of them, such as an antivirus or a player. */
  async #removeLeftovers(): Promise<void> {
    const { folders, tries } = this.#leftovers;
    if (folders.length === 0 || tries >= REMOVE_TRIES) return;
    this.#leftovers = { folders: [], tries: tries + 1 };
    this.#leftovers.folders = await remaining(folders);
  }

  /** Notices what another process has written: its jobs are run, its cancellations emitted, its kills carried out. */
  #follow(): void {
    const { store, scheduler, events } = this.#parts;
    if (this.#isClosed) return;
    store.requireInPlace();
    const version = store.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    events.announce();
    events.watches.endDeleted();
    if (this.#number !== null) void scheduler.kill(store.jobs.killRequests());
    scheduler.wake();
  }

  async #reporting(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof DatabaseError) this.#parts.scheduler.storeFailed(error);
      else this.#parts.events.emitter.report(error);
    }
  }
}

/**
 * After a crash of the host: kills the process trees of the attempts that it left behind, removes their work folders,
 * and queues their jobs again. Returns the work folders that could not be removed yet. Call it only while holding the
 * right to render, when nothing renders here.
 */
export async function recover(store: Store, places: Places): Promise<string[]> {
  const folders: string[] = [];
  const owner = store.currentOwner();
  for (const attempt of store.attempts.unfinished()) {
    const { pid, processStartedAt: startedAt } = attempt;
    // Best effort: a system that does not list its processes must not keep the engine from opening.
    await endProcesses(pid === null ? null : { pid, startedAt }, attempt.workDir).catch(() => {});
    const job = store.jobs.get(attempt.jobId);
    if (job === undefined) continue;
    const outputPath = job.status === 'render:dorender' ? job.outputPath : null;
    folders.push(attempt.workDir);
    // One that stays is replaced by that of the next attempt.
    if (outputPath !== null) await removeOutput(outputPath, attempt.id).catch(() => {});
    store.attempts.end({ id: attempt.id, jobId: job.id, owner }, { outcome: 'interrupted' });
  }
  if (places.keepWorkDirs === 'never') folders.push(...(await endedFolders(store, places.outputDir)));
  return await remaining([...new Set(folders)]);
}

async function remaining(folders: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const folder of folders) if (!(await tryToRemove(folder))) left.push(folder);
  return left;
}

/** Work folders that could not be removed at their time. Those of another database may lie beside them. */
async function endedFolders(store: Store, outputDir: string): Promise<string[]> {
  const names = await readdir(workRootOf(outputDir)).catch(() => []); // Nothing was rendered here yet.
  return names.filter((id) => store.attempts.hasEnded(id)).map((id) => workFolderOf(outputDir, id));
}
