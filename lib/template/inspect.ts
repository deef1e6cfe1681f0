import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateType } from '../contract/template.ts';
import { EngineError } from '../errors.ts';
import { unpackTemplate } from './archive.ts';
import { detectType } from './detect.ts';
import { parseLottie } from './lottie-document.ts';
import { lottieModel } from './lottie-model.ts';
import type { TemplateModel } from './model.ts';

export interface Inspection {
  model: TemplateModel;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
}

/** Enough to tell a type by. */
const HEAD_BYTES = 4096;

/** Reads a template of any type. Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
export async function inspectTemplate(path: string, type?: TemplateType): Promise<Inspection> {
  const bytes = await readTemplate(path);
  const found = detectType(bytes.subarray(0, HEAD_BYTES), path);
  if (found === null)
    throw unreadable(
      path,
      bytes.length === 0 ? 'it is empty' : 'it is neither an After Effects project nor a Lottie document',
    );
  if (type !== undefined && type !== found && !(type === 'aep' && found === 'aepx') && !isArchive(type, found)) {
    throw unreadable(path, `it was announced as ${type}, but it is ${found}`);
  }
  const kind = type !== undefined && isArchive(type, found) ? type : found;
  return { model: await modelOf(path, kind, bytes), hash: createHash('sha256').update(bytes).digest('hex') };
}

/** Whatever an archive is called, the caller may say what it is. */
function isArchive(type: TemplateType, found: TemplateType): boolean {
  const archives: TemplateType[] = ['mogrt', 'zip', 'lottie'];
  return archives.includes(type) && archives.includes(found);
}

async function readTemplate(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/ENOENT|ENOTDIR/.test(reason))
      throw new EngineError('TEMPLATE_NOT_FOUND', `The template file ${path} is not there.`, { cause });
    throw unreadable(path, reason, cause);
  }
}

async function modelOf(path: string, type: TemplateType, bytes: Buffer): Promise<TemplateModel> {
  switch (type) {
    case 'json':
      return lottieModel(parseLottie(bytes), 'json');
    case 'lottie':
      return await inside(path, 'lottie', async (project) =>
        lottieModel(parseLottie(await readFile(project)), 'lottie'),
      );
    default:
      return unknownProject(type);
  }
}

async function inside(
  path: string,
  type: 'lottie',
  read: (project: string) => Promise<TemplateModel>,
): Promise<TemplateModel> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
  try {
    const { project } = await unpackTemplate(path, type, folder);
    return await read(project);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** After Effects' own format: nothing is refused for what is not known, and the renderer decides. */
function unknownProject(type: TemplateType): TemplateModel {
  return {
    type,
    writtenBy: null,
    complete: false,
    warnings: ['The compositions and layers of this template are not known before it is rendered.'],
    mainComposition: null,
    compositions: [],
    footage: [],
    fonts: [],
  };
}

function unreadable(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('TEMPLATE_UNREADABLE', `The template ${path} cannot be read: ${reason}.`, { cause });
}
