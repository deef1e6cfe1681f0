import { extname } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { findProcessesByArgument, isSameProcess, killTree } from '../aerender/process-tree.ts';
import type { RenderCommand, RenderMessage, RenderResult, RenderTask, WorkerInput } from './messages.ts';

/** Memory of one worker thread; it only pumps a log and copies files, so more means that something is wrong. */
const THREAD_HEAP_MB = 256;
/** An idle thread costs a few megabytes; it ends after this many milliseconds without a job. */
const IDLE_TIMEOUT_MS = 30_000;

/** A render that runs: its end, and the way to ask for an earlier one. */
export interface RunningRender {
  /** Never rejects: a lost thread is a result as well. */
  readonly result: Promise<RenderResult>;
  /** Asks the thread to end the renderer's process tree. The result tells how it ended. */
  kill(): void;
}

/**
 * The host's side of the worker threads: one job a thread. A running task is never aborted through Piscina, which
 * would end its thread and orphan the renderer's process: it is asked to stop by a message.
 */
export class RenderPool {
  readonly #piscina: Piscina<WorkerInput, void>;

  constructor(width: number) {
    this.#piscina = new Piscina<WorkerInput, void>({
      // From source the thread runs `worker.ts`, from the package `worker.js`: the entry has this file's extension.
      filename: new URL(`./worker${extname(import.meta.url)}`, import.meta.url).href,
      minThreads: 0,
      maxThreads: width,
      concurrentTasksPerWorker: 1,
      idleTimeout: IDLE_TIMEOUT_MS,
      // A thread that waits on an atomic between tasks cannot reap the last children of the task before.
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB },
    });
  }

  render(task: RenderTask, onMessage: (message: RenderMessage) => void): RunningRender {
    const { port1: host, port2: thread } = new MessageChannel();
    let renderer: RendererProcess | null = null;
    const result = new Promise<RenderResult>((resolve) => {
      host.on('message', (message: RenderMessage) => {
        if (message.type === 'started') renderer = { pid: message.pid, startedAt: message.processStartedAt };
        // The result is the last message of the same port, so it can never overtake what was said before it.
        if (message.type === 'ended') resolve(message.result);
        else onMessage(message);
      });
      this.#piscina.run({ task, port: thread }, { transferList: [thread] }).catch(async (error: unknown) => {
        await endOrphans(renderer, task.workDir);
        resolve(lostWorker(error));
      });
    }).finally(() => host.close());
    return { result, kill: () => host.postMessage({ type: 'kill' } satisfies RenderCommand) };
  }

  /** Ends the threads. Call it when no render runs. */
  async close(): Promise<void> {
    await this.#piscina.destroy();
  }
}

interface RendererProcess {
  pid: number;
  startedAt: string | null;
}

/** A thread that died took nobody with it: its renderer is ended from here, found by its pid or by its work folder. */
async function endOrphans(renderer: RendererProcess | null, workDir: string): Promise<void> {
  if (renderer !== null && (await isSameProcess(renderer.pid, renderer.startedAt))) await killTree(renderer.pid);
  for (const pid of await findProcessesByArgument(workDir)) await killTree(pid);
}

function lostWorker(error: unknown): RenderResult {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    outcome: 'failed',
    code: 'WORKER_LOST',
    message: `The worker thread of the job ended unexpectedly: ${reason}`,
    retryable: true,
    retryAlone: false,
    renderDuration: null,
  };
}
