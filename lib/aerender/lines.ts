import { stripVTControlCharacters } from 'node:util';

/** A line longer than this is cut: no record of aerender is, and 10 MB without a newline must not stay in memory. */
const LINE_LIMIT = 64 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Turns the bytes of a process into lines: a read may end in the middle of a line or of a character. Removes escape
 * codes and control characters, and drops empty lines.
 */
export class LineReader {
  readonly #onLine: (line: string) => void;
  readonly #fallback: InstanceType<typeof TextDecoder>;
  #parts: Uint8Array[] = [];
  #length = 0;
  #cut = false;

  /** `encoding` is that of lines that are not UTF-8: a label of the Encoding Standard, `gbk`. */
  constructor(onLine: (line: string) => void, encoding = 'utf-8') {
    this.#onLine = onLine;
    this.#fallback = new TextDecoder(encoding);
  }

  write(chunk: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] !== NEWLINE && chunk[at] !== RETURN) continue;
      this.#keep(chunk.subarray(start, at));
      this.#endLine();
      start = at + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** Call it when the process has ended: the rest is a line as well. */
  end(): void {
    this.#endLine();
  }

  #keep(bytes: Uint8Array): void {
    const room = LINE_LIMIT - this.#length;
    if (bytes.length > room) this.#cut = true;
    if (bytes.length === 0 || room <= 0) return;
    // A copy: the stream may use the memory of its chunk again.
    this.#parts.push(bytes.slice(0, room));
    this.#length += Math.min(bytes.length, room);
  }

  #endLine(): void {
    if (this.#length === 0) return;
    const text = clean(this.#decode(Buffer.concat(this.#parts)));
    const line = this.#cut ? `${text}…` : text;
    this.#parts = [];
    this.#length = 0;
    this.#cut = false;
    if (line.trim() !== '') this.#onLine(line);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return strictUtf8.decode(bytes);
    } catch {
      // Not UTF-8: on Windows After Effects writes in the code page of the system.
      return this.#fallback.decode(bytes);
    }
  }
}

/** Nothing raw may reach a terminal from a log. A tab is kept: After Effects uses it in messages. */
function clean(line: string): string {
  return stripVTControlCharacters(line).replaceAll(/(?!\t)\p{Cc}/gu, '');
}
