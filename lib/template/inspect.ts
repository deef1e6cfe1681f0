import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { readProject, readProjectXml } from '../aep/read-project.ts';
import type { TemplateType } from '../contract/template.ts';
import { EngineError } from '../errors.ts';
import { facesIn } from '../fonts/scan.ts';
import { parseLottie } from '../lottie/document/index.ts';
import { type ArchiveType, unpackTemplate } from './archive/unpack-template.ts';
import { detectType } from './detect.ts';
import { lottieModel } from './from-lottie.ts';
import type { TemplateControl, TemplateFont, TemplateFootage, TemplateModel } from './model.ts';
import { readControls } from './project/mogrt-definition.ts';
import { withTargets } from './project/panel.ts';
import { projectModel } from './project/project-model.ts';

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
  return { model: await modelOf(path, kind, bytes), hash: hashOf(bytes) };
}

/** The SHA-256 of a template file, in hexadecimal. Throws as `inspectTemplate` does. */
export async function hashTemplate(path: string): Promise<string> {
  return hashOf(await readTemplate(path));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
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
    case 'aep':
      return projectModel(readProject(bytes), 'aep');
    case 'aepx':
      return projectModel(readProjectXml(bytes), 'aepx');
    default:
      return await archiveModel(path, type);
  }
}

/** Unpacks an archive beside nothing else, and reads the project in it. */
async function archiveModel(path: string, type: ArchiveType): Promise<TemplateModel> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
  try {
    const { project, files } = await unpackTemplate(path, type, folder, { projectOnly: true });
    const bytes = await readTemplate(project);
    const inner = detectType(bytes.subarray(0, HEAD_BYTES), project);
    if (inner === null) throw unreadable(path, `${basename(project)} in it is no project`);
    const model = await modelOf(project, inner, bytes);
    const controls = type === 'mogrt' ? await definedControls(folder) : null;
    return {
      ...withControls(model, controls),
      type,
      footage: markPacked(model.footage, dirname(project), files),
      ownFonts: await fontsBeside(project),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function definedControls(folder: string): Promise<TemplateControl[] | null> {
  try {
    return readControls(await readFile(join(folder, 'definition.json'), 'utf8'));
  } catch {
    // A .mogrt without one is unusual, and its project still says what its controls are called.
    return null;
  }
}

/** A .mogrt is made of its main composition, and defines the controls of that one. */
function withControls(model: TemplateModel, controls: TemplateControl[] | null): TemplateModel {
  if (controls === null) return model;
  const compositions = model.compositions.map((composition) =>
    composition.name === model.mainComposition
      ? { ...composition, controls: withTargets(controls, composition.controls) }
      : composition,
  );
  return { ...model, compositions };
}

/** Names of one file differ in how accents are written: one system takes them apart, another does not. */
function markPacked(footage: readonly TemplateFootage[], folder: string, files: readonly string[]): TemplateFootage[] {
  const packed = new Set(files.map((file) => file.normalize('NFC')));
  return footage.map((item) => {
    const place = item.relativePath === null ? null : resolve(folder, item.relativePath).normalize('NFC');
    return place !== null && packed.has(place) ? { ...item, packed: true } : item;
  });
}

async function fontsBeside(project: string): Promise<TemplateFont[]> {
  const faces = await facesIn(join(dirname(project), 'fonts'));
  return faces.map(({ postScriptName, family, style }) => ({ name: postScriptName, family, style }));
}

function unreadable(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('TEMPLATE_UNREADABLE', `The template ${path} cannot be read: ${reason}.`, { cause });
}
