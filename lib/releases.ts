import { setTimeout as delay } from 'node:timers/promises';

/** When the time is over, each step still gets so long: those that only let go of a handle need less. */
const LAST_CHANCE_MS = 500;

interface Release {
  what: string | (() => string);
  run: () => unknown;
}

/** What has to be undone, gathered while it is done, and undone in reverse: at close, and when a start fails half-way. */
export class Releases {
  readonly #list: Release[] = [];
  readonly #late = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #isDone = false;

  /** `what` names the work in messages. */
  add(what: Release['what'], run: Release['run']): void {
    this.#list.push({ what, run });
  }

  /** Gives up, after so many milliseconds, what has not ended by then. */
  hurry(ms: number): void {
    if (!this.#isDone) this.#timer ??= setTimeout(() => this.#late.resolve(), ms);
  }

  /**
   * Runs all of them, the last one first, whether or not another one fails. Resolves with the names of those that were
   * given up, and with what was thrown.
   */
  async run(): Promise<{ unfinished: string[]; errors: unknown[] }> {
    const unfinished: string[] = [];
    const errors: unknown[] = [];
    for (const { what, run } of this.#list.splice(0).reverse()) {
      const step = (async () => run())().catch((error: unknown) => errors.push(error));
      const abort = new AbortController();
      const givenUp = this.#late.promise
        .then(() => delay(LAST_CHANCE_MS, true, { signal: abort.signal }))
        .catch(() => true);
      if ((await Promise.race([step.then(() => false), givenUp])) === true) {
        unfinished.push(typeof what === 'string' ? what : what());
      }
      abort.abort();
    }
    this.#isDone = true;
    clearTimeout(this.#timer);
    return { unfinished, errors };
  }
}
