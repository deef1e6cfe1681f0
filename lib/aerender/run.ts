import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { killOrphans, killTree, processStartedAt } from '../processes/tree.ts';
import { AerenderOutput, type OutputRecord } from './output.ts';
import { RunTimeouts, type TimeoutKind, type TimeoutLimits } from './timeouts.ts';

export interface RunOptions {
  /** A program; a `.js`, `.mjs` or `.ts` file is run by this Node (in Electron too). */
  file: string;
  args: string[];
  cwd: string;
  timeouts: TimeoutLimits;
  /** Ends the process tree. */
  signal: AbortSignal;
  /** The folder of the output: that it grows is a sign of life. */
  watch: string;
  onStarted: (pid: number, processStartedAt: string | null) => void;
  onRecord: (record: OutputRecord) => void;
  /** A whole line with its newline, cleaned of control characters. */
  onLog: (text: string) => void;
}

/** How a run ended, and what it said. */
export interface RunResult {
  exitCode: number | null;
  signal: string | null;
  /** By `signal` of the options. */
  killed: boolean;
  timedOut: TimeoutKind | null;
  /** Why the process could not be started. */
  spawnError: string | null;
  errors: string[];
  scriptFault: { code: string; message: string } | null;
  /** `Roboto (Black)`, each once. */
  missingFonts: string[];
  /** Seconds; `startDuration` until the render began. */
  duration: number;
  startDuration: number | null;
}

/** A log of errors without end must not fill the memory; the first ones tell the cause. */
const KEPT_ERRORS = 20;

/** Runs a renderer to its end; never rejects. No process of its tree is left when it resolves. */
export async function runAerender(options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const said = new Said();
  let killed = false;
  let timedOut: TimeoutKind | null = null;
  let startDuration: number | null = null;
  let ending: Promise<void> | null = null;

  const [file, args, env] = commandOf(options);
  const child = execa(file, args, {
    cwd: options.cwd,
    env,
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
    reject: false,
    // A group of its own, so that descendants can be ended whose parent has gone.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const end = () => {
    if (child.pid !== undefined) ending ??= killTree(child.pid);
  };
  // A descendant that outlives the renderer would keep its pipes open, and the run with them: it is ended too.
  child.nodeChildProcess.once('exit', () => {
    if (child.pid !== undefined) ending ??= killOrphans(child.pid);
  });
  const timeouts = new RunTimeouts(options.timeouts, options.watch, (kind) => {
    timedOut = kind;
    end();
  });
  const kill = () => {
    killed = true;
    end();
  };
  options.signal.addEventListener('abort', kill, { once: true });
  if (options.signal.aborted) kill();

  for (const stream of [child.stdout, child.stderr]) {
    const output = new AerenderOutput((record, line) => {
      options.onLog(`${line}\n`);
      options.onRecord(record);
      said.take(record);
      if (!isBeginning(record)) return;
      startDuration ??= seconds();
      timeouts.signOfLife();
    });
    stream.on('data', (chunk: Buffer) => output.write(chunk));
    stream.on('end', () => output.end());
  }
  if (child.pid !== undefined) options.onStarted(child.pid, await processStartedAt(child.pid));
  const result = await child;
  timeouts.end();
  options.signal.removeEventListener('abort', kill);
  await ending;
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    killed,
    timedOut,
    spawnError: child.pid === undefined ? (result.originalMessage ?? 'unknown reason') : null,
    ...said.facts(),
    duration: seconds(),
    startDuration,
  };
}

function commandOf({ file, args }: RunOptions): [file: string, args: string[], env: Record<string, string>] {
  if (!/\.(js|mjs|ts)$/.test(file)) return [file, args, {}];
  return [process.execPath, [file, ...args], { ELECTRON_RUN_AS_NODE: '1' }];
}

/** Before After Effects has launched, words are no sign that it will. */
function isBeginning({ type }: OutputRecord): boolean {
  return type !== 'version' && type !== 'launching' && type !== 'text';
}

/** What of the output decides about the job. */
class Said {
  readonly #errors: string[] = [];
  readonly #missingFonts = new Set<string>();
  #scriptFault: RunResult['scriptFault'] = null;

  take(record: OutputRecord): void {
    if (record.type === 'error' && this.#errors.length < KEPT_ERRORS) this.#errors.push(record.message.slice(0, 2_000));
    if (record.type === 'missingFont' && this.#missingFonts.size < 1_000)
      this.#missingFonts.add(`${record.family} (${record.style})`);
    if (record.type === 'scriptFault') this.#scriptFault ??= { code: record.code, message: record.message };
  }

  facts() {
    return { errors: this.#errors, missingFonts: [...this.#missingFonts], scriptFault: this.#scriptFault };
  }
}
