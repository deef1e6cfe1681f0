import type { EngineEmitter } from '../events/emitter.ts';
import type { RenderMessage } from '../render/messages.ts';
import type { Attempt, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Reports are gathered for so long, so that a short job costs the host two transactions and not one for each line. */
const GATHER_MS = 50;

interface Report {
  job: JobRecord;
  attempt: Attempt;
  message: RenderMessage;
}

/** What the renders say on their way: written together in one transaction, and emitted after it. */
export class Reports {
  readonly #store: Store;
  readonly #emitter: EngineEmitter;
  readonly #onFailure: (error: unknown) => void;
  #gathered: Report[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(store: Store, emitter: EngineEmitter, onFailure: (error: unknown) => void) {
    this.#store = store;
    this.#emitter = emitter;
    this.#onFailure = onFailure;
  }

  take(report: Report): void {
    this.#gathered.push(report);
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  /** Writes what was gathered together with another write, in one transaction; throws if nothing could be written. */
  writeWith(write: () => void): void {
    const reports = this.#gathered;
    this.#store.write(() => {
      for (const report of reports) this.#write(report);
      write();
    });
    this.drop();
    for (const report of reports) this.#emit(report);
  }

  #flush(): void {
    try {
      this.writeWith(() => {});
    } catch (error) {
      // Progress and log are not worth a render; the end of the attempt is written again until it is on disk.
      this.drop();
      this.#onFailure(error);
    }
  }

  /** Forgets what was gathered. */
  drop(): void {
    this.#gathered = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #write({ job, attempt, message }: Report): void {
    const { attempts, jobs } = this.#store;
    switch (message.type) {
      case 'started':
        attempts.started(attempt.id, message.process.pid, message.process.startedAt);
        break;
      case 'progress':
        if (message.progress !== null) attempts.progress(attempt.id, message.progress);
        break;
      case 'log':
        attempts.appendLog(attempt, message.text);
        break;
      case 'missingFonts':
        jobs.addMissingFonts(job.id, message.fonts);
        break;
      case 'rendered':
      case 'ended':
        break;
    }
  }

  #emit({ job, message }: Report): void {
    const ids = { batchId: job.batchId, jobId: job.id, parentId: job.parentId };
    if (message.type === 'progress') {
      const { type: _, ...progress } = message;
      this.#emitter.emit('job:progress', { ...ids, ...progress });
    } else if (message.type === 'log') this.#emitter.emit('job:log', { ...ids, text: message.text });
  }
}
