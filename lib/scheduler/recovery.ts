import { readdir } from 'node:fs/promises';
import type { EngineConfig } from '../config.ts';
import { endProcesses, removeFiles, removeWorkFolder, workFolderOf, workRootOf } from '../render/work-folder.ts';
import type { Store } from '../store/store.ts';

type Places = Pick<EngineConfig, 'outputDir' | 'keepWorkDirs'>;

/**
 * After a crash of the host: kills the process trees of the attempts that it left behind, removes their work folders,
 * and queues their jobs again. Call it only while holding the right to render, when nothing renders here.
 */
export async function recover(store: Store, places: Places): Promise<void> {
  const owner = store.owner.current();
  for (const attempt of store.attempts.unfinished()) {
    const { pid, processStartedAt: startedAt } = attempt;
    // Best effort: a system that does not list its processes must not keep the engine from opening.
    await endProcesses(pid === null ? null : { pid, startedAt }, attempt.workDir).catch(() => {});
    const job = store.jobs.get(attempt.jobId);
    if (job === undefined) continue;
    const outputPath = job.status === 'render:dorender' ? job.outputPath : null;
    // What cannot be removed now is swept at a later start.
    await removeFiles({ workDir: attempt.workDir, outputPath }).catch(() => {});
    store.attempts.end({ id: attempt.id, jobId: job.id, owner }, { outcome: 'interrupted' });
  }
  if (places.keepWorkDirs === 'never') await sweep(store, places.outputDir);
}

/** Work folders that could not be removed at their time. Those of another database may lie beside them. */
async function sweep(store: Store, outputDir: string): Promise<void> {
  const names = await readdir(workRootOf(outputDir)).catch(() => []); // Nothing was rendered here yet.
  for (const name of names.filter((id) => store.attempts.hasEnded(id))) {
    // It may be swept the next time.
    await removeWorkFolder(workFolderOf(outputDir, name)).catch(() => {});
  }
}
