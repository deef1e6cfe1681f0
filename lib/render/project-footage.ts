import { link, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type FileSource, readProject, readProjectXml } from '../aep/read-project.ts';
import { EngineError } from '../errors.ts';
import { copyRegularFile, MOST_BYTES, readRegularFile } from '../regular-file.ts';

/** A file or folder beside a project that After Effects would look for there. */
interface FootageBeside {
  from: string;
  /** From the project's folder, with `/`; it may lead up. */
  relativePath: string;
}

/**
 * The footage that a project finds only beside itself: it was collected, or moved to this machine, and its files are no
 * longer where they were. A copy of the project in another folder needs them beside it as well.
 */
export async function footageBeside(template: string): Promise<FootageBeside[]> {
  const folder = dirname(template);
  const found: FootageBeside[] = [];
  for (const source of await fileSources(template)) {
    if (source.relativePath === null || (isAbsolute(source.path) && (await kindOf(source.path)) !== null)) continue;
    const relativePath = await placeOf(source.relativePath, source.isSequence, folder);
    const from = resolve(folder, relativePath);
    if ((await kindOf(from)) !== null) found.push({ from, relativePath });
  }
  return found;
}

/** Of a sequence the whole folder is needed: the project names its first file, or the folder itself. */
async function placeOf(path: string, isSequence: boolean, folder: string): Promise<string> {
  return isSequence && (await kindOf(resolve(folder, path))) !== 'folder' ? dirname(path) : path;
}

/** How many folders up from the project the footage leads. */
export function levelsUp(footage: readonly FootageBeside[]): number {
  return Math.max(0, ...footage.map(({ relativePath }) => relativePath.split('/').lastIndexOf('..') + 1));
}

/** Puts footage beside the copy of a project, where After Effects looks for it. */
export async function placeFootage(footage: readonly FootageBeside[], project: string): Promise<void> {
  for (const { from, relativePath } of footage) await place(from, resolve(dirname(project), relativePath));
}

async function fileSources(template: string): Promise<FileSource[]> {
  try {
    const bytes = await readRegularFile(template, { maxBytes: MOST_BYTES.project });
    const project = template.toLowerCase().endsWith('.aepx') ? readProjectXml(bytes) : readProject(bytes);
    return project.footage.flatMap(({ mainSource }) => (mainSource.kind === 'file' ? [mainSource] : []));
  } catch (error) {
    // What we cannot read, After Effects perhaps can, and says what is missing.
    if (error instanceof EngineError) return [];
    throw error;
  }
}

/** More files than any sequence has; a project from elsewhere could name the root of a disk. */
const MOST_FILES = 100_000;

async function place(from: string, to: string): Promise<void> {
  if ((await kindOf(from)) === 'file') return await placeFile(from, to);
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries.slice(0, MOST_FILES)) {
    if (entry.isFile()) await placeFile(join(from, entry.name), join(to, entry.name));
  }
}

/** A film of gigabytes is not copied where a link does: nobody writes to footage. */
async function placeFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(await realpath(from), to);
  } catch {
    // On another disk, without links, or there already: two layers may show one file.
    if ((await kindOf(to)) === null) await copyRegularFile(from, to, { maxBytes: MOST_BYTES.footage });
  }
}

/** Null where nothing is there, or something that is neither. */
async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const facts = await stat(path).catch(() => null); // Not there is the answer, not a fault.
  if (facts === null) return null;
  return facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : null;
}
