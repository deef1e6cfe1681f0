/**
 * A renderer that only the host's main thread can start, such as a utility process of Electron: the thread of its job
 * asks for it, and hears what it says, over the port of the task.
 */
import {
  type LaunchProcess,
  NOT_HELD_BACK,
  type ProcessEnd,
  type ProcessListener,
  type ProcessOptions,
  type RunningProcess,
} from '../processes/start.ts';
import type { KnownProcess } from '../processes/tree.ts';
import { type ForkUtilityProcess, startUtilityProcess } from '../processes/utility-process.ts';

export type HostedProcessRequest = { type: 'start'; options: ProcessOptions } | { type: 'kill' };

export type HostedProcessEvent =
  | { type: 'started'; process: KnownProcess }
  | { type: 'output'; stream: 'stdout' | 'stderr'; chunk: Uint8Array }
  | { type: 'ended'; end: ProcessEnd };

/** The thread's side: one process for a task. */
export class HostedProcess {
  readonly #request: (request: HostedProcessRequest) => void;
  readonly #ended = Promise.withResolvers<ProcessEnd>();
  #listener: ProcessListener | null = null;

  constructor(request: (request: HostedProcessRequest) => void) {
    this.#request = request;
  }

  readonly launch: LaunchProcess = (options, listener) => {
    this.#listener = listener;
    this.#request({ type: 'start', options });
    return { ...NOT_HELD_BACK, ended: this.#ended.promise, kill: () => this.#request({ type: 'kill' }) };
  };

  take(event: HostedProcessEvent): void {
    if (event.type === 'started') this.#listener?.onStarted(event.process);
    else if (event.type === 'output') this.#listener?.onOutput(event.stream, event.chunk);
    else this.#ended.resolve(event.end);
  }
}

/** The host's side. */
export class ProcessHost {
  readonly #fork: ForkUtilityProcess;
  readonly #emit: (event: HostedProcessEvent) => void;
  #running: RunningProcess | null = null;

  constructor(fork: ForkUtilityProcess, emit: (event: HostedProcessEvent) => void) {
    this.#fork = fork;
    this.#emit = emit;
  }

  take(request: HostedProcessRequest): void {
    if (request.type === 'kill') this.kill();
    else this.#start(request.options);
  }

  /** Also when the thread is lost: nobody else knows of the process. */
  kill(): void {
    this.#running?.kill();
  }

  #start(options: ProcessOptions): void {
    this.#running = startUtilityProcess(this.#fork, options, {
      onStarted: (process) => this.#emit({ type: 'started', process }),
      onOutput: (stream, chunk) => this.#emit({ type: 'output', stream, chunk }),
    });
    void this.#running.ended.then((end) => {
      this.#running = null;
      this.#emit({ type: 'ended', end });
    });
  }
}
