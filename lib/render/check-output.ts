import { createWriteStream } from 'node:fs';
import { readdir, statfs } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ErrorCode } from '../errors.ts';
import { RenderError } from '../errors.ts';
import { mediaKindOfFile } from '../media/detect-media-kind.ts';
import { probeImage, probeVideo } from '../media/probe-output.ts';
import type { Step } from './limits.ts';
import type { FailedResult, RenderTask } from './messages.ts';
import type { WorkFolder } from './work-folder.ts';

/** What the renderer is told to write. After Effects wants the place of the frame's number in the name of an image. */
export function outputArgument(task: Pick<RenderTask, 'output'>, folder: WorkFolder): string {
  const { type, extension } = task.output.codec;
  return join(folder.output, type === 'image' ? `frame_[#####].${extension}` : `output.${extension}`);
}

/** A complete output. */
export interface CheckedOutput {
  /** Names in the folder of the output: one video, or the pictures in order. */
  files: string[];
  frames: number;
  /** The published file's extension, without the dot: what the renderer wrote, which can differ from the request. */
  extension: string;
  warnings: string[];
}

type Task = Pick<RenderTask, 'output'>;

/**
 * Looks at what the renderer wrote: its word that it succeeded is not enough. `expectedFrames` is null if neither the
 * template nor the log says how many there are.
 *
 * An output module of After Effects decides about the format, and writes another one than was asked for if it is made
 * so. Then that is the output, under its own extension and with a warning. Files of another kind beside it (sound,
 * metadata, a system's own) are never taken for it.
 */
export async function checkOutput(
  task: Task,
  folder: WorkFolder,
  expectedFrames: number | null,
): Promise<CheckedOutput> {
  const files = (await readdir(folder.output)).sort();
  return task.output.codec.type === 'video'
    ? await checkVideo(task, files, folder, expectedFrames)
    : await checkImages(task, files, folder, expectedFrames);
}

function missing(what: string, files: readonly string[]): RenderError {
  const instead = files.length === 0 ? '' : ` It wrote ${files.slice(0, 5).join(', ')}.`;
  return new RenderError(
    'OUTPUT_MISSING',
    `The renderer ended without an error, but wrote no ${what}.${instead} Read the job's log; a wrong output module is the usual cause.`,
    { retryable: true },
  );
}

function incomplete(message: string): RenderError {
  return new RenderError('OUTPUT_INCOMPLETE', message, { retryable: true });
}

/** What can be counted and checked, by the extension of the content. */
const CHECKED_VIDEOS: ReadonlySet<string> = new Set(['mp4', 'mov', 'avi', 'mkv', 'webm', 'ts']);
/** Other names of the same format. */
const SAME_FORMAT: Readonly<Record<string, string>> = { m4v: 'mp4', jpeg: 'jpg', tiff: 'tif', jfif: 'jpg' };

async function checkVideo(
  task: Task,
  files: string[],
  folder: WorkFolder,
  expected: number | null,
): Promise<CheckedOutput> {
  const asked = task.output.codec.extension;
  const { name, extension } = await findVideo(asked, files, folder);
  if (!CHECKED_VIDEOS.has(extension)) {
    throw new RenderError(
      'OUTPUT_MISSING',
      `The job asks for ${asked}, and the output module wrote ${extension} (${name}), which cannot be checked. Choose another output module (aerender.outputModules).`,
    );
  }
  const { frames } = await probeVideo(join(folder.output, name));
  if (expected !== null && frames < expected) throw incomplete(`The video has ${frames} of ${expected} frames.`);
  return { files: [name], frames, ...formatOf(asked, extension) };
}

interface FoundVideo {
  name: string;
  /** The extension that fits its content. */
  extension: string;
}

/** The video among the files, by its content; what is named as one and is not, may be one that was cut. */
async function findVideo(asked: string, files: string[], folder: WorkFolder): Promise<FoundVideo> {
  let named: FoundVideo | null = null;
  let other: FoundVideo | null = null;
  for (const name of files) {
    const kind = await mediaKindOfFile(join(folder.output, name)).catch(() => null); // As of an empty file: unknown.
    const extension = usual(kind?.extension ?? '');
    if (kind?.kind === 'video' && extension === asked) return { name, extension };
    if (kind?.kind === 'video') other ??= { name, extension };
    if (extname(name) === `.${asked}`) named ??= { name, extension: asked };
  }
  const found = other ?? named;
  if (found === null) throw missing('video', files);
  return found;
}

async function checkImages(
  task: Task,
  files: string[],
  folder: WorkFolder,
  expected: number | null,
): Promise<CheckedOutput> {
  const asked = task.output.codec.extension;
  const pictures: { name: string; extension: string }[] = [];
  for (const name of files) {
    const isNamedSo = usual(extname(name).slice(1).toLowerCase()) === asked;
    try {
      const { extension } = probeImage(join(folder.output, name));
      pictures.push({ name, extension });
    } catch (error) {
      if (isNamedSo || !(error instanceof RenderError)) throw error;
    }
  }
  // If there are several kinds, takes the requested one; an output module can write a preview beside it.
  const kinds = pictures.map(({ extension }) => extension);
  const kind = kinds.includes(asked) ? asked : kinds[0];
  if (kind === undefined) throw missing('picture', files);
  const frames = pictures.filter(({ extension }) => extension === kind).map(({ name }) => name);
  if (expected !== null && frames.length < expected) {
    throw incomplete(`${frames.length} of ${expected} pictures were written.`);
  }
  const { extension, warnings } = formatOf(asked, kind);
  return task.output.sequence
    ? { files: frames, frames: frames.length, extension: 'zip', warnings }
    : { files: frames.slice(0, 1), frames: 1, extension, warnings };
}

function usual(extension: string): string {
  return SAME_FORMAT[extension] ?? extension;
}

function formatOf(asked: string, extension: string): Pick<CheckedOutput, 'extension' | 'warnings'> {
  if (extension === asked) return { extension, warnings: [] };
  const warning = `The output module wrote ${extension} where the job asks for ${asked}, and the output has that extension. Choose another output module in the option aerender.outputModules.`;
  return { extension, warnings: [warning] };
}

/** The one file to publish: the video, the picture, or a zip of the pictures. */
export async function packOutput(
  task: Task,
  { files }: CheckedOutput,
  folder: WorkFolder,
  step: Step,
): Promise<string> {
  const [first = ''] = files;
  return task.output.sequence ? await zipFrames(files, folder, step) : join(folder.output, first);
}

async function zipFrames(files: string[], folder: WorkFolder, { signal, alive }: Step): Promise<string> {
  const path = join(folder.root, 'frames.zip');
  const zip = new ZipFile();
  // Pictures are compressed already.
  for (const file of files) zip.addFile(join(folder.output, file), file, { compress: false });
  zip.end();
  zip.outputStream.on('data', alive);
  await pipeline(zip.outputStream, createWriteStream(path), { signal });
  return path;
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
