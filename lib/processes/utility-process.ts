import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf } from '../errors.ts';
import { type MemoryWatch, memoryFault, watchMemory } from './memory.ts';
import {
  lowerPriority,
  NOT_HELD_BACK,
  NOT_RUNNING,
  noteStart,
  type ProcessEnd,
  type ProcessListener,
  type ProcessOptions,
  type RunningProcess,
  startTimeNow,
} from './start.ts';
import { type KnownProcess, killTree } from './tree.ts';
import { EXIT_NOW, type UtilityMessage } from './utility-messages.ts';

/** What is used of a `UtilityProcess` of Electron. Source: Electron, "utilityProcess". */
export interface UtilityProcess {
  /** Undefined until it has started, and after its end. */
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  /** Sends a message to the process, which hears it at its `process.parentPort`. */
  postMessage(message: unknown): void;
  /** Emitted once the process has started. */
  on(event: 'spawn', listener: () => void): unknown;
  /** Emitted for each message of the process. */
  on(event: 'message', listener: (message: unknown) => void): unknown;
  /** Emitted if V8 cannot go on in the process: the kind of fault, its place in the source, and a report. */
  on(event: 'error', listener: (type: string, location: string, report: string) => void): unknown;
  /** Emitted once the process has ended, with its exit code. */
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** How the bundled renderer is to be started: pass it on to `utilityProcess.fork` as it is. */
export interface ForkOptions {
  env: Record<string, string>;
  cwd: string;
  stdio: ['ignore', 'pipe', 'pipe'];
  /** The name in Electron's list of processes. */
  serviceName: string;
}

/** Starts a module in a utility process of Electron; it has the parameters of `utilityProcess.fork`. */
export type ForkUtilityProcess = (modulePath: string, args: string[], options: ForkOptions) => UtilityProcess;

/**
 * Starts a module in a utility process. Electron lets only its main process do that, in its main thread: so the host calls
 * it, and never a thread. Its tree can be killed; its pipes are read as long as it runs.
 */
export function startUtilityProcess(
  fork: ForkUtilityProcess,
  { file, args, cwd, priority }: Pick<ProcessOptions, 'file' | 'args' | 'cwd' | 'priority'>,
  listener: ProcessListener,
): RunningProcess {
  const notBefore = startTimeNow();
  let child: UtilityProcess;
  try {
    const stdio: ForkOptions['stdio'] = ['ignore', 'pipe', 'pipe'];
    child = fork(file, args, { env: environment(cwd), cwd, stdio, serviceName: SERVICE_NAME });
  } catch (error) {
    const spawnError = { code: null, message: reasonOf(error) };
    return { ended: Promise.resolve({ exitCode: null, signal: null, spawnError }), ...NOT_RUNNING };
  }
  // Null: it ended before it had started.
  const started = Promise.withResolvers<KnownProcess | null>();
  const exited = Promise.withResolvers<number>();
  let heard: Promise<unknown> = started.promise.then((known) => {
    if (known !== null) listener.onStarted(known);
  });
  const say = (stream: 'stdout' | 'stderr', chunk: Uint8Array) => {
    heard = heard.then(() => listener.onOutput(stream, chunk));
  };
  const print = (text: string) => say('stdout', Buffer.from(text));
  let killing: Promise<unknown> | null = null;
  const kill = () => {
    killing ??= started.promise.then((known) => (known === null ? [] : killTree(known)));
  };
  let exitCode: number | null = null;
  let watch: MemoryWatch | undefined;

  child.on('spawn', () => {
    const { pid } = child;
    if (pid === undefined) return;
    started.resolve(noteStart(pid, notBefore));
    if (priority === 'low') lowerPriority(pid);
    watch = watchMemory(pid, (limit) => {
      // Ended from here it is no crash: these words tell why.
      exitCode = 1;
      print(memoryFault(limit));
      kill();
    });
  });
  child.on('message', (said) => {
    const message = said as UtilityMessage;
    if (message.type === 'log') return print(message.text);
    exitCode ??= message.exitCode;
    child.postMessage(EXIT_NOW);
  });
  // Without a listener, Node would throw it into the app. The process ends next.
  child.on('error', (type, location) => print(`${type}: ${location}\n`));
  child.on('exit', (code) => {
    watch?.end();
    started.resolve(null);
    exited.resolve(code);
  });
  child.stdout?.on('data', (chunk: Uint8Array) => say('stdout', chunk));
  child.stderr?.on('data', (chunk: Uint8Array) => say('stderr', chunk));

  const end = async (): Promise<ProcessEnd> => {
    const code = await exited.promise;
    await heard;
    await killing;
    // Electron tells signals and exit codes in one number. A renderer that is done has said so before.
    const signal = exitCode === null ? `exit code ${code}` : null;
    return { exitCode, signal, spawnError: null };
  };
  return { ...NOT_HELD_BACK, ended: end(), kill };
}

const SERVICE_NAME = 'aerender-batch renderer';

/** The app's own, and a place for its temporary files that goes with the job. */
function environment(temporary: string): Record<string, string> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(inherited), TMPDIR: temporary, TEMP: temporary, TMP: temporary };
}

/** The app may be starting, with all its windows. */
const TRIAL_LIMIT_MS = 20_000;
const TRIAL_CHARACTERS = 10_000;

/** Runs a module that only prints something. Returns null if it has done it, else why not. */
export async function tryUtilityProcess(
  fork: ForkUtilityProcess,
  file: string,
  args: string[],
): Promise<string | null> {
  let printed = '';
  const trial = startUtilityProcess(
    fork,
    { file, args, cwd: tmpdir(), priority: 'normal' },
    {
      onStarted: () => {},
      onOutput: (_, chunk) => {
        printed = (printed + Buffer.from(chunk).toString()).slice(0, TRIAL_CHARACTERS);
      },
    },
  );
  const late = new AbortController();
  const limit = delay(TRIAL_LIMIT_MS, null, { signal: late.signal, ref: false }).catch(() => null);
  const end = await Promise.race([trial.ended, limit]);
  late.abort();
  if (end === null) {
    trial.kill();
    return `${file} did not end within ${TRIAL_LIMIT_MS / 1000} seconds.`;
  }
  if (end.exitCode === 0) return null;
  if (end.spawnError !== null) return end.spawnError.message;
  const words = printed.split('\n').find((line) => /Error/.test(line)) ?? '';
  return `${file} ended with ${end.signal ?? `exit code ${end.exitCode}`}. ${words}`.trim();
}
