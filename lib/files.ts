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

/** Whether the system refused a call; any other error that nobody expected is a bug. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && codeOf(error) !== undefined;
}
