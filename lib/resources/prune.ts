import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Pruned } from '../contract/answers.ts';
import { whatIsAt } from '../files.ts';
import { tryToRemove } from '../render/work-folder.ts';
import type { Store } from '../store/store.ts';

/**
 * Removes what ended before a time (milliseconds since 1970), one batch or job a transaction, so that others can write
 * meanwhile. What has a work folder that another program holds stays for the next time: nothing else knows of the folder.
 */
export async function prune(store: Store, before: number): Promise<Pruned> {
  const pruned: Pruned = { batches: 0, jobs: 0, workFolders: 0 };
  for (const ended of store.endedBefore(before)) {
    await yieldToEventLoop();
    const removed = await removeAll(store.workFoldersOf(ended));
    pruned.workFolders += removed.count;
    if (removed.isWhole && store.remove(ended, before)) pruned[ended.kind === 'batch' ? 'batches' : 'jobs'] += 1;
  }
  return pruned;
}

/** Most attempts have left no work folder behind. */
async function removeAll(folders: readonly string[]): Promise<{ count: number; isWhole: boolean }> {
  let count = 0;
  let isWhole = true;
  for (const folder of folders) {
    if ((await whatIsAt(folder)) === null) continue;
    if (await tryToRemove(folder)) count += 1;
    else isWhole = false;
  }
  return { count, isWhole };
}
