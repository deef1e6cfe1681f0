import type { Readable } from 'node:stream';

/** Reads pieces of a length that the reader says from a stream. */
export class ByteReader {
  readonly #stream: Readable;
  #wake: (() => void) | null = null;
  #hasEnded = false;

  /**
   * It listens for as long as the stream is open: Node drops what is unread of a program that exits if nobody does, and
   * would call a listener that was added anew at once, again and again, for a piece that is not whole yet.
   */
  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake?.());
    for (const event of ['end', 'close', 'error'] as const) {
      stream.on(event, () => {
        this.#hasEnded = true;
        this.#wake?.();
      });
    }
  }

  /** So many bytes; fewer only at the end of the stream. One call at a time. */
  async read(length: number): Promise<Buffer> {
    if (length === 0) return Buffer.alloc(0);
    for (;;) {
      const chunk = this.#stream.read(length) as Buffer | null;
      if (chunk !== null) return chunk;
      if (this.#hasEnded) return Buffer.alloc(0);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
