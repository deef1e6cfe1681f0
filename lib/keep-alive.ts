/** A long interval: its callback does nothing; the timer only keeps the process alive. */
const INTERVAL_MS = 2 ** 30;

/** Keeps the process alive while somebody waits for the engine. An engine that is idle lets it exit. */
export class KeepAlive {
  #timer: NodeJS.Timeout | undefined;
  #holders = 0;

  /** Keeps the process alive for as long as the promise is pending. */
  async during<Result>(promise: Promise<Result>): Promise<Result> {
    this.#holders += 1;
    this.#timer ??= setInterval(() => {}, INTERVAL_MS);
    try {
      return await promise;
    } finally {
      this.#holders -= 1;
      if (this.#holders === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }
}
