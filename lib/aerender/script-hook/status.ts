import { findHookPlace, readHook } from './place.ts';
import { HOOK_MARK, HOOK_SOURCE, HOOK_VERSION } from './source.ts';

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

/** Which version of our start-up script a text is; null where it is none. */
export function hookVersion(text: string): number | null {
  const version = new RegExp(`^// ${HOOK_MARK}(\\d+)`).exec(text)?.[1];
  return version === undefined ? null : Number(version);
}

export function takesScripts({ kind }: HookStatus): boolean {
  return kind !== 'none' && kind !== 'unknown';
}
