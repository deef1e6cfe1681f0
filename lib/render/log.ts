/** Lines are gathered for so long, so that a chatty renderer costs the host one message and one write, not thousands. */
const INTERVAL_MS = 100;

/**
 * Passes a log on, in bounded memory: the first half of the limit as it comes, the last half at the end, with a mark
 * for what was cut between them. The reason of a failure stands at the end of a log.
 */
export class Log {
  readonly #half: number;
  readonly #send: (text: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #gathered = '';
  #sent = 0;
  #tail: string[] = [];
  #tailLength = 0;
  #cut = 0;

  /** `limit` counts characters. */
  constructor(limit: number, send: (text: string) => void) {
    this.#half = Math.floor(limit / 2);
    this.#send = send;
  }

  /** One whole line, with its newline. */
  write(line: string): void {
    if (this.#tail.length === 0 && this.#sent + line.length <= this.#half) {
      this.#sent += line.length;
      this.#gathered += line;
      this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
      return;
    }
    this.#tail.push(line);
    this.#tailLength += line.length;
    while (this.#tailLength > this.#half && this.#tail.length > 1) {
      const dropped = this.#tail.shift()?.length ?? 0;
      this.#tailLength -= dropped;
      this.#cut += dropped;
    }
  }

  end(): void {
    this.#flush();
    const mark = this.#cut === 0 ? '' : `[… ${this.#cut} characters of the log were cut here …]\n`;
    const rest = mark + this.#tail.join('');
    if (rest !== '') this.#send(rest);
    this.#tail = [];
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered !== '') this.#send(this.#gathered);
    this.#gathered = '';
  }
}
