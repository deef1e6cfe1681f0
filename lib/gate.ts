import { setMaxListeners } from 'node:events';
import { EngineError } from './errors.ts';

/** Whether the engine is open: every public call asks, and pending waits are rejected when it closes. */
export class Gate {
  readonly #ended = new AbortController();
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
