import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';

/** An idle thread costs a few megabytes; it ends after this many milliseconds without a task. */
const IDLE_TIMEOUT_MS = 30_000;
/** With Node's own, larger share of young objects, V8 ends the whole process where a thread runs out of memory. */
const YOUNG_HEAP_MB = 8;

/** To end a thread takes milliseconds. */
const MOST_END_MS = 3_000;

/** What a thread runs, and how much memory it may take. */
interface WorkerThreadOptions {
  /** The module whose functions are the tasks. */
  entry: URL;
  heapMb: number;
}

interface TaskOptions {
  /** The exported function; the module's default where left out. */
  name?: string;
  transferList?: readonly MessagePort[];
  /** A task that takes longer rejects, and its thread is replaced. No limit where left out. */
  timeoutMs?: number;
}

/**
 * One thread: started for a task, kept for the next one, started again when it was lost. Each has a Piscina of its own,
 * so that a crashed thread cannot reject the task of another one.
 */
export class WorkerThread {
  readonly #options: WorkerThreadOptions;
  #piscina: Piscina;
  #busy = false;
  #closed = false;
  /** Why a thread ended while it had no task. */
  #fault: Error | null = null;
  #abandon: (reason: Error) => void = () => {};

  constructor(options: WorkerThreadOptions) {
    this.#options = options;
    this.#piscina = this.#open();
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Starts the thread, so that its first task does not wait for it. `name` is a function of its module that does nothing. */
  prepare(name: string): void {
    if (this.#busy || this.#closed || this.#piscina.threads.length > 0) return;
    this.#piscina.run(undefined, { name }).catch(() => {}); // The first task is told why.
  }

  /** Takes one task at a time. Rejects when its thread is lost: nothing of the task runs on then. */
  async run<Result>(task: unknown, { name, transferList = [], timeoutMs }: TaskOptions = {}): Promise<Result> {
    if (this.#closed) throw new Error('the thread was closed');
    if (this.#busy) throw new Error('the thread has a task already');
    this.#busy = true;
    this.#fault = null;
    const piscina = this.#piscina;
    const lost = Promise.withResolvers<never>();
    this.#abandon = lost.reject;
    // A thread that ends before it has taken the task: Piscina keeps the task, and starts no other thread for it.
    const ended = () => setImmediate(() => lost.reject(this.#fault ?? new Error('it ended before it could begin')));
    piscina.once('workerDestroy', ended);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => lost.reject(new Error(`it took longer than ${timeoutMs / 1000} s`)), timeoutMs);
    try {
      const options = { transferList: [...transferList], ...(name === undefined ? {} : { name }) };
      return await Promise.race([piscina.run(task, options), lost.promise]);
    } catch (error) {
      if (!this.#closed) this.#piscina = this.#open();
      await destroyed(piscina);
      throw error;
    } finally {
      clearTimeout(timer);
      piscina.off('workerDestroy', ended);
      this.#busy = false;
    }
  }

  /** Gives the running task up, which rejects with the reason. Its thread is ended, and another one takes its place. */
  abandon(reason: Error): void {
    this.#abandon(reason);
  }

  /** Ends the thread, with the task that it may have. */
  async close(): Promise<void> {
    this.#closed = true;
    await destroyed(this.#piscina);
  }

  #open(): Piscina {
    const piscina = new Piscina({
      filename: this.#options.entry.href,
      minThreads: 0,
      maxThreads: 1,
      concurrentTasksPerWorker: 1,
      idleTimeout: IDLE_TIMEOUT_MS,
      // A thread that waits on an atomic between tasks cannot reap the last children of the task before.
      atomics: 'disabled',
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    // Without a listener this 'error' event would crash the process.
    return piscina.on('error', (error: Error) => {
      this.#fault = error;
    });
  }
}

/** A thread that waits for the system (a share that does not answer) cannot be ended: then nobody waits for its end. */
async function destroyed(piscina: Piscina): Promise<void> {
  await Promise.race([piscina.destroy(), delay(MOST_END_MS, undefined, { ref: false })]);
}
