import type { EngineEvent, EngineEventName } from '../events.ts';
import { batchStatus } from '../status.ts';
import type { EngineContext } from './context.ts';

const WATCHED = [
  'batch:progress',
  'batch:finished',
  'batch:cancelled',
  'job:queued',
  'job:started',
  'job:progress',
  'job:log',
  'job:finished',
  'job:error',
  'job:cancelled',
  'job:webhook',
] as const satisfies EngineEventName[];

type WatchedName = (typeof WATCHED)[number];

/** An event of one batch, with its name. */
export type BatchEvent = { [Name in WatchedName]: { type: Name } & EngineEvent<Name> }[WatchedName];

/** A consumer that has fallen so far behind loses progress and log, never a change of status. */
const MOST_WAITING = 10_000;

/** The events of a batch until it has ended. Listening begins with the call, not with the first `next()`. */
export function batchEvents(
  context: EngineContext,
  batchId: string,
  signal?: AbortSignal,
): AsyncIterableIterator<BatchEvent> {
  signal?.throwIfAborted();
  const { emitter, store } = context;
  const waiting: BatchEvent[] = [];
  let wake: () => void = () => {};
  const listeners = WATCHED.map((type) => {
    const listener = (event: { batchId: string | null }) => {
      if (event.batchId !== batchId) return;
      if (waiting.length >= MOST_WAITING && (type === 'job:progress' || type === 'job:log')) return;
      waiting.push({ type, ...event } as BatchEvent);
      wake();
    };
    emitter.on(type, listener);
    return { type, listener };
  });
  const stop = () => {
    for (const { type, listener } of listeners) emitter.off(type, listener);
  };

  async function* events(): AsyncGenerator<BatchEvent, void, undefined> {
    try {
      const batch = store.batches.get(batchId);
      // Ended before anybody listened: the one event that is left to tell.
      if (batch !== undefined && batch.stats.pending === 0) {
        yield { type: 'batch:finished', batchId, status: batchStatus(batch.stats), stats: batch.stats };
        return;
      }
      for (;;) {
        const event = waiting.shift();
        if (event !== undefined) {
          yield event;
          if (event.type === 'batch:finished') return;
          continue;
        }
        await nextEvent(signal, (resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
    }
  }
  return events();
}

function nextEvent(signal: AbortSignal | undefined, onWake: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    onWake(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    if (signal?.aborted) abort();
  });
}
