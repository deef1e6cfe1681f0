import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';
import { RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isHeld, isOtherFileSystem, isShortage, whileHeld } from '../files.ts';
import { copyRegularFile } from '../regular-file.ts';
import type { Step } from './limits.ts';
import { partOf } from './work-folder.ts';

/**
 * Moves a complete output to where its reader looks for it, at once: a reader sees the whole file or none.
 * `outputDir` is the folder that the output must not leave, also not through a link in its prefix.
 */
export async function publish(from: string, to: string, outputDir: string, step: Step): Promise<void> {
  try {
    const folder = dirname(to);
    await mkdir(folder, { recursive: true });
    if (folder !== outputDir) await refuseEscape(folder, outputDir);
    await whileHeld(() => flush(from), step);
    await move(from, to, step);
  } catch (cause) {
    if (cause instanceof RenderError || isShortage(cause)) throw cause;
    throw new RenderError(
      isDiskFull(cause) ? 'DISK_FULL' : 'OUTPUT_NOT_PUBLISHED',
      `The output could not be moved to ${to}: ${reasonOf(cause)}. ${adviceFor(cause)}`,
      { cause, retryable: isDiskFull(cause) },
    );
  }
}

function adviceFor(cause: unknown): string {
  return process.platform === 'win32' && isHeld(cause)
    ? 'It is open in another program: close that one, and retry the job.'
    : 'Check that the folder can be written to.';
}

async function refuseEscape(folder: string, outputDir: string): Promise<void> {
  const inside = relative(await realpath(outputDir), await realpath(folder));
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new RenderError(
      'OUTPUT_NOT_PUBLISHED',
      `The folder ${folder} leads out of the output folder ${outputDir} through a link. Remove the link, or choose another upload.prefix.`,
    );
  }
}

/** A rename that survives a power cut while the data does not would be a torn output under its final name. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function move(from: string, to: string, step: Step): Promise<void> {
  try {
    await whileHeld(() => rename(from, to), step);
  } catch (error) {
    if (!isOtherFileSystem(error)) throw error;
    // The prefix is a mount of its own: copy beside the target, then rename there.
    const part = partOf(to);
    try {
      await copyRegularFile(from, part, { maxBytes: Number.MAX_SAFE_INTEGER, ...step });
      await flush(part);
      await whileHeld(() => rename(part, to), step);
    } finally {
      await rm(part, { force: true });
    }
  }
}
