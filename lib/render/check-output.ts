import { createWriteStream } from 'node:fs';
import { open, readdir, stat, statfs } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ErrorCode } from '../errors.ts';
import { RenderError } from '../errors.ts';
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
  return { files: [name], frames };
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
  return task.output.sequence ? { files, frames: files.length } : { files: [first], frames: 1 };
}

/** The one file to publish: the video, the picture, or a zip of the pictures. */
export async function packOutput(
  task: Pick<RenderTask, 'output'>,
  { files }: CheckedOutput,
  folder: WorkFolder,
  step: Step,
): Promise<string> {
  const [first = ''] = files;
  return task.output.sequence ? await zipFrames(files, folder, step) : join(folder.output, first);
}

async function refuseCut(path: string): Promise<void> {
  await probeImage(path);
  if (await isWholePicture(path)) return;
  throw new RenderError('OUTPUT_INCOMPLETE', `The renderer wrote ${path}, but the picture is cut.`, {
    retryable: true,
  });
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

interface Form {
  begin: Buffer;
  end: Buffer;
}

const PNG: Form = {
  begin: Buffer.from('89504e470d0a1a0a', 'hex'),
  // The empty chunk IEND, with its length and its checksum.
  end: Buffer.from('0000000049454e44ae426082', 'hex'),
};
/** The data between the two markers never holds the second one. */
const JPEG: Form = { begin: Buffer.from('ffd8', 'hex'), end: Buffer.from('ffd9', 'hex') };

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['.png', PNG],
  ['.jpg', JPEG],
  ['.jpeg', JPEG],
]);

/** Some writers fill up the last bytes. */
const LAST_BYTES = 64;

/** Whether a picture begins and ends as one of its name does: one that was cut has its head, and not its end. */
export async function isWholePicture(path: string): Promise<boolean> {
  const form = FORMS.get(extname(path).toLowerCase());
  // An output module of the embedder may write others.
  if (form === undefined) return true;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const begin = Buffer.alloc(form.begin.length);
    const end = Buffer.alloc(LAST_BYTES);
    await file.read(begin, 0, begin.length, 0);
    await file.read(end, 0, end.length, Math.max(0, size - end.length));
    return begin.equals(form.begin) && end.includes(form.end);
  } finally {
    await file.close();
  }
}

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
