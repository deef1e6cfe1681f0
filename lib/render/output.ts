import { closeSync, createWriteStream, existsSync, fsync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { ZipFile } from 'yazl';
import type { Step } from '../aerender/timeouts.ts';
import { RenderError, reasonOf } from '../errors.ts';
import { codeOf, copyRegularFile, isDiskFull, isHeld, isOtherFileSystem, isShortage, whileHeld } from '../files.ts';
import { mediaKindOfFile } from '../media/detect-media-kind.ts';
import { probeImage, probeVideo } from '../media/probe-output.ts';
import type { RenderTask } from './messages.ts';
import { isWrittenSince, partOf, type WorkFolder } from './work-folder.ts';

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

/**
 * Moves a complete output to where its reader looks for it, at once: a reader sees the whole file or none.
 * `target.folder` is the folder that the output must not leave, also not through a link in its prefix.
 *
 * What can take long, or hang, leaves the thread free; the rest is done at once, since the disk has just answered.
 */
export async function publish(
  from: string,
  to: string,
  target: Pick<RenderTask['output'], 'folder' | 'replaces'>,
  step: Step,
): Promise<void> {
  try {
    const folder = dirname(to);
    await mkdir(folder, { recursive: true });
    if (folder !== target.folder) await refuseEscape(folder, target.folder);
    await whileHeld(() => flush(from), step);
    const { replaces } = target;
    const mayReplace = replaces === 'any' || (replaces !== null && (await isWrittenSince(to, replaces)));
    await move(from, to, mayReplace ? renameSync : moveNew, step);
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
  const file = openSync(path, 'r+');
  try {
    await sync(file);
  } finally {
    closeSync(file);
  }
}

const sync = promisify(fsync);

async function move(from: string, to: string, put: (from: string, to: string) => void, step: Step): Promise<void> {
  try {
    await whileHeld(async () => put(from, to), step);
  } catch (error) {
    if (!isOtherFileSystem(error)) throw error;
    // The prefix is a mount of its own: copy beside the target, then rename there.
    const part = partOf(to);
    try {
      await copyRegularFile(from, part, { maxBytes: Number.MAX_SAFE_INTEGER, ...step });
      await flush(part);
      await whileHeld(async () => put(part, to), step);
    } finally {
      await rm(part, { force: true });
    }
  }
}

/** Moves a file to a place where none is. A second name for it is made in one step, and only if nothing has that name. */
function moveNew(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (isThere(error)) throw occupied(to, error);
    if (isOtherFileSystem(error)) throw error;
    // A file system without second names (exFAT, many network shares): between the look and the move is a moment.
    if (existsSync(to)) throw occupied(to, error);
    renameSync(from, to);
    return;
  }
  try {
    rmSync(from, { force: true });
  } catch {
    // The work folder, and with it this name, is removed in a moment anyway.
  }
}

function isThere(error: unknown): boolean {
  return codeOf(error) === 'EEXIST';
}

function occupied(to: string, cause: unknown): RenderError {
  const message = `${to} has come to be while the job was rendered, and is not replaced. Set local.overwrite, or give another local.fileName.`;
  return new RenderError('OUTPUT_EXISTS', message, { cause });
}
