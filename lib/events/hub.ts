import { jobAnswer, jobLocal } from '../answers.ts';
import type { Gate } from '../gate.ts';
import { batchStatus, isTerminal } from '../status.ts';
import type { BatchRecord, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { EngineEmitter } from './emitter.ts';
import type { EngineEventName, EngineListener, EngineListeners, JobStateEvent } from './events.ts';
import { Watches } from './watch.ts';

/** What runs the jobs, as far as those who make some know it. */
interface JobLookout {
  wake(): void;
  expect(jobs: number): void;
}

/** The events of one engine: who listens, who watches, and what the store says has changed. */
export class EventHub {
  readonly emitter = new EngineEmitter();
  readonly watches: Watches;
  readonly #announcements: Announcements;
  readonly #gate: Gate;
  #scheduler: JobLookout = { wake: () => {}, expect: () => {} };

  /** `listeners`: those of the option `events`, which hear all from the first moment. */
  constructor(store: Store, gate: Gate, listeners: EngineListeners = {}) {
    this.#gate = gate;
    for (const [name, listener] of Object.entries(listeners)) {
      this.emitter.on(name as EngineEventName, listener as EngineListener<EngineEventName>);
    }
    this.#announcements = new Announcements(store, this.emitter);
    this.watches = new Watches(store, this.emitter, gate);
  }

  /** Whether something takes webhooks at this moment: the option `webhook`, or a listener. */
  get takesWebhooks(): boolean {
    return this.emitter.hasListener('job:webhook');
  }

  /** What looks for work after every change. */
  wakes(scheduler: JobLookout): void {
    this.#scheduler = scheduler;
  }

  /** Before a public call checks so many jobs, which it will most likely store. */
  expects(jobs: number): void {
    this.#scheduler.expect(jobs);
  }

  /** Emits an event for every change in the file since the last call. */
  announce(): void {
    // With nobody to hear, the changes need not be read: a batch of 1,000 jobs costs as much to read as to plan.
    if (this.emitter.hasListeners() || this.watches.areOpen) this.#announcements.announce();
    else this.#announcements.skip();
  }

  /** After a write of a public call: emits its events, and lets the scheduler look for work. */
  changed(): void {
    this.announce();
    this.#scheduler.wake();
  }

  /** Resolves when the engine is idle; rejects when the signal aborts, or the engine is closed before. */
  async idle(signal: AbortSignal | undefined, isIdle: () => boolean): Promise<void> {
    signal?.throwIfAborted();
    // The look records whether the engine is busy, so that `engine:idle` fires on the next change.
    this.#scheduler.wake();
    if (isIdle()) return;
    const { ended } = this.#gate;
    const idle = Promise.withResolvers<void>();
    const done = () => idle.resolve();
    const fail = () => idle.reject(signal?.aborted === true ? signal.reason : ended.reason);
    this.emitter.once('engine:idle', done);
    for (const either of [signal, ended]) either?.addEventListener('abort', fail);
    try {
      await this.#gate.whileWaiting(idle.promise);
    } finally {
      this.emitter.off('engine:idle', done);
      for (const either of [signal, ended]) either?.removeEventListener('abort', fail);
    }
  }
}

/**
 * Turns what the store says has changed into events. It reads the changes from the store, after the commit, so an event
 * can only report what is durable; and it sees the writes of another process on the same file as well as our own.
 */
class Announcements {
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
