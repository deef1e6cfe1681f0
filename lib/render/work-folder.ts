import { mkdirSync, rmSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { decodeTime } from 'ulid';
import { EngineError, RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isShortage } from '../files.ts';
import { findProcessesByArgument, type KnownProcess, killTree } from '../processes/tree.ts';

/** Inside the output folder, so that publishing is a rename in one file system. */
const WORK_ROOT = '.aerender-batch';

/** Makes the folder of all outputs where it is not there yet. @throws {EngineError} */
export async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new EngineError(
      'OUTPUT_NOT_PUBLISHED',
      `The output folder ${folder} could not be made: ${reasonOf(cause)}. Choose another outputDir.`,
      { cause },
    );
  }
}

/** The folder of one attempt: two aerenders must never open the same project from the same folder. */
export function workFolderOf(outputDir: string, attemptId: string): string {
  return join(workRootOf(outputDir), attemptId);
}

/** Where the folders of all attempts lie, those of other databases among them. */
export function workRootOf(outputDir: string): string {
  return join(outputDir, WORK_ROOT);
}

/** Where each thing lies in an attempt's work folder. */
export interface WorkFolder {
  readonly root: string;
  /** The project and its footage. */
  readonly project: string;
  readonly assets: string;
  /** Beside the project, where the bundled renderer looks for fonts. */
  readonly fonts: string;
  readonly output: string;
  readonly script: string;
}

/** Makes none of them. */
export function placesIn(root: string): WorkFolder {
  const project = join(root, 'project');
  return {
    root,
    project,
    assets: join(root, 'assets'),
    fonts: join(project, 'fonts'),
    output: join(root, 'output'),
    script: join(root, 'job.jsx'),
  };
}

/** Makes the work folder of an attempt, empty; what an earlier life of the same attempt left is removed first. */
export async function openWorkFolder(root: string): Promise<WorkFolder> {
  const folder = placesIn(root);
  const { project } = folder;
  try {
    // The first folder that was made: if it is not above the project, an earlier life of the attempt has left the root.
    const made = await mkdir(project, { recursive: true });
    if (made === undefined || made.length >= project.length) {
      await removeWorkFolder(root);
      await mkdir(project, { recursive: true });
    }
    // The disk has answered, and this thread has nothing else to do.
    mkdirSync(folder.output);
  } catch (cause) {
    if (isShortage(cause)) throw cause;
    throw new RenderError(
      isDiskFull(cause) ? 'DISK_FULL' : 'WORKFOLDER_FAILED',
      `The work folder ${root} could not be made: ${reasonOf(cause)}. Check that the output folder exists and can be written to.`,
      { cause, retryable: isDiskFull(cause) },
    );
  }
  return folder;
}

async function removeWorkFolder(root: string): Promise<void> {
  await rm(root, REMOVE_ALL);
}

/**
 * Tries once, and returns whether it is gone: a file that another program holds must not keep an engine from opening.
 * Retries would wait for each such file by itself.
 */
export async function tryToRemove(root: string): Promise<boolean> {
  return await rm(root, { ...REMOVE_ALL, maxRetries: 0 }).then(
    () => true,
    () => false,
  );
}

/** On Windows a process that has just ended may hold its files for a moment longer. */
const REMOVE_ALL = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/**
 * Removes it while nothing else runs in this thread: one call instead of one for each file. The caller has just worked in
 * the folder, so the disk answers.
 */
export function removeWorkFolderAtOnce(root: string): void {
  rmSync(root, REMOVE_ALL);
}

/**
 * Kills the processes of an attempt whose thread or host is gone: its renderer with all descendants, if that is known,
 * and whatever has the attempt's id in its arguments. The thread may have died before it reported the renderer.
 *
 * The id is looked for, not the folder: a path may be spelt in several ways.
 */
export async function endProcesses(renderer: KnownProcess | null, workDir: string): Promise<void> {
  // Without any start time, the pid may by now be that of a stranger.
  if (renderer !== null && (renderer.startedAt !== null || renderer.notBefore !== undefined)) await killTree(renderer);
  for (const other of await findProcessesByArgument(basename(workDir))) await killTree(other);
}

/**
 * Removes the files of such an attempt, an output included that was published without anybody hearing of it: one that was
 * there before the attempt stays. What is `null` is kept.
 */
export async function removeFiles(files: {
  attemptId: string;
  workDir: string | null;
  outputPath: string | null;
}): Promise<void> {
  const { attemptId, workDir, outputPath } = files;
  if (workDir !== null) await removeWorkFolder(workDir);
  if (outputPath !== null) await removeOutput(outputPath, attemptId);
}

/** Removes what an attempt has published. Its id was made when it began: an older file of that name is not its own. */
export async function removeOutput(path: string, attemptId: string): Promise<void> {
  await rm(partOf(path), { force: true });
  if (await isWrittenSince(path, decodeTime(attemptId))) await rm(path, { force: true });
}

/** File systems round the times of files: FAT to two seconds. */
const TIME_GRAIN_MS = 2_000;

/** Whether a file is there that was written at this time (milliseconds since 1970) or later. */
export async function isWrittenSince(path: string, time: number): Promise<boolean> {
  const facts = await stat(path).catch(() => null); // Not there is an answer.
  return facts !== null && facts.mtimeMs >= time - TIME_GRAIN_MS;
}

/** Where an output is copied to, beside its place, before it is moved there. */
export function partOf(outputPath: string): string {
  return `${outputPath}.part`;
}
