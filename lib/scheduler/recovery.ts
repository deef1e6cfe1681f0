import { findProcessesByArgument, isSameProcess, killTree } from '../aerender/process-tree.ts';
import { removeWorkFolder } from '../render/work-folder.ts';
import type { UnfinishedAttempt } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/**
 * After a crash of the host: ends the process trees of the attempts that it left behind, sweeps their work folders, and
 * queues their jobs again. Call it only while holding the lease.
 */
export async function recover(store: Store): Promise<void> {
  const toBeKilled = new Set(store.jobs.killRequests());
  for (const attempt of store.attempts.unfinished()) {
    await endProcesses(attempt);
    await removeWorkFolder(attempt.workDir);
    const job = store.jobs.get(attempt.jobId);
    if (job === undefined) continue;
    // The host's death is not the job's fault: it costs none of its retries.
    if (toBeKilled.has(job.id)) store.jobs.killed(job.id, attempt.id);
    else store.jobs.requeue(job.id, attempt.id, { runAlone: job.runAlone, countsAsAttempt: false });
  }
}

async function endProcesses(attempt: UnfinishedAttempt): Promise<void> {
  if (attempt.pid !== null && (await isSameProcess(attempt.pid, attempt.processStartedAt))) await killTree(attempt.pid);
  // The host may have died between the start of the process and the note of its pid; its arguments name the folder.
  for (const pid of await findProcessesByArgument(attempt.workDir)) await killTree(pid);
}
