import { statfs } from 'node:fs/promises';
import type { ErrorCode } from '../errors.ts';
import type { RenderResult } from './messages.ts';

export type FailedResult = Extract<RenderResult, { outcome: 'failed' }>;

/** A renderer writes in pieces of megabytes: where less than this is left, it has found no room. */
const LEAST_ROOM = 16 * 2 ** 20;

/** Ends of a render that do not tell their cause. */
const VAGUE: ReadonlySet<ErrorCode> = new Set([
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
  if (!VAGUE.has(result.code) || (await hasRoom(folder))) return result;
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
