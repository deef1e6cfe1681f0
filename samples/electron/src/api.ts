import type { BatchCancellation, BatchCreation, BatchInput, EngineEvent } from 'aerender-batch';

/** The events that the page hears, and what each tells. */
export interface PageEvents {
  'job:started': EngineEvent<'job:started'>;
  'job:progress': EngineEvent<'job:progress'>;
  /** `film`: an address under which the page can play the output. */
  'job:finished': EngineEvent<'job:finished'> & { film: string };
  'job:error': EngineEvent<'job:error'>;
  'job:cancelled': EngineEvent<'job:cancelled'>;
}

/** An error's class does not cross to the page: its code and words do. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; code: string; message: string };

/** What the preload script gives the page. */
export interface Renders {
  create(body: BatchInput): Promise<Answer<BatchCreation>>;
  cancel(batchId: string): Promise<Answer<BatchCancellation>>;
  on<Name extends keyof PageEvents>(name: Name, listener: (event: PageEvents[Name]) => void): void;
}

declare global {
  interface Window {
    renders: Renders;
  }
}
