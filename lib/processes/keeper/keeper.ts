import { parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ownModule } from '../../own-files.ts';
import { findNodeProgram } from '../node-program.ts';
import {
  nodeCommand,
  type ProcessEnd,
  type ProcessListener,
  type ProcessOptions,
  type RunningProcess,
  startProcess,
} from '../start.ts';
import { type KnownProcess, killTree } from '../tree.ts';
import { encodeFrame, type Frame, FrameReader, payloadOf } from './frames.ts';

/** From source the keeper runs `main.ts`, from the package `main.js`: the entry has this file's extension. */
const ENTRY = ownModule('./main', import.meta.url);

/**
 * The less memory a keeper holds, the faster it starts a process: it keeps few young objects. Alone in its thread it does
 * not take the processors that the renderers want.
 */
const V8_FLAGS = ['--max-semi-space-size=1', '--single-threaded'];

/** Starting Node takes a tenth of a second, and some seconds on a machine that is busy with renders. */
const START_LIMIT_MS = 20_000;

/** To kill a tree takes it six seconds. One that has not done it by then hangs: it is killed, and we end the tree. */
const KILL_LIMIT_MS = 12_000;

interface KeptProcess {
  listener: ProcessListener;
  known: KnownProcess | null;
  resolve: (end: ProcessEnd) => void;
}

/** The thread's side of a keeper process. */
export class Keeper {
  readonly #child;
  readonly #kept = new Map<number, KeptProcess>();
  readonly #killLimitMs: number;
  #nextId = 1;
  #isAlive = true;

  /** Resolves when the keeper can be used; rejects if it cannot be started. */
  readonly ready: Promise<void>;

  /** `node` is the program that runs it. */
  constructor(node: string, { entry = ENTRY, killLimitMs = KILL_LIMIT_MS } = {}) {
    this.#killLimitMs = killLimitMs;
    // It may be inside of app.asar: Electron's own program reads there, as Node too.
    const path = fileURLToPath(entry);
    const [file, args, env] = nodeCommand(node, path, [], V8_FLAGS);
    this.#child = execa(file, args, {
      env,
      // Not in a folder that somebody may want to remove.
      cwd: parse(path).root,
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'ignore',
      buffer: false,
      encoding: 'buffer',
      reject: false,
      // In a session of its own it hears no Ctrl-C, and it outlives the host for the moment that it takes to clean up.
      detached: true,
      cleanup: false,
      windowsHide: true,
    });
    const ready = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.ready.catch(() => {}); // Who starts a process hears of it.
    const limit = setTimeout(() => this.#lose(), START_LIMIT_MS);
    const reader = new FrameReader((frame) => {
      if (frame.kind !== 'ready') this.#take(frame);
      else ready.resolve();
    });
    this.#child.stdout.on('data', (chunk: Buffer) => reader.write(chunk));
    for (const stream of [this.#child.stdin, this.#child.stdout]) stream.on('error', () => this.#lose());
    this.ready.then(
      () => clearTimeout(limit),
      () => clearTimeout(limit),
    );
    void this.#child.then(({ originalMessage }) => {
      ready.reject(new Error(originalMessage ?? 'the keeper ended before it was ready'));
      this.#isAlive = false;
      for (const [id, kept] of this.#kept) void this.#endLost(id, kept);
    });
    this.#holdProcess(false);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Starts a process; call it when the keeper is ready. */
  start(options: ProcessOptions, listener: ProcessListener): RunningProcess {
    const id = this.#nextId;
    this.#nextId += 1;
    const ended = new Promise<ProcessEnd>((resolve) => {
      this.#kept.set(id, { listener, known: null, resolve });
    });
    this.#holdProcess(true);
    this.#send(encodeFrame('start', id, options));
    const kill = () => {
      this.#send(encodeFrame('kill', id));
      setTimeout(() => {
        if (this.#kept.has(id)) this.#lose();
      }, this.#killLimitMs).unref();
    };
    return { ended, kill, pause: () => this.#child.stdout.pause(), resume: () => this.#child.stdout.resume() };
  }

  /** Lets the keeper end, with all that it started. */
  close(): void {
    this.#child.stdin.end();
  }

  #take(frame: Frame): void {
    const kept = this.#kept.get(frame.id);
    if (kept === undefined) return;
    switch (frame.kind) {
      case 'started':
        kept.known = payloadOf<KnownProcess>(frame);
        kept.listener.onStarted(kept.known);
        break;
      case 'stdout':
      case 'stderr':
        kept.listener.onOutput(frame.kind, frame.payload);
        break;
      case 'ended':
        this.#end(frame.id, payloadOf<ProcessEnd>(frame));
        break;
    }
  }

  #end(id: number, end: ProcessEnd): void {
    this.#kept.get(id)?.resolve(end);
    this.#kept.delete(id);
    if (this.#kept.size === 0) this.#holdProcess(false);
  }

  /** The renderer may have survived its keeper. */
  async #endLost(id: number, { known }: KeptProcess): Promise<void> {
    if (known !== null) await killTree(known);
    this.#end(id, { exitCode: null, signal: 'the process that kept it ended', spawnError: null });
  }

  #send(frame: Buffer): void {
    if (this.#isAlive) this.#child.stdin.write(frame);
  }

  #lose(): void {
    this.#child.kill('SIGKILL');
  }

  /** An idle keeper must not keep this thread or process from ending. */
  #holdProcess(hold: boolean): void {
    const { nodeChildProcess, stdin, stdout } = this.#child;
    for (const handle of [nodeChildProcess, stdin, stdout] as unknown as { ref(): void; unref(): void }[]) {
      if (hold) handle.ref();
      else handle.unref();
    }
  }
}

/** This thread's keeper, kept between jobs. Null: none can be started here, so the thread starts processes itself. */
let opening: Promise<Keeper | null> | undefined;

/** Starts this thread's keeper before it is needed, so that the first process does not wait for it. */
export function prepareKeeper(): void {
  opening ??= openKeeper();
}

async function openKeeper(): Promise<Keeper | null> {
  const node = await findNodeProgram(null);
  // An Electron app that forbids its program to run as Node.
  if ('fault' in node) return null;
  const keeper = new Keeper(node.file);
  return await keeper.ready.then(
    () => keeper,
    () => null, // It is faster, and no more.
  );
}

/** Returns the keeper, a new one if it has ended. */
async function livingKeeper(): Promise<Keeper | null> {
  prepareKeeper();
  const keeper = (await opening) ?? null;
  if (keeper === null || keeper.isAlive) return keeper;
  opening = openKeeper();
  return (await opening) ?? null;
}

/** Starts a process through this thread's keeper. It is then killed also if the thread or the host dies. */
export function launchProcess(options: ProcessOptions, listener: ProcessListener): RunningProcess {
  let isKilled = false;
  let running: RunningProcess | null = null;
  const start = async () => {
    const keeper = await livingKeeper();
    running = keeper === null ? startProcess(options, listener) : keeper.start(options, listener);
    if (isKilled) running.kill();
    return await running.ended;
  };
  return {
    ended: start(),
    kill: () => {
      isKilled = true;
      running?.kill();
    },
    pause: () => running?.pause(),
    resume: () => running?.resume(),
  };
}
