import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { monotonicFactory } from 'ulid';
import type { Attempt, Claim, JobRecord, NewJob } from '../../lib/store/records.ts';
import { Store } from '../../lib/store/store.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Ids in the order of their making, also within a millisecond. */
export const newId = monotonicFactory();

/** A top-level job that waits for a worker. */
export function newJob(more: Partial<NewJob> = {}): NewJob {
  const id = more.id ?? newId();
  return {
    id,
    parentId: null,
    index: 0,
    assetIndex: null,
    status: 'queued',
    priority: 0,
    templateId: null,
    templatePath: '/templates/invitation.aep',
    templateType: 'aep',
    payload: '{}',
    plan: null,
    tags: [],
    metadata: null,
    totalAssets: 0,
    outputName: `${id}.mp4`,
    outputPath: `/renders/${id}.mp4`,
    outputUrl: `file:///renders/${id}.mp4`,
    place: null,
    renderer: 'ae2026',
    hasWebhook: false,
    missingFonts: [],
    fontNeeds: [],
    warnings: [],
    ...more,
  };
}

/** A parent and its children, which take the places of its assets. */
export function newFamily(children: number, more: Partial<NewJob> = {}): [parent: NewJob, ...children: NewJob[]] {
  const assets = Array.from({ length: children }, (_, index) => ({ type: 'job', layerName: `clip ${index}` }));
  const payload = JSON.stringify({ assets });
  const parent = newJob({ status: children === 0 ? 'queued' : 'pending', payload, totalAssets: children, ...more });
  return [parent, ...assets.map((_, assetIndex) => nested(parent, { assetIndex }))];
}

/** A child of a job. */
export function nested(parent: NewJob, more: Partial<NewJob> = {}): NewJob {
  return newJob({ parentId: parent.id, index: parent.index, assetIndex: 0, priority: parent.priority, ...more });
}

export interface OpenedStore {
  file: string;
  store: Store;
  /** The clock of the store, in milliseconds; it stands still until it is set. */
  clock: { now: number };
  /** Another connection to the same file. */
  reopen(): Store;
}

/** A store on a real file, closed after the test. */
export async function openStore(t: TestContext): Promise<OpenedStore> {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'renders.db');
  const clock = { now: Date.UTC(2026, 0, 31, 12) };
  const reopen = () => {
    const store = Store.open(file, { synchronous: 'normal', clock: () => clock.now });
    // The folder is removed by a hook that was set before; Windows cannot remove a file that is open.
    t.after(() => store.close());
    return store;
  };
  return { file, clock, reopen, store: reopen() };
}

/** What an engine brings to a claim, as the owner that the file has now. */
export function aClaim(id: string = newId(), more: Partial<Claim> = {}): Claim {
  return { id, owner: 0, workDir: `/work/${id}`, outputDir: '/renders', templatePath: null, batches: null, ...more };
}

export interface Claimed {
  job: JobRecord;
  attempt: Attempt;
}

/** Takes the next job for a new attempt; throws where nothing can be taken. */
export function claim(store: Store): Claimed {
  const one = aClaim(newId(), { owner: store.currentOwner() });
  const job = store.attempts.claim(one);
  if (job === undefined) throw new Error('no job can be claimed');
  return { job, attempt: { id: one.id, jobId: job.id, owner: one.owner } };
}

/** Renders the next job to its end. */
export function finishNext(store: Store): JobRecord {
  const { job, attempt } = claim(store);
  store.attempts.end(attempt, { outcome: 'published', renderDuration: 1.5 });
  return job;
}

/** Lets the next job fail. */
export function failNext(store: Store, error = 'the layer is gone'): JobRecord {
  const { job, attempt } = claim(store);
  store.attempts.end(attempt, { outcome: 'failed', code: 'AERENDER_FAILED', error, renderDuration: null });
  return job;
}

export function statuses(store: Store, jobs: readonly { id: string }[]): (string | undefined)[] {
  return jobs.map(({ id }) => store.jobs.get(id)?.status);
}
