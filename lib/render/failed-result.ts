import { statfs } from 'node:fs/promises';
import { EngineError, type ErrorCode, RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isShortage, isSystemError } from '../files.ts';
import type { FailedResult } from './messages.ts';

/** How an attempt ended that threw. An unexpected error is a bug of ours, and is reported as one. */
export function failedResult(thrown: unknown): FailedResult {
  const failed = (more: Pick<FailedResult, 'code' | 'message'> & Partial<FailedResult>): FailedResult => ({
    outcome: 'failed',
    retryable: false,
    retryAlone: false,
    waitFirst: false,
    renderDuration: null,
    ...more,
  });
  const message = reasonOf(thrown);
  if (thrown instanceof EngineError) {
    return failed({ code: thrown.code, message, retryable: thrown instanceof RenderError && thrown.retryable });
  }
  if (isDiskFull(thrown)) return failed({ code: 'DISK_FULL', message, retryable: true });
  if (isShortage(thrown)) {
    return failed({
      code: 'WORKFOLDER_FAILED',
      message: `The system lacks open files, processes or memory: ${message}`,
      retryable: true,
      waitFirst: true,
    });
  }
  if (isSystemError(thrown)) {
    return failed({ code: 'WORKFOLDER_FAILED', message: `The work folder could not be used: ${message}` });
  }
  return failed({
    code: 'INTERNAL',
    message: `A bug of aerender-batch ended the attempt: ${message}. Please report it, with the stack in the job's log.`,
  });
}

export function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/** A renderer writes in pieces of megabytes: if less than this is left, it has found no room. */
const LEAST_ROOM = 16 * 2 ** 20;

/** Codes that do not name the cause. */
const UNSPECIFIC_CODES: ReadonlySet<ErrorCode> = new Set([
  'AERENDER_FAILED',
  'RENDER_CRASHED',
  'RENDER_STALLED',
  'OUTPUT_MISSING',
  'OUTPUT_INCOMPLETE',
]);

/**
 * A renderer whose disk is full says so in its own words, or not at all, so the disk is asked: a failure that it may be
 * the cause of becomes `DISK_FULL`. Call it while the work folder is still there.
 */
export async function blameFullDisk(result: FailedResult, folder: string): Promise<FailedResult> {
  if (!UNSPECIFIC_CODES.has(result.code) || (await hasRoom(folder))) return result;
  const said = result.message.replace(/\.?$/, '.');
  const message = `${said} No room is left on the disk of ${folder}: make some, and render again.`;
  return { ...result, code: 'DISK_FULL', message, retryable: true };
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= LEAST_ROOM;
  } catch {
    // A folder that is gone is another fault, which has its own words.
    return true;
  }
}
