import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { RenderError } from '../errors.ts';
import { probeImage, probeVideo } from '../media/probe-output.ts';
import type { RenderTask } from './messages.ts';
import { isWholePicture } from './whole-picture.ts';
import type { WorkFolder } from './work-folder.ts';

/** What the renderer is told to write. After Effects wants the place of the frame's number in the name of an image. */
export function outputArgument(task: Pick<RenderTask, 'output'>, folder: WorkFolder): string {
  const { type, extension } = task.output.codec;
  return join(folder.output, type === 'image' ? `frame_[#####].${extension}` : `output.${extension}`);
}

/** A complete output: the one file to publish, and its frames where they could be counted. */
export interface CheckedOutput {
  file: string;
  frames: number | null;
}

/**
 * Looks at what the renderer wrote: its word that it succeeded is not enough. `expectedFrames` is null where neither
 * the template nor the log told the number.
 */
export async function checkOutput(
  task: Pick<RenderTask, 'output'>,
  folder: WorkFolder,
  expectedFrames: number | null,
): Promise<CheckedOutput> {
  const files = (await readdir(folder.output)).sort();
  for (const file of files) await refuseEmpty(join(folder.output, file));
  if (task.output.codec.type === 'video') return await checkVideo(files, folder, expectedFrames);
  return await checkImages(task, files, folder, expectedFrames);
}

async function refuseEmpty(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size === 0)
    throw new RenderError('OUTPUT_INCOMPLETE', `The renderer wrote an empty file (${path}).`, { retryable: true });
}

function missing(what: string): RenderError {
  return new RenderError(
    'OUTPUT_MISSING',
    `The renderer ended without an error, but wrote no ${what}. Read the job's log; a wrong output module is the usual cause.`,
    { retryable: true },
  );
}

async function checkVideo(files: string[], folder: WorkFolder, expected: number | null): Promise<CheckedOutput> {
  // After Effects may choose another extension than the one that it was asked for, by its output module.
  const [name] = files;
  if (name === undefined) throw missing('video');
  const file = join(folder.output, name);
  const { frames } = await probeVideo(file);
  if (expected !== null && frames < expected) {
    throw new RenderError('OUTPUT_INCOMPLETE', `The video has ${frames} of ${expected} frames.`, { retryable: true });
  }
  return { file, frames };
}

async function checkImages(
  task: Pick<RenderTask, 'output'>,
  files: string[],
  folder: WorkFolder,
  expected: number | null,
): Promise<CheckedOutput> {
  const [first] = files;
  if (first === undefined) throw missing('picture');
  if (expected !== null && files.length < expected) {
    throw new RenderError('OUTPUT_INCOMPLETE', `${files.length} of ${expected} pictures were written.`, {
      retryable: true,
    });
  }
  for (const file of files) await refuseCut(join(folder.output, file));
  if (!task.output.sequence) return { file: join(folder.output, first), frames: 1 };
  return { file: await zipFrames(files, folder), frames: files.length };
}

async function refuseCut(path: string): Promise<void> {
  await probeImage(path);
  if (await isWholePicture(path)) return;
  throw new RenderError('OUTPUT_INCOMPLETE', `The renderer wrote ${path}, but the picture is cut.`, {
    retryable: true,
  });
}

async function zipFrames(files: string[], folder: WorkFolder): Promise<string> {
  const path = join(folder.root, 'frames.zip');
  const zip = new ZipFile();
  // Pictures are compressed already.
  for (const file of files) zip.addFile(join(folder.output, file), file, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}
