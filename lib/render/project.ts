import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { RenderError, reasonOf } from '../errors.ts';
import { isDiskFull, isMissing } from '../files.ts';
import type { FontFile } from '../fonts/font.ts';
import { isFileAsset, picturePlaces } from '../lottie/document/index.ts';
import { copyRegularFile, FileRefused, MOST_BYTES, readRegularFile } from '../regular-file.ts';
import { unpackTemplate } from '../template/archive/unpack-template.ts';
import { parseJsonFile } from '../text-encoding.ts';
import type { RenderTask } from './messages.ts';
import { footageBeside, levelsUp, placeFootage } from './project-footage.ts';
import type { WorkFolder } from './work-folder.ts';

/** Puts the template into the work folder, with what it needs beside it; gives the path of the project to open. */
export async function copyProject(
  task: Pick<RenderTask, 'template' | 'fonts' | 'renderer'>,
  folder: WorkFolder,
): Promise<string> {
  const { path, type } = task.template;
  try {
    const project = await place(path, type, folder);
    // The bundled renderer takes fonts from beside the project; After Effects only those that are installed.
    if (task.renderer.kind === 'lottie') await copyFonts(task.fonts, folder);
    return project;
  } catch (cause) {
    if (isMissing(cause)) {
      throw new RenderError('TEMPLATE_NOT_FOUND', `The template ${path} is no longer there, or a file beside it.`, {
        cause,
      });
    }
    if (cause instanceof FileRefused)
      throw new RenderError('TEMPLATE_UNREADABLE', `The template ${path} cannot be read: ${cause.message}.`, { cause });
    if (isDiskFull(cause)) {
      throw new RenderError('DISK_FULL', `The template ${path} could not be copied: ${reasonOf(cause)}`, {
        cause,
        retryable: true,
      });
    }
    throw cause;
  }
}

async function place(path: string, type: RenderTask['template']['type'], folder: WorkFolder): Promise<string> {
  if (type === 'mogrt' || type === 'zip' || type === 'lottie') {
    const { project } = await unpackTemplate(path, type, folder.project);
    return project;
  }
  if (type === 'json') return await placeDocument(path, folder);
  return await placeProject(path, folder, `template.${type}`);
}

async function placeDocument(path: string, folder: WorkFolder): Promise<string> {
  const document = join(folder.project, 'template.json');
  await copyRegularFile(path, document, { maxBytes: MOST_BYTES.project });
  await copyFootage(path, folder);
  return document;
}

/** Footage that lies above the project needs folders above the copy, within the work folder. */
async function placeProject(path: string, folder: WorkFolder, name: string): Promise<string> {
  const footage = await footageBeside(path);
  const project = join(folder.project, ...Array<string>(levelsUp(footage)).fill('inside'), name);
  await mkdir(dirname(project), { recursive: true });
  await copyRegularFile(path, project, { maxBytes: MOST_BYTES.project });
  await placeFootage(footage, project);
  return project;
}

/** Copies the pictures of a Lottie document from where they are, and the fonts in `fonts/` beside it. */
async function copyFootage(template: string, folder: WorkFolder): Promise<void> {
  const source = dirname(template);
  for (const places of picturesOf(await readRegularFile(template, { maxBytes: MOST_BYTES.project }))) {
    const place = await firstFile(source, places);
    if (place !== null) await copyIfThere(join(source, place), join(folder.project, place));
  }
  const fonts = join(source, 'fonts');
  const names = await readdir(fonts).catch(() => []); // No such folder: the template brings no fonts.
  for (const name of names) await copyIfThere(join(fonts, name), join(folder.fonts, name));
}

/** A document from elsewhere must not bring in files from outside its own folder. */
async function firstFile(folder: string, places: readonly string[]): Promise<string | null> {
  for (const place of places) {
    const inside = relative(folder, resolve(folder, place));
    if (inside.startsWith('..') || isAbsolute(inside)) continue;
    const facts = await stat(join(folder, place)).catch(() => null); // Not there is the answer, not a fault.
    if (facts?.isFile()) return place;
  }
  return null;
}

/** For each picture the places where it may be. */
function picturesOf(bytes: Uint8Array): string[][] {
  let document: unknown;
  try {
    document = parseJsonFile(bytes);
  } catch {
    // The renderer opens the document and says what is wrong with it.
    return [];
  }
  const assets = (document as { assets?: unknown } | null)?.assets;
  if (!Array.isArray(assets)) return [];
  return assets.flatMap((asset: object | null) => (asset !== null && isFileAsset(asset) ? [picturePlaces(asset)] : []));
}

async function copyFonts(fonts: readonly FontFile[], folder: WorkFolder): Promise<void> {
  for (const { path, fileName } of fonts) await copyIfThere(path, join(folder.fonts, fileName));
}

/** Missing footage or fonts are the renderer's to report, in its own words. */
async function copyIfThere(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyRegularFile(from, to, { maxBytes: MOST_BYTES.footage });
  } catch (error) {
    if (!isMissing(error) && !(error instanceof FileRefused)) throw error;
  }
}
