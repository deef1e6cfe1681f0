import { performance } from 'node:perf_hooks';
import type { LaunchProcess, ProcessEnd } from '../processes/start.ts';
import type { KnownProcess } from '../processes/tree.ts';
import { logEncoding } from './lines.ts';
import { AerenderOutput, type OutputRecord } from './output.ts';
import { RunTimeouts, type TimeoutKind, type Timeouts } from './timeouts.ts';

interface RunOptions {
  launch: LaunchProcess;
  /** A program; a `.js`, `.mjs` or `.ts` file is run by `node`. */
  file: string;
  /** Null: this process's own program. */
  node?: string | null;
  args: string[];
  cwd: string;
  priority: 'normal' | 'low';
  /** What the job's script writes into its faults; `null` if it has none. */
  scriptNonce: string | null;
  timeouts: Timeouts;
  /** Kills the process tree. */
  signal: AbortSignal;
  /** The folder of the output: that it grows is a sign of life. */
  watch: string;
  /** Whether the renderer has printed its last frame. */
  sawLastFrame: () => boolean;
  /** Whether the output is complete. Asked if the renderer looks done and does not exit; `saysDone`: by its own words. */
  isOutputComplete: (saysDone: boolean) => Promise<boolean>;
  onStarted: (process: KnownProcess) => void;
  onRecord: (record: OutputRecord) => void;
  /** A whole line with its newline, cleaned of control characters. */
  onLog: (text: string) => void;
}

/** How a run ended, and what the renderer printed. */
export interface RunResult {
  exitCode: number | null;
  signal: string | null;
  /** By `signal` of the options. */
  killed: boolean;
  /** Which time-out was exceeded, and its seconds. */
  timedOut: { kind: TimeoutKind; seconds: number } | null;
  /** The output was complete but the renderer did not exit, so we ended it. */
  endedWhenDone: boolean;
  spawnError: ProcessEnd['spawnError'];
  errors: string[];
  /** Lines that look like errors and may be the chatter of a library. */
  doubtfulErrors: string[];
  /** The last ones, without those of fonts. */
  warnings: string[];
  /** The last lines of the log. */
  lastLines: string[];
  scriptFault: { code: string; message: string } | null;
  /** `Roboto (Black)`, each once. */
  missingFonts: string[];
  /** Seconds; `startDuration` until the render began. */
  duration: number;
  startDuration: number | null;
}

/** A renderer that is done has so long to finish its file and to exit. Some never do (inlife/nexrender #510, #883). */
const EXIT_GRACE_MS = 5_000;

/** A log of errors without end must not fill the memory; the first ones name the cause. */
const KEPT_ERRORS = 20;
const KEPT_WARNINGS = 5;
const KEPT_LINES = 5;
/** Characters of a line that are worth a place in a message. */
const QUOTED_LENGTH = 2_000;

/** Runs a renderer to its end; never rejects. No process of its tree is left when it resolves. */
export async function runAerender(options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const facts = new RunFacts();
  let killed = false;
  let timedOut: RunResult['timedOut'] = null;
  let endedWhenDone = false;
  let startDuration: number | null = null;

  const endIfComplete = async (): Promise<boolean> => {
    if (!(await options.isOutputComplete(facts.saysDone))) return false;
    endedWhenDone = true;
    running.kill();
    return true;
  };
  const done = new DoneWatch(endIfComplete);
  const timeouts = new RunTimeouts(options.timeouts, options.watch, async (kind, limit) => {
    // Some output modules print no frames at all: then only the file shows that the render is done.
    if (facts.maybeDone(options) && (await endIfComplete())) return;
    timedOut = { kind, seconds: limit };
    running.kill();
  });
  const take = (record: OutputRecord, line: string) => {
    options.onLog(`${line}\n`);
    options.onRecord(record);
    facts.take(record, line);
    if (facts.saysDone || options.sawLastFrame()) done.postpone();
    if (!isBeginning(record)) return;
    startDuration ??= seconds();
    timeouts.signOfLife();
  };
  const { scriptNonce } = options;
  const encoding = await logEncoding(options.file);
  const outputs = {
    stdout: new AerenderOutput({ stream: 'stdout', encoding, scriptNonce }, take),
    stderr: new AerenderOutput({ stream: 'stderr', encoding, scriptNonce }, take),
  };
  const { file, node = null, args, cwd, priority } = options;
  const program = { file, node, args, cwd, priority };
  const running = options.launch(program, {
    onStarted: options.onStarted,
    onOutput: (stream, chunk) => outputs[stream].write(chunk),
  });
  const kill = () => {
    killed = true;
    running.kill();
  };
  options.signal.addEventListener('abort', kill, { once: true });
  if (options.signal.aborted) kill();

  const { exitCode, signal, spawnError } = await running.ended;
  outputs.stdout.end();
  outputs.stderr.end();
  timeouts.end();
  done.end();
  options.signal.removeEventListener('abort', kill);
  return {
    exitCode,
    signal,
    killed,
    timedOut,
    endedWhenDone,
    spawnError,
    ...facts.result(),
    duration: seconds(),
    startDuration,
  };
}

/** Until After Effects has launched, no output is a sign that it will. */
function isBeginning({ type }: OutputRecord): boolean {
  return type !== 'version' && type !== 'launching' && type !== 'text';
}

/** Watches a renderer that looks done: each time it was silent for the grace, its output is checked. */
class DoneWatch {
  readonly #endIfComplete: () => Promise<boolean>;
  #timer: NodeJS.Timeout | null = null;
  #hasEnded = false;

  constructor(endIfComplete: () => Promise<boolean>) {
    this.#endIfComplete = endIfComplete;
  }

  /** The renderer looks done, and has just printed something. */
  postpone(): void {
    this.end();
    this.#hasEnded = false;
    this.#timer = setTimeout(() => void this.#check(), EXIT_GRACE_MS);
  }

  end(): void {
    this.#hasEnded = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #check(): Promise<void> {
    // A long film is still being written after its last frame.
    if (!(await this.#endIfComplete()) && !this.#hasEnded) this.postpone();
  }
}

/** What of the output decides about the job. */
class RunFacts {
  readonly #errors: string[] = [];
  readonly #doubtfulErrors: string[] = [];
  readonly #missingFonts = new Set<string>();
  readonly #warnings: string[] = [];
  readonly #lastLines: string[] = [];
  #scriptFault: RunResult['scriptFault'] = null;
  #sawFrames = false;
  #saysDone = false;

  take(record: OutputRecord, line: string): void {
    keepLast(this.#lastLines, line, KEPT_LINES);
    switch (record.type) {
      case 'error':
        keepFirst(this.#errors, record.message, KEPT_ERRORS);
        break;
      case 'doubtfulError':
        keepFirst(this.#doubtfulErrors, record.message, KEPT_ERRORS);
        break;
      case 'warning':
        keepLast(this.#warnings, record.message, KEPT_WARNINGS);
        break;
      case 'missingFont':
        if (this.#missingFonts.size < 1_000) this.#missingFonts.add(`${record.family} (${record.style})`);
        break;
      case 'scriptFault':
        this.#scriptFault ??= { code: record.code, message: record.message };
        break;
      case 'frame':
        this.#sawFrames = true;
        break;
      case 'finished':
      case 'elapsed':
        this.#saysDone = true;
        break;
    }
  }

  /** In English; other languages print the same in their own words, and only the last frame shows it. */
  get saysDone(): boolean {
    return this.#saysDone;
  }

  /** Whether a silent renderer may be one that is done. */
  maybeDone({ sawLastFrame }: Pick<RunOptions, 'sawLastFrame'>): boolean {
    return this.#saysDone || sawLastFrame() || !this.#sawFrames;
  }

  result() {
    return {
      errors: this.#errors,
      doubtfulErrors: this.#doubtfulErrors,
      warnings: this.#warnings,
      lastLines: this.#lastLines,
      missingFonts: [...this.#missingFonts],
      scriptFault: this.#scriptFault,
    };
  }
}

function keepFirst(list: string[], line: string, count: number): void {
  if (list.length < count) list.push(line.slice(0, QUOTED_LENGTH));
}

function keepLast(list: string[], line: string, count: number): void {
  if (list.at(-1) === line) return;
  list.push(line.slice(0, QUOTED_LENGTH));
  if (list.length > count) list.shift();
}
