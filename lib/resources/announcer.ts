import type { WebhookInput } from '../contract/webhook.ts';
import type { EngineEmitter } from '../emitter.ts';
import { batchStatus, isTerminal } from '../status.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { jobAnswer } from './answers.ts';

/**
 * Turns what the store says has changed into events. It reads the change from the store, after the commit, so an event
 * can only tell what is durable; and it sees the writes of another process on the same file as well as our own.
 */
export class Announcer {
  readonly #store: Store;
  readonly #emitter: EngineEmitter;
  #revision: number;
  /** Calls that wait for the one before them to end. */
  readonly #calls: { webhooks: boolean }[] = [];

  constructor(store: Store, emitter: EngineEmitter) {
    this.#store = store;
    this.#emitter = emitter;
    this.#revision = store.jobs.revision();
  }

  /**
   * Emits an event for every change since the last call. `webhooks`: this engine answers for the webhooks of these
   * changes (they are its own, or it is the one that renders), so that two processes never send one twice.
   */
  announce(call: { webhooks: boolean }): void {
    // A listener may call the engine, and with it this method, again: what it changed is told after what it heard of.
    this.#calls.push(call);
    if (this.#calls.length > 1) return;
    try {
      for (const next of this.#calls) this.#announce(next);
    } finally {
      this.#calls.length = 0;
    }
  }

  #announce({ webhooks }: { webhooks: boolean }): void {
    const { jobs, revision } = this.#store.jobs.changesSince(this.#revision);
    this.#revision = revision;
    const batches = new Set<string>();
    for (const job of jobs) {
      this.#announceJob(job, webhooks);
      if (job.parentId === null && job.batchId !== null && isTerminal(job.status)) batches.add(job.batchId);
    }
    for (const id of batches) this.#announceBatch(id);
  }

  #announceJob(job: JobRecord, webhooks: boolean): void {
    const ids = { batchId: job.batchId, jobId: job.id, parentId: job.parentId };
    switch (job.status) {
      case 'queued':
        this.#emitter.emit('job:queued', ids);
        break;
      case 'render:dorender':
        this.#emitter.emit('job:started', { ...ids, attempt: job.attempts });
        break;
      case 'finished': {
        const { outputUrl, outputPath, renderDuration } = job;
        this.#emitter.emit('job:finished', { ...ids, outputUrl, outputPath, renderDuration });
        break;
      }
      case 'error':
        this.#emitter.emit('job:error', { ...ids, code: job.errorCode ?? 'AERENDER_FAILED', error: job.error ?? '' });
        break;
      case 'manually_cancelled':
        this.#emitter.emit('job:cancelled', ids);
        break;
      case 'pending':
        break;
    }
    if (webhooks && isTerminal(job.status)) this.#announceWebhook(job, ids);
  }

  #announceWebhook(job: JobRecord, ids: { batchId: string | null; jobId: string; parentId: string | null }): void {
    if (!job.hasWebhook) return;
    const { webhook } = JSON.parse(this.#store.jobs.payload(job.id) ?? '{}') as { webhook?: WebhookInput };
    if (webhook === undefined) return;
    this.#emitter.emit('job:webhook', {
      ...ids,
      url: webhook.url,
      method: webhook.method ?? 'POST',
      headers: webhook.headers ?? {},
      body: webhook.custom === true ? webhook.data : jobAnswer(job),
    });
  }

  #announceBatch(id: string): void {
    const batch = this.#store.batches.get(id);
    // Deleted by another process since.
    if (batch === undefined) return;
    this.#emitter.emit('batch:progress', { batchId: id, stats: batch.stats });
    if (batch.stats.pending === 0) {
      this.#emitter.emit('batch:finished', { batchId: id, status: batchStatus(batch.stats), stats: batch.stats });
    }
  }
}
