import { isSameProcess, processStartedAt } from '../processes/tree.ts';
import type { LeaseHolder } from '../store/lease.ts';
import type { Store } from '../store/store.ts';

/** How often the holder says that it lives, and the others look whether it does. */
export const LEASE_INTERVAL_MS = 1_000;
/** Where the system cannot tell whether the holder's process is alive, its silence decides. */
const STALE_AFTER_MS = 15_000;

/** The ids of those that are open in this process. */
const openHere = new Set<string>();

/** A closed engine of this process may have kept the right: its disk was full. Its silence has to prove it. */
function wasClosedHere({ id, pid }: LeaseHolder): boolean {
  return pid === process.pid && !openHere.has(id);
}

/**
 * The right to render the jobs of one database file. One engine holds it, in one process; the others create, get, cancel
 * and watch, and take over when the holder is gone.
 */
export class RenderLease {
  readonly #store: Store;
  readonly #id: string;
  #startedAt: string | null = null;
  #held = false;

  constructor(store: Store, id: string) {
    this.#store = store;
    this.#id = id;
    openHere.add(id);
  }

  async acquire(): Promise<boolean> {
    this.#startedAt ??= await processStartedAt(process.pid);
    const holder = this.#store.lease.holder();
    if (holder !== undefined && holder.id !== this.#id) {
      const alive = await isSameProcess(holder.pid, holder.processStartedAt);
      // A busy host may be silent for long: while its process lives, two would render the same job.
      if (alive && holder.processStartedAt !== null && !wasClosedHere(holder)) return false;
      if (!alive) this.#store.lease.release(holder.id);
    }
    this.#held = this.#store.lease.acquire({
      id: this.#id,
      pid: process.pid,
      processStartedAt: this.#startedAt,
      staleAfterMs: STALE_AFTER_MS,
    });
    return this.#held;
  }

  /** Whether a process that lives holds it, this one or another. */
  async isHeld(): Promise<boolean> {
    const holder = this.#store.lease.holder();
    return holder !== undefined && (await isSameProcess(holder.pid, holder.processStartedAt));
  }

  /** False when another one has taken it meanwhile: what runs must end at once. */
  renew(): boolean {
    this.#held = this.#store.lease.heartbeat(this.#id);
    return this.#held;
  }

  /** Gives it back where it is held. The last call. */
  release(): void {
    openHere.delete(this.#id);
    if (this.#held) this.#store.lease.release(this.#id);
    this.#held = false;
  }
}
