import { access } from 'node:fs/promises';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Pruned } from '../contract/answers.ts';
import { removeWorkFolder } from '../render/work-folder.ts';
import type { Store } from '../store/store.ts';

/** Removes what ended before a time (milliseconds since 1970), one batch or job a transaction, so that others can write meanwhile. */
export async function prune(store: Store, before: number): Promise<Pruned> {
  const pruned: Pruned = { batches: 0, jobs: 0, workFolders: 0 };
  for (const ended of store.endedBefore(before)) {
    await yieldToEventLoop();
    const workFolders = store.remove(ended, before);
    if (workFolders === null) continue;
    pruned[ended.kind === 'batch' ? 'batches' : 'jobs'] += 1;
    for (const folder of workFolders) {
      if (await isRemoved(folder)) pruned.workFolders += 1;
    }
  }
  return pruned;
}

/** Whether there was a work folder to remove: most attempts have left none behind. */
async function isRemoved(folder: string): Promise<boolean> {
  try {
    await access(folder);
    await removeWorkFolder(folder);
    return true;
  } catch {
    // Gone, or held by another program: no reason to keep the rest.
    return false;
  }
}
