import { Piscina } from 'piscina';
import type { WorkerInput } from './messages.ts';

/** A thread only pumps a log and copies files, so more means that something is wrong. */
const HEAP_MB = 256;
/** With Node's own, larger share of young objects, V8 ends the whole process where a thread runs out of memory. */
const YOUNG_HEAP_MB = 8;
/** An idle thread costs a few megabytes; it ends after this many milliseconds without a job. */
const IDLE_TIMEOUT_MS = 30_000;

/**
 * One thread: started for a task, kept for the next one, started again where it was lost. Each has a Piscina of its own,
 * so that the end of one is never the business of another.
 */
export class RenderThread {
  readonly #entry: URL;
  #piscina: Piscina<WorkerInput, void>;
  #busy = false;
  /** Why a thread ended while it had no task. */
  #fault: Error | null = null;

  constructor(entry: URL) {
    this.#entry = entry;
    this.#piscina = this.#open();
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Resolves when the task is done, rejects when its thread is lost: nothing of the task runs on then. */
  async run(input: WorkerInput): Promise<void> {
    this.#busy = true;
    this.#fault = null;
    const piscina = this.#piscina;
    const lost = Promise.withResolvers<never>();
    // A thread that ends before it has taken the task: Piscina keeps the task, and starts no other thread for it.
    const ended = () => setImmediate(() => lost.reject(this.#fault ?? new Error('it ended before it could begin')));
    piscina.once('workerDestroy', ended);
    try {
      await Promise.race([piscina.run(input, { transferList: [input.port] }), lost.promise]);
    } catch (error) {
      this.#piscina = this.#open();
      await piscina.destroy();
      throw error;
    } finally {
      piscina.off('workerDestroy', ended);
      this.#busy = false;
    }
  }

  /** Ends the thread. Call it when it has no task. */
  async close(): Promise<void> {
    await this.#piscina.destroy();
  }

  #open(): Piscina<WorkerInput, void> {
    const piscina = new Piscina<WorkerInput, void>({
      filename: this.#entry.href,
      minThreads: 0,
      maxThreads: 1,
      concurrentTasksPerWorker: 1,
      idleTimeout: IDLE_TIMEOUT_MS,
      // A thread that waits on an atomic between tasks cannot reap the last children of the task before.
      atomics: 'disabled',
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    // Unheard, it would end the host.
    return piscina.on('error', (error: Error) => {
      this.#fault = error;
    });
  }
}
