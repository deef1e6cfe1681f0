import { createLogUpdate } from 'log-update';

/** More often only flickers. */
const INTERVAL_MS = 100;

/** Lines at the foot of a terminal that are drawn anew as they change, with other lines printed above them. */
export class LiveLines {
  readonly #stream: NodeJS.WriteStream;
  readonly #linesFor: (columns: number) => readonly string[];
  readonly #draw: ReturnType<typeof createLogUpdate>;
  readonly #timer: NodeJS.Timeout;

  constructor(stream: NodeJS.WriteStream, linesFor: (columns: number) => readonly string[]) {
    this.#stream = stream;
    this.#linesFor = linesFor;
    this.#draw = createLogUpdate(stream);
    this.#timer = setInterval(() => this.#redraw(), INTERVAL_MS);
    this.#redraw();
  }

  /** Prints a line that stays. It is written as it is: a path that the terminal wraps can still be copied whole. */
  print(line: string): void {
    this.#draw.clear();
    this.#stream.write(`${line}\n`);
    this.#redraw();
  }

  /** Takes the lines away and shows the cursor again; what was printed stays. */
  stop(): void {
    clearInterval(this.#timer);
    this.#draw.clear();
    this.#draw.done();
  }

  #redraw(): void {
    this.#draw(this.#linesFor(this.#stream.columns || 80).join('\n'));
  }
}
