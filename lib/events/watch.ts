import { NotFoundError } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { batchStatus } from '../status.ts';
import type { Store } from '../store/store.ts';
import type { EngineEmitter } from './emitter.ts';
import { BATCH_EVENT_NAMES, type EngineEvent, type EngineEventName } from './events.ts';

type WatchedName = (typeof BATCH_EVENT_NAMES)[number];

/** An event of one batch, with its name. */
export type BatchEvent = { [Name in WatchedName]: { type: Name } & EngineEvent<Name> }[WatchedName];

/** A consumer that has fallen so far behind loses progress and log, never a change of status. */
const MOST_WAITING = 10_000;

/** Those who follow a batch, by its id. @internal */
export class Watches {
  readonly #store: Store;
  readonly #gate: Gate;
  readonly #open = new Map<string, Set<BatchWatch>>();

  constructor(store: Store, emitter: EngineEmitter, gate: Gate) {
    this.#store = store;
    this.#gate = gate;
    emitter.tap((name, event) => this.#pass(name, event));
    gate.ended.addEventListener('abort', () => this.#failAll(gate.ended.reason));
  }

  /**
   * The events of a batch until it has ended; one that has ended already gives `batch:finished` alone. Listening begins
   * with the call, not with the first `next()`.
   */
  watch(batchId: string, signal?: AbortSignal): BatchWatch {
    signal?.throwIfAborted();
    this.#gate.requireOpen();
    const watch = new BatchWatch(signal, this.#gate, () => this.#forget(batchId, watch));
    const others = this.#open.get(batchId);
    if (others === undefined) this.#open.set(batchId, new Set([watch]));
    else others.add(watch);
    const batch = this.#store.batches.get(batchId);
    if (batch === undefined) watch.fail(gone(batchId));
    else if (batch.stats.pending === 0) {
      const { stats, run } = batch;
      watch.push({ type: 'batch:finished', batchId, status: batchStatus(stats), stats, run });
    }
    return watch;
  }

  /** Whether anybody follows a batch. */
  get areOpen(): boolean {
    return this.#open.size > 0;
  }

  /** A watch that could not begin: its first `next()` rejects. */
  failed(reason: unknown): BatchWatch {
    const watch = new BatchWatch(undefined, this.#gate, () => {});
    watch.fail(reason);
    return watch;
  }

  /** Ends the watches of batches that were deleted, here or by another process. */
  endDeleted(): void {
    for (const [batchId, watches] of this.#open) {
      if (this.#store.batches.get(batchId) !== undefined) continue;
      for (const watch of watches) watch.fail(gone(batchId));
    }
  }

  #pass(name: EngineEventName, event: unknown): void {
    if (this.#open.size === 0 || !isWatched(name)) return;
    const { batchId } = event as { batchId: string | null };
    const watches = batchId === null ? undefined : this.#open.get(batchId);
    for (const watch of watches ?? []) watch.push({ type: name, ...(event as object) } as BatchEvent);
  }

  #failAll(reason: unknown): void {
    for (const watches of this.#open.values()) for (const watch of watches) watch.fail(reason);
  }

  #forget(batchId: string, watch: BatchWatch): void {
    const watches = this.#open.get(batchId);
    watches?.delete(watch);
    if (watches?.size === 0) this.#open.delete(batchId);
  }
}

type Next = IteratorResult<BatchEvent, undefined>;

/** The events of one batch, as they come. It lets go of the engine when it ends, fails, or is returned. @internal */
class BatchWatch implements AsyncIterableIterator<BatchEvent, undefined> {
  readonly #signal: AbortSignal | undefined;
  readonly #gate: Gate;
  readonly #release: () => void;
  readonly #abort = () => this.fail(this.#signal?.reason);
  readonly #events: BatchEvent[] = [];
  readonly #asking: PromiseWithResolvers<Next>[] = [];
  #isOpen = true;
  /** What the next call rejects with, once the events are consumed. */
  #fault: { reason: unknown } | null = null;

  constructor(signal: AbortSignal | undefined, gate: Gate, release: () => void) {
    this.#signal = signal;
    this.#gate = gate;
    this.#release = release;
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  push(event: BatchEvent): void {
    if (!this.#isOpen) return;
    if (this.#events.length >= MOST_WAITING && (event.type === 'job:progress' || event.type === 'job:log')) return;
    this.#events.push(event);
    if (event.type === 'batch:finished') this.#close();
    this.#answer();
  }

  fail(reason: unknown): void {
    if (!this.#isOpen) return;
    this.#fault = { reason };
    this.#close();
    this.#answer();
  }

  async next(): Promise<Next> {
    const asked = Promise.withResolvers<Next>();
    this.#asking.push(asked);
    this.#answer();
    return await this.#gate.whileWaiting(asked.promise);
  }

  async return(): Promise<Next> {
    this.#events.length = 0;
    this.#fault = null;
    this.#close();
    this.#answer();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  #close(): void {
    this.#isOpen = false;
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#release();
  }

  #answer(): void {
    for (const asked of this.#asking.splice(0, this.#isOpen ? this.#events.length : this.#asking.length)) {
      const event = this.#events.shift();
      if (event !== undefined) asked.resolve({ done: false, value: event });
      else if (this.#fault === null) asked.resolve({ done: true, value: undefined });
      else {
        asked.reject(this.#fault.reason);
        this.#fault = null;
      }
    }
  }
}

function isWatched(name: EngineEventName): name is WatchedName {
  return (BATCH_EVENT_NAMES as readonly EngineEventName[]).includes(name);
}

function gone(batchId: string): NotFoundError {
  return new NotFoundError('BATCH_NOT_FOUND', `The batch ${batchId} was deleted.`);
}
