import { setMaxListeners } from 'node:events';
import { EngineError } from './errors.ts';

/** A long interval: its callback does nothing; the timer only keeps the process alive. */
const INTERVAL_MS = 2 ** 30;

/** Whether the engine is open: every public call asks, and pending waits are rejected when it closes. */
export class Gate {
  readonly #ended = new AbortController();
  #keepAlive: NodeJS.Timeout | undefined;
  #waits = 0;
  #isOpen = true;

  constructor() {
    // Every wait and watch listens; any number of them is right.
    setMaxListeners(0, this.#ended.signal);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Aborts with `ENGINE_CLOSED` once nothing renders any more: no event comes after it. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** @throws {EngineError} `ENGINE_CLOSED` */
  requireOpen(): void {
    if (!this.#isOpen) throw closed();
  }

  /** Keeps the process alive while a wait is pending. An engine that nobody waits for lets it exit. */
  async whileWaiting<Result>(wait: Promise<Result>): Promise<Result> {
    this.#waits += 1;
    this.#keepAlive ??= setInterval(() => {}, INTERVAL_MS);
    try {
      return await wait;
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) {
        clearInterval(this.#keepAlive);
        this.#keepAlive = undefined;
      }
    }
  }

  /** From now on calls are refused; what waits goes on waiting, since renders may still end. */
  close(): void {
    this.#isOpen = false;
  }

  /** Ends every wait. */
  end(): void {
    this.close();
    this.#ended.abort(closed());
  }
}

function closed(): EngineError {
  return new EngineError('ENGINE_CLOSED', 'The engine was closed. Open another one with BatchEngine.open.');
}

/** The host's thread works so long on a model or a batch, and then lets its event loop have a turn. */
const TURN_MS = 4;

/** Lets the event loop have its turn whenever the host's thread has worked for some milliseconds. */
export class Turns {
  #begun = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.#begun < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#begun = performance.now();
  }
}
