import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { extname, isAbsolute } from 'node:path';
import { execa } from 'execa';
import { readStartedAt, windowsTicks } from './table.ts';
import { groupIsAlive, type KnownProcess, killTree } from './tree.ts';

/** After the exit of a process its output is read for so long. A helper that it started may keep the pipes open for ever. */
const PIPE_GRACE_MS = 2_000;

export interface ProcessOptions {
  /** A program; a `.js`, `.mjs` or `.ts` file is run by `node`. */
  file: string;
  /** Null: this process's own program, also if that is Electron's. */
  node?: string | null;
  args: string[];
  cwd: string;
  /** `low`: other programs of the machine come first. Its children inherit it. */
  priority: 'normal' | 'low';
}

/** What a running process says, in this order: `onStarted`, then output. */
export interface ProcessListener {
  onStarted(process: KnownProcess): void;
  /** The chunk may be used again by its stream after the call. */
  onOutput(stream: 'stdout' | 'stderr', chunk: Uint8Array): void;
}

/** How a process ended. */
export interface ProcessEnd {
  exitCode: number | null;
  signal: string | null;
  /** Why it could not be started: `ENOENT`, and the system's words. */
  spawnError: { code: string | null; message: string } | null;
}

export interface RunningProcess {
  /** Never rejects. Settles when the process has exited and its output is read, or could not be started. */
  readonly ended: Promise<ProcessEnd>;
  /** Kills the process and its descendants. */
  kill(): void;
  /** Stops and continues reading its output. A process that writes more than a pipe holds waits meanwhile. */
  pause(): void;
  resume(): void;
}

/** How a process is started: by this one, by a keeper, or by the host. */
export type LaunchProcess = (options: ProcessOptions, listener: ProcessListener) => RunningProcess;

/**
 * Starts a process in a group of its own, so that its descendants can be found after its end. Who starts many keeps a copy
 * of `environment`: to read `process.env` asks the system for each variable.
 */
export function startProcess(
  options: ProcessOptions,
  listener: ProcessListener,
  environment: NodeJS.ProcessEnv = process.env,
): RunningProcess {
  const [file, args, env] = commandOf(options);
  // Windows would hand what is not there to cmd.exe, whose exit code looks like a crash.
  if (isAbsolute(file) && !existsSync(file)) return { ended: Promise.resolve(notThere(file)), ...NOT_RUNNING };
  const notBefore = startTimeNow();
  const child = execa(file, args, {
    cwd: options.cwd,
    env: { ...environment, ...env },
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    encoding: 'buffer',
    reject: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const { pid } = child;
  if (pid === undefined) return { ended: spawnFailure(child), ...NOT_RUNNING };
  if (options.priority === 'low') lowerPriority(pid);

  const root = noteStart(pid, notBefore);
  let killing: Promise<unknown> | null = null;
  const kill = () => {
    killing ??= root.then(killTree);
  };
  const output = new ChildOutput([child.stdout, child.stderr], kill);
  // At once: Node drops what nobody reads when the process exits.
  const early: (() => void)[] = [];
  let hold: (() => void)[] | null = early;
  output.read((stream, chunk) => {
    if (hold === null) listener.onOutput(stream, chunk);
    else hold.push(() => listener.onOutput(stream, chunk));
  });
  const start = root.then((known) => {
    listener.onStarted(known);
    for (const deliver of early) deliver();
    hold = null;
  });
  const exited = new Promise<[number | null, string | null]>((resolve) => {
    child.nodeChildProcess.once('exit', (exitCode, signal) => {
      // What it leaves behind would hold its files, and the pipes.
      if (groupIsAlive(pid)) kill();
      resolve([exitCode, signal]);
    });
  });
  const end = async (): Promise<ProcessEnd> => {
    await start;
    const [exitCode, signal] = await exited;
    await output.closed();
    await killing;
    return { exitCode, signal, spawnError: null };
  };
  return { ended: end(), kill, pause: () => output.pause(), resume: () => output.resume() };
}

/** Reads the pipes of a process. A pipe that is open long after the exit is closed from here. */
class ChildOutput {
  readonly #streams: readonly NodeJS.ReadableStream[];
  readonly #onHeld: () => void;
  readonly #closed: Promise<unknown>;
  #paused = false;
  #exited = false;
  #grace: NodeJS.Timeout | null = null;

  /** `onHeld` is called if somebody still holds the pipes after the grace. */
  constructor(streams: readonly NodeJS.ReadableStream[], onHeld: () => void) {
    this.#streams = streams;
    this.#onHeld = onHeld;
    this.#closed = Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve))));
  }

  read(onData: (stream: 'stdout' | 'stderr', chunk: Uint8Array) => void): void {
    for (const [index, stream] of this.#streams.entries()) {
      stream.on('error', noop); // A broken pipe ends the output, not the render.
      stream.on('data', (chunk: Uint8Array) => onData(index === 0 ? 'stdout' : 'stderr', chunk));
    }
    if (this.#paused) this.pause();
  }

  pause(): void {
    this.#paused = true;
    for (const stream of this.#streams) stream.pause();
    this.#stopGrace();
  }

  resume(): void {
    this.#paused = false;
    for (const stream of this.#streams) stream.resume();
    this.#startGrace();
  }

  /** Call it after the exit. Resolves when all is read, or the grace is over. */
  async closed(): Promise<void> {
    this.#exited = true;
    this.#startGrace();
    await this.#closed;
    this.#stopGrace();
  }

  /** Time in which the reader pauses does not count: the rest of a long log is still in the pipe. */
  #startGrace(): void {
    if (!this.#exited || this.#paused || this.#grace !== null) return;
    this.#grace = setTimeout(() => {
      this.#onHeld();
      for (const stream of this.#streams) (stream as NodeJS.ReadableStream & { destroy(): void }).destroy();
    }, PIPE_GRACE_MS);
  }

  #stopGrace(): void {
    if (this.#grace !== null) clearTimeout(this.#grace);
    this.#grace = null;
  }
}

function noop(): void {}

/** Nothing holds back the output of such a process: our own renderer prints a line for a frame. */
export const NOT_HELD_BACK = { pause: noop, resume: noop };

/** What can be done to a process that is not there. */
export const NOT_RUNNING = { kill: noop, ...NOT_HELD_BACK };

function notThere(file: string): ProcessEnd {
  return { exitCode: null, signal: null, spawnError: { code: 'ENOENT', message: `${file} is not there` } };
}

/** A lower bound for the start of a process, on Windows: there, to ask for the exact time takes a second. */
export function startTimeNow(): string | undefined {
  return process.platform === 'win32' ? windowsTicks(Date.now()) : undefined;
}

/** `notBefore`: `startTimeNow()` of before it was started. */
export async function noteStart(pid: number, notBefore: string | undefined): Promise<KnownProcess> {
  if (notBefore !== undefined) return { pid, startedAt: null, notBefore };
  return { pid, startedAt: await readStartedAt(pid) };
}

async function spawnFailure(child: PromiseLike<{ originalMessage?: string; code?: string }>): Promise<ProcessEnd> {
  const { originalMessage, code } = await child;
  return {
    exitCode: null,
    signal: null,
    spawnError: { code: code ?? null, message: originalMessage ?? 'the system gives no reason' },
  };
}

export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not let us: it renders as well at normal priority.
  }
}

const NODE_PROGRAMS = new Set(['.js', '.mjs', '.cjs', '.ts']);

type Command = [file: string, args: string[], env: Record<string, string>];

function commandOf({ file, args, node = null }: Pick<ProcessOptions, 'file' | 'args' | 'node'>): Command {
  return NODE_PROGRAMS.has(extname(file)) ? nodeCommand(node ?? process.execPath, file, args) : [file, args, {}];
}

/** How a Node program, or Electron as one, runs a file of JavaScript or TypeScript. */
export function nodeCommand(
  node: string,
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Command {
  // Node 22 reads TypeScript only if it is told to.
  const needsFlag = extname(file) === '.ts' && process.features.typescript === false;
  const typescript = needsFlag ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'] : [];
  return [node, [...flags, ...typescript, file, ...args], { ELECTRON_RUN_AS_NODE: '1' }];
}
