import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HOOK_NAME } from './source.ts';

/** Where the start-up scripts of an After Effects lie. */
export interface HookPlace {
  /** `Scripts/Startup`. */
  folder: string;
  /** Ours, which may not be there yet. */
  hook: string;
  /** What Adobe's command-line renderer says. */
  adobeSource: string;
}

/**
 * Finds the start-up scripts of the After Effects that an aerender belongs to: `Scripts/Startup` beside it, on macOS in
 * the application's folder, on Windows in `Support Files`. Null where Adobe's command-line renderer is not there: a
 * program that only behaves as aerender does, or an After Effects that we know nothing of.
 */
export async function findHookPlace(aerenderFile: string): Promise<HookPlace | null> {
  try {
    // aerender may be named by a link in a folder of the path.
    const folder = join(dirname(await realpath(aerenderFile)), 'Scripts', 'Startup');
    const adobeSource = await readFile(join(folder, 'commandLineRenderer.jsx'), 'utf8');
    return { folder, hook: join(folder, HOOK_NAME), adobeSource };
  } catch {
    // Not there, or not to be read: either way nothing can be said about it.
    return null;
  }
}

/** The text of our start-up script; null where it is not there or cannot be read. */
export async function readHook(place: HookPlace): Promise<string | null> {
  return readFile(place.hook, 'utf8').catch(() => null);
}
