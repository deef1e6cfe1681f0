import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';

const SLICE = 1 << 16;

/** Opens a zip file. The handle stays the caller's, who closes it when all is read. */
export async function openZip(handle: FileHandle): Promise<ZipFile> {
  const { size } = await handle.stat();
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: true };
  return await fromRandomAccessReaderPromise(new BoundedReader(handle, size), size, options);
}

/**
 * Reads within the file only. A zip64 record can name a place beyond 2^53; yauzl's own reader asks for it, and Node
 * throws where nobody can catch it: a file of a hundred bytes would end the process.
 */
class BoundedReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  readonly #size: number;

  constructor(handle: FileHandle, size: number) {
    super();
    this.#handle = handle;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (!(position >= 0 && position + length <= this.#size)) {
      setImmediate(callback, new Error('it points behind its own end'));
      return;
    }
    this.#handle.read(buffer, offset, length, position).then(() => callback(null), callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#slices(start, end));
  }

  /** A stream of the handle itself would close it with the first file that is read. */
  async *#slices(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const slice = Buffer.allocUnsafe(Math.min(SLICE, end - at));
      const { bytesRead } = await this.#handle.read(slice, 0, slice.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield slice.subarray(0, bytesRead);
    }
  }
}
