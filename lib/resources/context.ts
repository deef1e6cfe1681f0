import type { EngineConfig } from '../config.ts';
import type { EngineEmitter } from '../emitter.ts';
import { EngineError } from '../errors.ts';
import type { InspectionThread } from '../inspection/thread.ts';
import type { Planner } from '../plan/planner.ts';
import type { RenderLease } from '../scheduler/lease.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Store } from '../store/store.ts';
import type { TemplateCatalog } from '../template/catalog.ts';
import type { Announcer } from './announcer.ts';

/** The parts of an open engine that the public calls work with. */
export interface EngineContext {
  readonly config: EngineConfig;
  readonly store: Store;
  readonly emitter: EngineEmitter;
  readonly announcer: Announcer;
  readonly inspection: InspectionThread;
  readonly templateCatalog: TemplateCatalog;
  readonly planner: Planner;
  readonly scheduler: Scheduler;
  readonly lease: RenderLease;
  readonly isClosed: () => boolean;
}

/** Every public call begins with this. */
export function requireOpen(context: EngineContext): void {
  if (context.isClosed())
    throw new EngineError('ENGINE_CLOSED', 'The engine was closed. Open another one with BatchEngine.open.');
}

/** After a write of a public call: tells what it changed, and lets the scheduler look for work. */
export function afterWrite(context: EngineContext): void {
  context.announcer.announce({ webhooks: true });
  context.scheduler.wake();
}
