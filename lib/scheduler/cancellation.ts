import { setTimeout as delay } from 'node:timers/promises';
import type { Gate } from '../gate.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Scheduler } from './scheduler.ts';

/** How often the store is asked whether another process has carried out a kill. */
const LOOK_EVERY_MS = 100;

/** Kills running jobs, in this process or in the one that renders. */
export class Cancellation {
  readonly #store: Store;
  readonly #scheduler: Scheduler;
  readonly #gate: Gate;

  constructor(store: Store, scheduler: Scheduler, gate: Gate) {
    this.#store = store;
    this.#scheduler = scheduler;
    this.#gate = gate;
  }

  /** Resolves when none of these jobs renders any more, with those that ended as cancelled. */
  async killRunning(jobIds: readonly string[]): Promise<JobRecord[]> {
    if (jobIds.length === 0) return [];
    this.#store.jobs.requestKill(jobIds);
    await this.#scheduler.kill(jobIds);
    for (;;) {
      const jobs = jobIds.flatMap((id) => this.#store.jobs.get(id) ?? []);
      const areEnded = jobs.every((job) => job.status !== 'render:dorender');
      // Left behind by a host that died: the request stays, and the next engine to render this file carries it out.
      if (areEnded || !this.#store.owner.isTaken()) return jobs.filter((job) => job.status === 'manually_cancelled');
      await delay(LOOK_EVERY_MS);
      this.#gate.requireOpen();
    }
  }
}
