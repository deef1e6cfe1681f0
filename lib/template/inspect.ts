import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { readProject, readProjectXml } from '../aep/read-project.ts';
import { invalid } from '../contract/faults.ts';
import { type ArchiveType, isArchive, type TemplateType } from '../contract/formats.ts';
import { chunksOf, MOST_BYTES, openRegularFile, readHead, readRegularFile } from '../files.ts';
import { facesIn } from '../fonts/folders.ts';
import { parseLottie } from '../lottie/document/index.ts';
import { decodeText } from '../text-encoding.ts';
import { unpackTemplate } from './archive/unpack-template.ts';
import { lottieModel } from './from-lottie.ts';
import { projectModel } from './from-project.ts';
import type { TemplateControl, TemplateFont, TemplateFootage, TemplateModel } from './model.ts';
import { detectType, HEAD_BYTES, reading, typeOf, unreadable } from './open-template.ts';
import { readControls, withTargets } from './panel.ts';

/** What was found in a template file. */
export interface Inspection {
  model: TemplateModel;
  /** SHA-256 of the file, in hexadecimal. */
  hash: string;
}

/** Reads a template of any type. Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
export async function inspectTemplate(path: string, type?: TemplateType): Promise<Inspection> {
  if (typeof path !== 'string') throw invalid('path', 'must be a text');
  return await reading(path, async () => {
    const kind = await typeOf(path, type);
    if (isArchive(kind)) return { hash: await hashOf(path, MOST_BYTES.archive), model: await archiveModel(path, kind) };
    const bytes = await readRegularFile(path, { maxBytes: MOST_BYTES.project });
    return { hash: createHash('sha256').update(bytes).digest('hex'), model: projectModelOf(kind, bytes) };
  });
}

/** The SHA-256 of a template file, in hexadecimal. Throws as `inspectTemplate` does. */
export async function hashTemplate(path: string): Promise<string> {
  return await reading(path, () => hashOf(path, MOST_BYTES.archive));
}

async function hashOf(path: string, maxBytes: number): Promise<string> {
  await using file = await openRegularFile(path, { maxBytes });
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest('hex');
}

function projectModelOf(type: Exclude<TemplateType, ArchiveType>, bytes: Buffer): TemplateModel {
  if (type === 'json') return lottieModel(parseLottie(bytes), 'json');
  return type === 'aep' ? projectModel(readProject(bytes), 'aep') : projectModel(readProjectXml(bytes), 'aepx');
}

/** Unpacks an archive beside nothing else, and reads the project in it. */
async function archiveModel(path: string, type: ArchiveType): Promise<TemplateModel> {
  const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
  try {
    const { project, files } = await unpackTemplate(path, type, folder, { projectOnly: true });
    const inner = detectType(await readHead(project, HEAD_BYTES, { maxBytes: MOST_BYTES.project }), project);
    if (inner === null || isArchive(inner)) throw unreadable(path, `${basename(project)} in it is no project`);
    const model = projectModelOf(inner, await readRegularFile(project, { maxBytes: MOST_BYTES.project }));
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
    const bytes = await readRegularFile(join(folder, 'definition.json'), { maxBytes: MOST_BYTES.project });
    return readControls(decodeText(bytes));
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
    const places = item.places ?? (item.relativePath === null ? [] : [item.relativePath]);
    const isPacked = places.some((place) => packed.has(resolve(folder, place).normalize('NFC')));
    return isPacked ? { ...item, packed: true } : item;
  });
}

async function fontsBeside(project: string): Promise<TemplateFont[]> {
  const faces = await facesIn(join(dirname(project), 'fonts'));
  return faces.map(({ postScriptName, family, style }) => ({ name: postScriptName, family, style }));
}
