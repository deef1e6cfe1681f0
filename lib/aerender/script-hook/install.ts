import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { EngineError } from '../../errors.ts';
import { isWindowsProgramOnLinux } from '../arguments.ts';
import { HOOK_SOURCE } from './source.ts';
import { findHookPlace, type HookPlace, hookStatus, hookVersion, readHook } from './status.ts';

/** `unneeded`: this After Effects takes scripts without us. */
export type HookInstallation = 'installed' | 'updated' | 'unchanged' | 'unneeded';
export type HookRemoval = 'removed' | 'absent';

/**
 * Puts our start-up script beside Adobe's, so that aerender takes `-r`. No file of Adobe's is changed, and no file of
 * somebody else's that bears the name of ours. An After Effects that is open takes it after its next start.
 *
 * @throws {EngineError} `SCRIPT_HOOK_NOT_WRITTEN`: the message says what to do.
 */
export async function installHook(aerenderFile: string): Promise<HookInstallation> {
  const status = await hookStatus(aerenderFile);
  if (status.kind === 'nexrender' || status.kind === 'other') return 'unneeded';
  if (status.kind === 'ours' && !status.isOutdated) return 'unchanged';
  const place = await requirePlace(aerenderFile);
  await requireOurs(place);
  // A name that After Effects does not run: it must never find half a script.
  const unfinished = `${place.hook}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, HOOK_SOURCE);
    // Written by an administrator, read by everybody.
    await chmod(unfinished, 0o644);
    await rename(unfinished, place.hook);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw notWritten(`${place.hook} could not be written`, cause, aerenderFile);
  }
  return status.kind === 'ours' ? 'updated' : 'installed';
}

/**
 * Takes our start-up script out again, and nothing else.
 *
 * @throws {EngineError} `SCRIPT_HOOK_NOT_WRITTEN`: the message says what to do.
 */
export async function removeHook(aerenderFile: string): Promise<HookRemoval> {
  const place = await findHookPlace(aerenderFile);
  if (place === null || (await readHook(place)) === null) return 'absent';
  await requireOurs(place);
  try {
    await rm(place.hook);
  } catch (cause) {
    throw notWritten(`${place.hook} could not be removed`, cause, aerenderFile);
  }
  return 'removed';
}

async function requirePlace(aerenderFile: string): Promise<HookPlace> {
  const place = await findHookPlace(aerenderFile);
  if (place !== null) return place;
  throw new EngineError(
    'SCRIPT_HOOK_NOT_WRITTEN',
    `There is no Scripts/Startup/commandLineRenderer.jsx of Adobe's beside ${aerenderFile}. Name the aerender inside of the After Effects folder.`,
  );
}

async function requireOurs(place: HookPlace): Promise<void> {
  const text = await readHook(place);
  if (text === null || hookVersion(text) !== null) return;
  throw new EngineError(
    'SCRIPT_HOOK_NOT_WRITTEN',
    `${place.hook} is not a file of aerender-batch. Look what it is, and move it elsewhere.`,
  );
}

/** Says why a file was not written, and who may write it. */
export function notWritten(
  what: string,
  cause: unknown,
  aerenderFile: string,
  platform: NodeJS.Platform = process.platform,
): EngineError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  const message = isForbidden ? `${what}: ${whoMay(aerenderFile, platform)}` : `${what}: ${reason}`;
  return new EngineError('SCRIPT_HOOK_NOT_WRITTEN', message, { cause });
}

function whoMay(aerenderFile: string, platform: NodeJS.Platform): string {
  if (platform === 'win32' || isWindowsProgramOnLinux(aerenderFile, platform)) {
    return 'only an administrator may. Run the same command once in a Windows terminal that was opened with "Run as administrator".';
  }
  return 'only an administrator may. Run the same command once with sudo before it.';
}
