/** Lines are gathered for so long, so that a chatty renderer costs the host one message and one write, not thousands. */
const INTERVAL_MS = 100;

/**
 * Passes a log on, in bounded memory: the first half of the limit as it comes, the last half at the end, with a mark
 * for what was cut between them. The reason of a failure is at the end of a log.
 */
export class Log {
  readonly #half: number;
  readonly #send: (text: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #gathered = '';
  #sent = 0;
  #tail: { line: string; bytes: number }[] = [];
  #tailBytes = 0;
  #cut = 0;

  /** `limit` counts bytes of UTF-8; the mark comes on top. */
  constructor(limit: number, send: (text: string) => void) {
    this.#half = Math.floor(limit / 2);
    this.#send = send;
  }

  /** One whole line, with its newline. */
  write(text: string): void {
    const { line, bytes } = this.#shortened(text);
    if (this.#tail.length === 0 && this.#sent + bytes <= this.#half) {
      this.#sent += bytes;
      this.#gathered += line;
      this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
      return;
    }
    this.#tail.push({ line, bytes });
    this.#tailBytes += bytes;
    while (this.#tailBytes > this.#half) {
      const dropped = this.#tail.shift()?.bytes ?? 0;
      this.#tailBytes -= dropped;
      this.#cut += dropped;
    }
  }

  end(): void {
    this.#flush();
    const mark = this.#cut === 0 ? '' : `[… ${this.#cut} bytes of the log were cut here …]\n`;
    const rest = mark + this.#tail.map(({ line }) => line).join('');
    if (rest !== '') this.#send(rest);
    this.#tail = [];
  }

  /** A line that is longer than half the limit keeps its beginning. */
  #shortened(line: string): { line: string; bytes: number } {
    const bytes = Buffer.byteLength(line);
    if (bytes <= this.#half) return { line, bytes };
    const END = '…\n';
    const room = this.#half - Buffer.byteLength(END);
    const start = Buffer.from(line).subarray(0, room);
    // The cut may be inside a character.
    const kept = `${start.toString('utf8').replace(/\ufffd+$/, '')}${END}`;
    const keptBytes = Buffer.byteLength(kept);
    this.#cut += bytes - keptBytes;
    return { line: kept, bytes: keptBytes };
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered !== '') this.#send(this.#gathered);
    this.#gathered = '';
  }
}
