import type { JobRecord } from '../store/records.ts';
import { type EngineContext, requireOpen } from './context.ts';

/** Between looks at the store for what another process was asked to end. */
const LOOK_EVERY_MS = 100;

/** Ends jobs that render, here or in the process that holds the file, and gives back those that were cancelled by it. */
export async function endRunning(context: EngineContext, jobIds: readonly string[]): Promise<JobRecord[]> {
  const { store, scheduler } = context;
  if (jobIds.length === 0) return [];
  store.jobs.requestKill([...jobIds]);
  await scheduler.kill(jobIds);
  for (;;) {
    const jobs = jobIds.flatMap((id) => store.jobs.get(id) ?? []);
    const ended = jobs.every((job) => job.status !== 'render:dorender');
    // Left behind by a host that died: the request stays, and the next engine to render this file carries it out.
    if (ended || !(await context.lease.isHeld())) return jobs.filter((job) => job.status === 'manually_cancelled');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    requireOpen(context);
  }
}
