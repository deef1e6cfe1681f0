import { access } from 'node:fs/promises';
import type { EventHub } from '../events/hub.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** Opens ended top-level jobs again; finished nested jobs are used if their file is there. */
export async function retryJobs(store: Store, events: EventHub, ids: readonly string[]): Promise<JobRecord[]> {
  const lost = new Set<string>();
  for (const { id, path } of ids.flatMap((one) => store.jobs.outputsBelow(one))) {
    await access(path).catch(() => lost.add(id));
  }
  const jobs = store.jobs.retry(ids, lost);
  events.changed();
  return jobs;
}
