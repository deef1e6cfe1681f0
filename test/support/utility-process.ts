import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

const BOOTSTRAP = fileURLToPath(new URL('../fixtures/utility-process/bootstrap.mjs', import.meta.url));

/** The options of `utilityProcess.fork` that are understood here. */
interface ForkOptions {
  env?: Record<string, string>;
  cwd?: string;
  execArgv?: string[];
  serviceName?: string;
  stdio?: string | string[];
}

type Said = { data: unknown } | { gone: number };

/** A utility process; as unkind as Electron's where that matters. */
class FakeUtilityProcess extends EventEmitter {
  #child: ChildProcess | null;
  #isUp = false;
  #killed = false;
  stdout: PassThrough | null = null;
  stderr: PassThrough | null = null;

  constructor(modulePath: string, args: string[], options: ForkOptions, { node, app }: FakeElectron) {
    super();
    const stdio = typeof options.stdio === 'string' ? ['ignore', options.stdio, options.stdio] : options.stdio;
    const [stdin = 'ignore', stdout = 'inherit', stderr = 'inherit'] = stdio ?? [];
    if (stdin !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
    if (stdout === 'pipe') this.stdout = new PassThrough();
    if (stderr === 'pipe') this.stderr = new PassThrough();
    // Electron passes on a handful of Node's options, of which the library uses none: `execArgv` has no effect.
    const child = spawn(node, ['--import', BOOTSTRAP, modulePath, ...args], {
      cwd: options.cwd,
      env: { ...(options.env ?? process.env), TEST_APP_PROGRAM: app },
      stdio: ['ignore', stdout as 'pipe', stderr as 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#child = child;
    child.once('spawn', () => {
      this.#isUp = true;
      if (this.stdout !== null) child.stdout?.pipe(this.stdout);
      if (this.stderr !== null) child.stderr?.pipe(this.stderr);
      this.emit('spawn');
    });
    child.on('error', () => {});
    child.on('message', (said: Said) => {
      if (this.#child === null) return;
      if ('gone' in said) this.#exit(said.gone);
      else this.emit('message', said.data);
    });
    child.once('exit', (code, signal) => this.#exit(code ?? constants.signals[signal ?? 'SIGKILL']));
  }

  get pid(): number | undefined {
    return this.#isUp ? this.#child?.pid : undefined;
  }

  postMessage(data: unknown): void {
    if (this.#child?.connected) this.#child.send({ data });
  }

  kill(): boolean {
    if (this.pid === undefined) return false;
    this.#killed = this.#child?.kill() ?? false;
    return this.#killed;
  }

  /** Once: what the pipes still hold is lost. */
  #exit(code: number): void {
    if (this.#child === null) return;
    this.#child = null;
    const { SIGTERM, SIGKILL } = constants.signals;
    const isTerminated = this.#killed && (code === SIGTERM || code === SIGKILL);
    try {
      this.emit('exit', isTerminated ? 0 : code);
    } finally {
      this.stdout?.removeAllListeners();
      this.stderr?.removeAllListeners();
      this.stdout = null;
      this.stderr = null;
    }
  }
}

/** The app around it. */
export interface FakeElectron {
  /** What really runs a module. */
  node: string;
  /** The app's own program: a process that is started by it is a fault of the library. */
  app: string;
}

/**
 * A stand-in for Electron's `utilityProcess`, made of `child_process`. Sources: Electron 44, docs/api/utility-process.md,
 * lib/browser/api/utility-process.ts, shell/browser/api/electron_api_utility_process.cc.
 */
export function fakeUtilityProcess(electron: FakeElectron) {
  return {
    fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
      new FakeUtilityProcess(modulePath, args, options, electron),
  };
}
