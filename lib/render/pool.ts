import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { AttemptLimits } from '../aerender/timeouts.ts';
import { reasonOf } from '../errors.ts';
import { ownModule } from '../own-files.ts';
import type { KnownProcess } from '../processes/tree.ts';
import type { ForkUtilityProcess } from '../processes/utility-process.ts';
import { WorkerThread } from '../worker-thread.ts';
import { ProcessHost } from './hosted-process.ts';
import type { RenderCommand, RenderMessage, RenderResult, RenderTask, WorkerInput } from './messages.ts';
import { endProcesses, removeFiles } from './work-folder.ts';

/** From source the threads run `worker.ts`, from the package `worker.js`: the entry has this file's extension. */
export const RENDER_THREAD = ownModule('./worker', import.meta.url);

/** A thread copies files, builds a script and reads a log line by line: more means that something is wrong. */
const THREAD_HEAP_MB = 256;

/**
 * A killed render ends within this time, whatever hangs: killing its processes takes six seconds, removing its files may
 * take more. After it the thread is given up.
 */
const KILL_LIMIT_MS = 20_000;

/** What a lost thread left on a disk that does not answer is swept at the next start. */
const REMOVE_SECONDS = 5;
const NEVER = new AbortController().signal;

/** A render that runs: its end, and the way to ask for an earlier one. */
export interface RunningRender {
  /** Never rejects: a lost thread is a result as well. */
  readonly result: Promise<RenderResult>;
  /** Asks the thread to end the renderer's process tree. The result tells how it ended. */
  kill(): void;
}

/** What the host knows of a render from its thread. */
interface Heard {
  renderer: KnownProcess | null;
  result: RenderResult | null;
  killed: boolean;
}

/**
 * The host's side of the worker threads: one job a thread. A running task is never aborted through Piscina, which
 * would end its thread and orphan the renderer's process: it is asked to stop by a message.
 */
export class RenderPool {
  readonly #threads: WorkerThread[] = [];
  readonly #entry: URL;
  readonly #fork: ForkUtilityProcess | null;

  /** `entry` is the module that the threads run; a test has its own. `fork`: the option `bundled.spawn`. */
  constructor(entry: URL = RENDER_THREAD, fork: ForkUtilityProcess | null = null) {
    this.#entry = entry;
    this.#fork = fork;
  }

  /** Renders in a thread that is free, or in one more: how many jobs run at a time is the scheduler's to say. */
  render(task: RenderTask, onMessage: (message: RenderMessage) => void): RunningRender {
    const thread = this.#threads.find(({ isBusy }) => !isBusy) ?? this.#addThread();
    const { port1: host, port2: port } = new MessageChannel();
    const heard: Heard = { renderer: null, result: null, killed: false };
    const command = (message: RenderCommand) => host.postMessage(message);
    const processes =
      this.#fork === null ? null : new ProcessHost(this.#fork, (event) => command({ type: 'process', event }));
    const receive = (message: RenderMessage) => {
      if (message.type === 'process') return processes?.take(message.request);
      if (message.type === 'started') heard.renderer = message.process;
      if (message.type === 'ended') heard.result = message.result;
      else onMessage(message);
    };
    host.on('message', receive);
    const result = thread
      .run({ task, port } satisfies WorkerInput, { transferList: [port] })
      .then(
        () => new Error('it ended without a result'),
        (error: unknown) => error,
      )
      .then(async (reason) => {
        receiveRest(host, receive);
        return heard.result ?? (await endLost(task, heard, reason));
      })
      .finally(() => {
        clearTimeout(killLimit);
        processes?.kill();
        host.close();
      });
    let killLimit: NodeJS.Timeout | undefined;
    const kill = () => {
      heard.killed = true;
      command({ type: 'kill' });
      killLimit ??= setTimeout(() => thread.abandon(new Error('it did not end when asked to')), KILL_LIMIT_MS);
    };
    return { result, kill };
  }

  /** Starts so many threads, with what they start renderers by, unless they are there. */
  prepare(threads: number): void {
    while (this.#threads.length < threads) this.#addThread().prepare('prepare');
  }

  #addThread(): WorkerThread {
    const thread = new WorkerThread({ entry: this.#entry, heapMb: THREAD_HEAP_MB });
    this.#threads.push(thread);
    return thread;
  }

  /** Ends the threads. Call it when no render runs. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}

/** The thread is done or gone, and the last that it said is still on its way. */
function receiveRest(host: MessagePort, receive: (message: RenderMessage) => void): void {
  for (;;) {
    const next: { message: RenderMessage } | undefined = receiveMessageOnPort(host);
    if (next === undefined) return;
    receive(next.message);
  }
}

/** The renderer survives its thread: kill it and clean up. */
async function endLost(task: RenderTask, heard: Heard, reason: unknown): Promise<RenderResult> {
  const kept = task.keepWorkDir === 'always' || (task.keepWorkDir === 'failed' && !heard.killed);
  let message = `The worker thread of the job ended unexpectedly: ${reasonOf(reason)}`;
  try {
    await endProcesses(heard.renderer, task.workDir);
    const limits = new AttemptLimits({ start: null, stall: null, total: REMOVE_SECONDS }, NEVER);
    await limits.step('Removing what it left', () =>
      removeFiles({ attemptId: task.attemptId, workDir: kept ? null : task.workDir, outputPath: task.output.path }),
    );
  } catch (error) {
    message += `; what it left behind could not be removed: ${reasonOf(error)}`;
  }
  if (heard.killed) return { outcome: 'killed' };
  return {
    outcome: 'failed',
    code: 'WORKER_LOST',
    message,
    retryable: true,
    retryAlone: false,
    waitFirst: false,
    renderDuration: null,
  };
}
