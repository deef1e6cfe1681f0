import { Session } from 'node:inspector/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface FunctionCoverage {
  ranges: { count: number }[];
}

interface ScriptCoverage {
  url: string;
  functions: FunctionCoverage[];
}

/** Which files of `lib/` and `bin/` run, in this process and in its threads: V8 counts the calls of every function. */
export class Coverage implements AsyncDisposable {
  readonly #session = new Session();
  readonly #threads = new Map<string, Map<number, (result: { result?: ScriptCoverage[] }) => void>>();
  #next = 1;

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    this.#session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
      this.#threads.set(sessionId, new Map());
      void this.#tell(sessionId, 'Profiler.enable');
      void this.#tell(sessionId, 'Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    });
    this.#session.on('NodeWorker.detachedFromWorker', ({ params: { sessionId } }) => {
      for (const answer of this.#threads.get(sessionId)?.values() ?? []) answer({});
      this.#threads.delete(sessionId);
    });
    this.#session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
      const { id, result } = JSON.parse(message) as { id: number; result: { result?: ScriptCoverage[] } };
      this.#threads.get(sessionId)?.get(id)?.(result);
    });
    await this.#session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }

  /** The files of which a function has run since the last call, or since the start. */
  async take(): Promise<Set<string>> {
    const { result } = (await this.#session.post('Profiler.takePreciseCoverage')) as { result: ScriptCoverage[] };
    const threads = [...this.#threads.keys()].map((sessionId) => this.#tell(sessionId, 'Profiler.takePreciseCoverage'));
    const scripts = [...result, ...(await Promise.all(threads)).flatMap((answer) => answer.result ?? [])];
    return new Set(
      scripts
        .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
        .flatMap(({ url }) =>
          url.startsWith('file:') ? [relative(root, fileURLToPath(url)).replaceAll(sep, '/')] : [],
        )
        .filter((file) => /^(lib|bin)\//.test(file)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#session.disconnect();
  }

  async #tell(sessionId: string, method: string, params: object = {}): Promise<{ result?: ScriptCoverage[] }> {
    const id = this.#next;
    this.#next += 1;
    const answered = new Promise<{ result?: ScriptCoverage[] }>((resolve) => {
      this.#threads.get(sessionId)?.set(id, resolve);
    });
    await this.#session.post('NodeWorker.sendMessageToWorker', {
      sessionId,
      message: JSON.stringify({ id, method, params }),
    });
    return await answered;
  }
}
