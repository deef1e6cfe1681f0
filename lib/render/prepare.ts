import { link, mkdir, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Step } from '../aerender/timeouts.ts';
import { isArchive, nameOfCopy } from '../contract/formats.ts';
import { parseDataUri } from '../contract/source.ts';
import { RenderError, reasonOf } from '../errors.ts';
import {
  copyRegularFile,
  FileRefused,
  foldedPath,
  isDiskFull,
  isMissing,
  isShortage,
  MOST_BYTES,
  readRegularFile,
  whatIsAt,
} from '../files.ts';
import { layFonts } from '../fonts/manifest.ts';
import { consecutiveNames } from '../media/image-sequence.ts';
import { unpackTemplate } from '../template/archive/unpack-template.ts';
import { decodeText } from '../text-encoding.ts';
import type { RenderTask, TaskFile } from './messages.ts';
import type { WorkFolder } from './work-folder.ts';

/** What the renderer is started with. */
interface PreparedProject {
  /** The project to open. */
  project: string;
  /** Where each file of the task was copied to, in their order. */
  files: string[];
}

/** Fills the work folder: the template, what has to be beside it, the files of the assets, and fonts. */
export async function prepare(
  task: Pick<RenderTask, 'template' | 'files' | 'fonts' | 'renderer'>,
  folder: WorkFolder,
  step: Step,
): Promise<PreparedProject> {
  const project = await copyProject(task, folder, step);
  const files: string[] = [];
  for (const file of task.files) {
    const target = join(file.folder === 'project' ? dirname(project) : folder.assets, file.name);
    if (foldedPath(target) === foldedPath(project)) {
      const what = `assets[${file.asset}].name: '${file.name}' is the place of the project itself`;
      throw new RenderError('VALIDATION_ERROR', `${what}; choose another name.`);
    }
    await copySource(file, target, step);
    files.push(target);
  }
  return { project, files };
}

async function copyProject(
  { template, fonts, renderer }: Pick<RenderTask, 'template' | 'fonts' | 'renderer'>,
  folder: WorkFolder,
  step: Step,
): Promise<string> {
  const { path } = template;
  try {
    const project = await copyTemplate(template, folder, step);
    for (const { from, to } of template.beside) await linkBeside(from, resolve(dirname(project), to), step);
    // After Effects accepts only fonts that are installed.
    if (renderer.kind === 'bundled') {
      await layFonts(fonts, dirname(project), (from, to) => linkBeside(from, to, step));
    }
    return project;
  } catch (cause) {
    if (isMissing(cause)) {
      throw new RenderError('TEMPLATE_NOT_FOUND', `The template ${path} is no longer there.`, { cause });
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

/** Footage that is above the project needs folders above the copy, within the work folder. */
async function copyTemplate(
  { path, type, beside }: RenderTask['template'],
  { project: root }: WorkFolder,
  step: Step,
): Promise<string> {
  if (isArchive(type)) return (await unpackTemplate(path, type, root)).project;
  const up = Math.max(0, ...beside.map(({ to }) => to.split('/').lastIndexOf('..') + 1));
  const project = join(root, ...Array<string>(up).fill('inside'), nameOfCopy(type) ?? '');
  if (up > 0) await mkdir(dirname(project), { recursive: true });
  await copyRegularFile(path, project, { maxBytes: MOST_BYTES.project, blocking: true, ...step });
  return project;
}

/** More files than any sequence has; a project from elsewhere could name the root of a disk. */
const MOST_FILES = 100_000;

/** A file, or the files of a folder. Missing ones are the renderer's to report, in its own words. */
async function linkBeside(from: string, to: string, step: Step): Promise<void> {
  const kind = await whatIsAt(from);
  if (kind === 'file') await linkFile(from, to, step);
  if (kind !== 'folder') return;
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries.slice(0, MOST_FILES)) {
    if (entry.isFile()) await linkFile(join(from, entry.name), join(to, entry.name), step);
  }
}

/** A film of gigabytes is not copied if a link will do: nobody writes to footage. */
async function linkFile(from: string, to: string, step: Step): Promise<void> {
  step.signal.throwIfAborted();
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(await realpath(from), to);
  } catch {
    // On another disk, without links, or there already: two layers may show one file.
    if ((await whatIsAt(to)) === null)
      await copyRegularFile(from, to, { maxBytes: MOST_BYTES.footage, blocking: true, ...step });
  }
}

async function copySource({ src, asset, sequence, isScript }: TaskFile, target: string, step: Step): Promise<void> {
  const label = `assets[${asset}]`;
  try {
    await mkdir(dirname(target), { recursive: true });
    // Footage of the template is a link to the user's own file: what is there is not written to.
    await rm(target, { force: true });
    const data = parseDataUri(src);
    const maxBytes = isScript ? MOST_BYTES.script : MOST_BYTES.footage;
    if (sequence !== undefined) await linkSequence(src, sequence, target, step);
    else if (data !== null) await writeFile(target, data.bytes);
    else await copyRegularFile(src, target, { maxBytes, blocking: true, ...step });
    if (isScript) await wrapScript(target);
  } catch (cause) {
    if (step.signal.aborted || isShortage(cause)) throw cause;
    if (cause instanceof FileRefused)
      throw new RenderError('ASSET_INVALID', `${label}: ${src} cannot be used: ${cause.message}.`, { cause });
    if (isMissing(cause)) {
      throw new RenderError('ASSET_NOT_FOUND', `${label}: the file ${src} is no longer there.`, { cause });
    }
    throw new RenderError(
      isDiskFull(cause) ? 'DISK_FULL' : 'WORKFOLDER_FAILED',
      `${label}: ${src} could not be copied into the work folder: ${reasonOf(cause)}`,
      { cause, retryable: isDiskFull(cause) },
    );
  }
}

/** The target is that of the first. Fails with the first that is gone: a sequence with a gap is another one. */
async function linkSequence(folder: string, names: readonly string[], target: string, step: Step): Promise<void> {
  const copies = consecutiveNames(basename(target), names.length);
  for (const [at, name] of names.entries())
    await linkFile(join(folder, name), join(dirname(target), copies[at] ?? name), step);
}

/** What a compiled script begins with. */
const COMPILED = '@JSXBIN@';
/** By which ExtendScript knows UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Makes a copied script a function that is called at once, as nexrender does: its variables are its own, and it may
 * `return`. Its first line is then the second one. What is compiled or in another encoding is left as it is.
 */
async function wrapScript(path: string): Promise<void> {
  const code = decoded(await readRegularFile(path, { maxBytes: MOST_BYTES.script }));
  if (code === null || code.startsWith(COMPILED)) return;
  await writeFile(path, `${BYTE_ORDER_MARK}(function () {\n${code}\n}());\n`);
}

/** Without its byte order mark; null if it is in another encoding than UTF-8 or UTF-16. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return decodeText(bytes);
  } catch {
    return null;
  }
}
