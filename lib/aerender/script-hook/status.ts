import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HOOK_MARK, HOOK_NAME, HOOK_SOURCE, HOOK_VERSION } from './source.ts';

/** Whether an After Effects takes a script from aerender (`-r`), and by what. */
export type HookStatus =
  /** `isOutdated`: not what this version of the library would install. */
  | { kind: 'ours'; version: number; isOutdated: boolean }
  /** Adobe's command-line renderer was replaced by the patched copy of nexrender. */
  | { kind: 'nexrender'; version: string }
  /** Adobe's command-line renderer was changed by somebody else, and knows `-r`. */
  | { kind: 'other' }
  | { kind: 'none' }
  /** No command-line renderer of Adobe's lies beside the program. */
  | { kind: 'unknown' };

/** Looks at the start-up scripts beside an aerender. What cannot be read counts as not there. */
export async function hookStatus(aerenderFile: string): Promise<HookStatus> {
  const place = await findHookPlace(aerenderFile);
  if (place === null) return { kind: 'unknown' };
  // Before ours, which leaves the work to a patched renderer.
  const patch = /nexrender-patch(?:-v([\d.]+))?/.exec(place.adobeSource);
  if (patch !== null) return { kind: 'nexrender', version: patch[1] ?? 'unknown' };
  if (/(["'])-r\1/.test(place.adobeSource)) return { kind: 'other' };
  const text = await readHook(place);
  const version = text === null ? null : hookVersion(text);
  return version === null
    ? { kind: 'none' }
    : { kind: 'ours', version, isOutdated: version <= HOOK_VERSION && text !== HOOK_SOURCE };
}

/** Which version of our start-up script a text is; null if it is none. */
export function hookVersion(text: string): number | null {
  const version = new RegExp(`^// ${HOOK_MARK}(\\d+)`).exec(text)?.[1];
  return version === undefined ? null : Number(version);
}

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
 * the application's folder, on Windows in `Support Files`. Null if Adobe's command-line renderer is not there: a
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

/** The text of our start-up script; null if it is not there or cannot be read. */
export async function readHook(place: HookPlace): Promise<string | null> {
  return readFile(place.hook, 'utf8').catch(() => null);
}
