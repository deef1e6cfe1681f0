import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { BundledEncoder } from '../../lib/aerender/bundled-encoder.ts';
import { Renderers } from '../../lib/aerender/renderers.ts';
import { readOptions } from '../../lib/config.ts';
import type { EngineEmitter } from '../../lib/events/emitter.ts';
import { EventHub } from '../../lib/events/hub.ts';
import { FontCatalog } from '../../lib/fonts/catalog.ts';
import { Gate } from '../../lib/gate.ts';
import { InspectionThread } from '../../lib/inspection/thread.ts';
import { Planner } from '../../lib/plan/planner.ts';
import { taskFactory } from '../../lib/plan/render-task.ts';
import { RenderPool } from '../../lib/render/pool.ts';
import { Scheduler } from '../../lib/scheduler/scheduler.ts';
import { Store } from '../../lib/store/store.ts';
import { TemplateCatalog } from '../../lib/template/catalog.ts';
import { aeJob, FAKE_AERENDER, openStudio, type Studio } from './engine.ts';

export interface Workshop extends Studio {
  /** Emits what is rendered here; `engine` is paused and reads it from the file. */
  emitter: EngineEmitter;
  store: Store;
  scheduler: Scheduler;
  /** Creates a job for each composition, and begins to render them. */
  render(...compositions: string[]): Promise<{ batchId: string; ids: string[] }>;
}

export interface WorkshopOptions {
  /** What the threads of the pool run in place of the library's own entry. */
  entry: URL;
  workers?: number;
  retries?: number;
}

/** The real parts of an engine on a real file, with a pool whose threads run an entry of the test. */
export async function openWorkshop(
  t: TestContext,
  { entry, workers = 2, retries = 1 }: WorkshopOptions,
): Promise<Workshop> {
  const studio = await openStudio(t, { paused: true });
  const database = join(studio.folder, 'renders.db');
  const config = readOptions({
    database,
    outputDir: join(studio.folder, 'renders'),
    aerender: { binaries: { ae2026: FAKE_AERENDER } },
  });
  const store = Store.open(database, { synchronous: 'normal', clock: Date.now });
  const events = new EventHub(store, new Gate());
  const pool = new RenderPool(entry);
  const inspection = new InspectionThread();
  const node = { file: process.execPath };
  const renderers = new Renderers({
    binaries: config.aerender.binaries,
    choice: config.renderer,
    node,
    encoder: new BundledEncoder(config.bundled),
  });
  const templateCatalog = new TemplateCatalog(store.templates, inspection);
  const fontCatalog = new FontCatalog({ library: config.fontLibrary, folders: config.fonts }, store, inspection);
  const planner = new Planner({
    config,
    store,
    inspection,
    templateCatalog,
    fontCatalog,
    renderers,
    events,
  });
  const taskOf = taskFactory(config, planner, renderers);
  const scheduler = new Scheduler(
    { store, pool, events, taskOf, takeUpload: undefined },
    { workers, retries, outputDir: config.outputDir },
  );
  scheduler.start(store.owner.take() ?? 0);
  t.after(async () => {
    const stopped = scheduler.stop();
    scheduler.killAll();
    await stopped;
    await pool.close();
    await inspection.close();
    store.close();
  });
  return {
    ...studio,
    emitter: events.emitter,
    store,
    scheduler,
    render: async (...compositions) => {
      const jobs = compositions.map((composition) => aeJob(studio.project, composition));
      const created = await studio.engine.batches.create({ jobs });
      events.announce();
      scheduler.wake();
      return { batchId: created.batchId, ids: created.jobs.map(({ id }) => id) };
    },
  };
}
