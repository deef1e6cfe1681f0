import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Frames of a document, counted from its first; each is written to `<place>-<frame>.png`. */
export interface DrawRequest {
  document: string;
  frames: readonly number[];
  place: string;
  /** Further options of the renderer's command line. */
  more: readonly string[];
}

export interface Drawing {
  /** Null if every frame was drawn. */
  failure: string | null;
  warnings: string[];
  ms: number;
}

const TIMEOUT_MS = 90_000;
const WORKER = fileURLToPath(new URL('./draw-worker.ts', import.meta.url));
/** WebAssembly's memory only grows, so a worker ends after so many documents. */
const DOCUMENTS_OF_A_WORKER = 40;

/** Draws with the bundled renderer, in a process that is started again when a document has ended it. */
export class Artist implements Disposable {
  #worker: ChildProcess | null = null;
  #drawn = 0;

  async draw(request: DrawRequest): Promise<Drawing> {
    if (this.#drawn++ % DOCUMENTS_OF_A_WORKER === 0) this.#end();
    this.#worker ??= await startWorker();
    const worker = this.#worker;
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(() => worker.kill('SIGKILL'), TIMEOUT_MS);
    const started = performance.now();
    try {
      const answer = once(worker, 'message', { signal }).then(([drawing]) => drawing as Drawing);
      const end = once(worker, 'exit', { signal }).then(([code, name]) => {
        this.#worker = null;
        return { failure: `the renderer ended: ${code ?? name}`, warnings: [], ms: performance.now() - started };
      });
      worker.send(request);
      return await Promise.race([answer, end]);
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  #end(): void {
    this.#worker?.kill('SIGKILL');
    this.#worker = null;
  }
}

async function startWorker(): Promise<ChildProcess> {
  const worker = fork(WORKER, [], { execArgv: ['--conditions=source'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  await once(worker, 'message');
  return worker;
}
