import { jobAnswer, jobLocal } from '../answers.ts';
import { batchStatus, isTerminal } from '../status.ts';
import type { BatchRecord, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { EngineEmitter } from './emitter.ts';
import type { JobStateEvent } from './events.ts';

/**
 * Turns what the store says has changed into events. It reads the changes from the store, after the commit, so an event
 * can only report what is durable; and it sees the writes of another process on the same file as well as our own.
 */
export class Announcements {
  readonly #store: Store;
  readonly #emitter: EngineEmitter;
  #revision: number;
  #announcing = false;
  /** A listener called back into the engine: look again when its own round is over, so that events stay in order. */
  #again = false;

  constructor(store: Store, emitter: EngineEmitter) {
    this.#store = store;
    this.#emitter = emitter;
    this.#revision = store.jobs.revision();
  }

  /** Emits an event for every change since the last call. */
  announce(): void {
    this.#again = true;
    if (this.#announcing) return;
    this.#announcing = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#announceChanges();
      }
    } finally {
      this.#announcing = false;
    }
  }

  /** Passes over every change until now. */
  skip(): void {
    if (!this.#announcing) this.#revision = this.#store.jobs.revision();
  }

  #announceChanges(): void {
    const { jobs, batches, revision } = this.#store.changesSince(this.#revision);
    this.#revision = revision;
    for (const job of jobs) this.#announceJob(job);
    for (const batch of batches) this.#announceBatch(batch);
    // A host that does not listen leaves them to an engine whose host does.
    if (this.#emitter.hasListener('job:webhook')) this.#announceWebhooks();
  }

  #announceJob(job: JobRecord): void {
    const state = stateOf(job);
    switch (job.status) {
      case 'queued':
        this.#emitter.emit('job:queued', state);
        break;
      case 'render:dorender':
        this.#emitter.emit('job:started', { ...state, attempt: job.attempts });
        break;
      case 'finished': {
        const { outputUrl, outputPath, renderDuration } = job;
        this.#emitter.emit('job:finished', { ...state, outputUrl, outputPath, renderDuration });
        break;
      }
      case 'error':
        this.#emitter.emit('job:error', { ...state, code: job.errorCode ?? 'AERENDER_FAILED', error: job.error ?? '' });
        break;
      case 'manually_cancelled':
        this.#emitter.emit('job:cancelled', state);
        break;
      case 'pending':
        break;
    }
  }

  /** The state of the batch is of the same moment as that of the jobs before it: two ends are never told as one twice. */
  #announceBatch({ id: batchId, stats, run }: BatchRecord): void {
    this.#emitter.emit('batch:progress', { batchId, stats });
    if (stats.pending > 0) return;
    this.#emitter.emit('batch:finished', { batchId, status: batchStatus(stats), stats, run });
  }

  #announceWebhooks(): void {
    for (const { job, webhook } of this.#store.jobs.takeWebhooks()) {
      if (!isTerminal(job.status)) continue;
      this.#emitter.emit('job:webhook', {
        ...stateOf(job),
        url: webhook.url,
        method: webhook.method,
        headers: webhook.headers,
        body: 'body' in webhook ? webhook.body : jobAnswer(job),
        run: job.run,
      });
    }
  }
}

function stateOf(job: JobRecord): JobStateEvent {
  return { batchId: job.batchId, jobId: job.id, parentId: job.parentId, local: jobLocal(job) };
}
