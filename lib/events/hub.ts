import type { Gate } from '../gate.ts';
import { KeepAlive } from '../keep-alive.ts';
import type { Store } from '../store/store.ts';
import { Announcements } from './announce.ts';
import { EngineEmitter } from './emitter.ts';
import { Watches } from './watch.ts';

/** The events of one engine: who listens, who watches, and what the store says has changed. */
export class EventHub {
  readonly emitter = new EngineEmitter();
  readonly watches: Watches;
  readonly #announcements: Announcements;
  readonly #gate: Gate;
  readonly #keepAlive = new KeepAlive();
  #lookForWork: () => void = () => {};

  constructor(store: Store, gate: Gate) {
    this.#gate = gate;
    this.#announcements = new Announcements(store, this.emitter);
    this.watches = new Watches(store, this.emitter, gate, this.#keepAlive);
  }

  /** What `changed` calls after the events. */
  onChange(lookForWork: () => void): void {
    this.#lookForWork = lookForWork;
  }

  /** Emits an event for every change in the file since the last call. */
  announce(): void {
    // With nobody to hear, the changes need not be read: a batch of 1,000 jobs costs as much to read as to plan.
    if (this.emitter.hasListeners() || this.watches.areOpen) this.#announcements.announce();
    else this.#announcements.skip();
  }

  /** After a write of a public call: emits its events, and lets the scheduler look for work. */
  changed(): void {
    this.announce();
    this.#lookForWork();
  }

  /** Resolves when the engine is idle; rejects when the signal aborts, or the engine is closed before. */
  async idle(signal: AbortSignal | undefined, isIdle: () => boolean): Promise<void> {
    signal?.throwIfAborted();
    // The look records whether the engine is busy, so that `engine:idle` fires on the next change.
    this.#lookForWork();
    if (isIdle()) return;
    const { ended } = this.#gate;
    const idle = Promise.withResolvers<void>();
    const done = () => idle.resolve();
    const fail = () => idle.reject(signal?.aborted === true ? signal.reason : ended.reason);
    this.emitter.once('engine:idle', done);
    for (const either of [signal, ended]) either?.addEventListener('abort', fail);
    try {
      await this.#keepAlive.during(idle.promise);
    } finally {
      this.emitter.off('engine:idle', done);
      for (const either of [signal, ended]) either?.removeEventListener('abort', fail);
    }
  }
}
