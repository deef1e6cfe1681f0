import { setTimeout as delay } from 'node:timers/promises';

/** The system lacks something for a moment: open files, processes, memory, or a program is just being replaced. */
const SHORTAGES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETXTBSY']);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function isDiskFull(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function isOtherFileSystem(error: unknown): boolean {
  return codeOf(error) === 'EXDEV';
}

/** Whether the same call may succeed in a moment. */
export function isShortage(error: unknown): boolean {
  return isShortageCode(codeOf(error) ?? '');
}

export function isShortageCode(code: string): boolean {
  return SHORTAGES.has(code);
}

/** Whether the system refused a call; any other unexpected error is a bug. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && codeOf(error) !== undefined;
}

/** Pauses between attempts grow up to this. */
const LONGEST_PAUSE_MS = 1_000;
const HELD_LIMIT_MS = 60_000;

export interface HeldOptions {
  signal?: AbortSignal;
  platform?: NodeJS.Platform;
  limitMs?: number;
}

/**
 * Does something with a file, again while another program holds it: on Windows an antivirus, an indexer, a sync client
 * or a player keeps a new file open for a moment (the rule of `graceful-fs`: for up to a minute, with growing pauses).
 * Rejects with the error of the system.
 */
export async function whileHeld<Result>(
  work: () => Promise<Result>,
  { signal, platform = process.platform, limitMs = HELD_LIMIT_MS }: HeldOptions = {},
): Promise<Result> {
  const until = performance.now() + limitMs;
  for (let pause = 10; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (platform !== 'win32' || !isHeld(error) || performance.now() > until) throw error;
      await delay(pause, undefined, signal === undefined ? {} : { signal });
    }
  }
}

export function isHeld(error: unknown): boolean {
  return ['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error) ?? '');
}
