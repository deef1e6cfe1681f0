import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Project, readProject, readProjectXml } from '../aep/read-project.ts';
import { fileNameOf, type UsedFootage } from '../aep-to-lottie/index.ts';
import { isArchive, type TemplateType } from '../contract/formats.ts';
import { EngineError, reasonOf } from '../errors.ts';
import { FileRefused, isMissing, isSystemError, MOST_BYTES, readHead, readRegularFile } from '../files.ts';
import { encodingOf } from '../text-encoding.ts';
import { unpackTemplate } from './archive/unpack-template.ts';

type Located = Pick<UsedFootage, 'path' | 'relativePath'>;

/** The first bytes are enough to recognise a type. */
export const HEAD_BYTES = 4096;

/** A template that is open: the file of its project or document, which was unpacked if it was in an archive. */
export interface OpenedTemplate extends AsyncDisposable {
  type: 'aep' | 'aepx' | 'json';
  file: string;
  bytes: Buffer;
  /** Whether it comes from an archive: then it names no files of this machine. */
  packed: boolean;
}

/**
 * Opens a template of any type. What is in an archive is unpacked into a folder of the system's until the template is
 * disposed of. Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`.
 */
export async function openTemplate(path: string): Promise<OpenedTemplate> {
  return await reading(path, async () => {
    const type = await typeOf(path);
    if (!isArchive(type)) return await opened(path, { packed: false });
    const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-'));
    const remove = async () => await rm(folder, { recursive: true, force: true });
    try {
      const { project } = await unpackTemplate(path, type, folder);
      return await opened(project, { packed: true, remove });
    } catch (error) {
      await remove();
      throw error;
    }
  });
}

async function opened(
  file: string,
  { packed, remove }: { packed: boolean; remove?: () => Promise<void> },
): Promise<OpenedTemplate> {
  const type = await typeOf(file);
  if (isArchive(type))
    throw new EngineError('TEMPLATE_UNREADABLE', `The template ${file} is an archive in an archive.`);
  const bytes = await readRegularFile(file, { maxBytes: MOST_BYTES.project });
  return { type, file, bytes, packed, [Symbol.asyncDispose]: async () => await remove?.() };
}

/** By the content; what is an archive, the caller may say, since all of them are zip files. */
export async function typeOf(path: string, announced?: TemplateType): Promise<TemplateType> {
  const head = await readHead(path, HEAD_BYTES, { maxBytes: MOST_BYTES.archive });
  const found = detectType(head, path);
  if (found === null) {
    const reason = head.length === 0 ? 'it is empty' : 'it is neither an After Effects project nor a Lottie document';
    throw unreadable(path, reason);
  }
  if (announced === undefined || announced === found || (announced === 'aep' && found === 'aepx')) return found;
  if (isArchive(announced) && isArchive(found)) return announced;
  throw unreadable(path, `it was announced as ${announced}, but it is ${found}`);
}

/** Carries out a step that reads files, and says of its errors which template they are of. */
export async function reading<Result>(path: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    if (isMissing(cause))
      throw new EngineError('TEMPLATE_NOT_FOUND', `The template file ${path} is not there.`, { cause });
    // Only what a file brings about: a fault of ours is not the template's.
    if (!(cause instanceof FileRefused) && !isSystemError(cause)) throw cause;
    throw unreadable(path, reasonOf(cause), cause);
  }
}

export function unreadable(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('TEMPLATE_UNREADABLE', `The template ${path} cannot be read: ${reason}.`, { cause });
}

const ARCHIVES: Record<string, TemplateType> = { '.mogrt': 'mogrt', '.lottie': 'lottie' };

/** The type of a template by its first bytes; archives are told apart by their extension. Null if it is none. */
export function detectType(head: Uint8Array, path: string): TemplateType | null {
  const mark = Buffer.from(head.subarray(0, 4)).toString('latin1');
  if (mark === 'RIFX') return 'aep';
  if (mark === 'PK\u0003\u0004') return ARCHIVES[extname(path).toLowerCase()] ?? 'zip';
  // Without its byte order mark. The last character may be cut.
  const text = new TextDecoder(encodingOf(head)).decode(head);
  const start = text.trimStart();
  if (start.startsWith('<')) return /AfterEffectsProject/.test(text) ? 'aepx' : null;
  return start.startsWith('{') ? 'json' : null;
}

/** The project of a template. Throws `TEMPLATE_UNREADABLE` if it is a Lottie document. */
export function projectOf({ type, bytes, file }: OpenedTemplate): Project {
  if (type === 'json')
    throw new EngineError('TEMPLATE_UNREADABLE', `The template ${file} is a Lottie document, and not a project.`);
  return type === 'aepx' ? readProjectXml(bytes) : readProject(bytes);
}

/**
 * The file of a project's footage, null if it is not on this machine. As After Effects looks: where the file was when the
 * project was saved, then where it was from the project, then beside the project: of a sequence in a folder of its own.
 */
export async function locateFootage(
  { path, relativePath }: Located,
  { file, packed }: Pick<OpenedTemplate, 'file' | 'packed'>,
): Promise<string | null> {
  const folder = dirname(file);
  const name = fileNameOf(path);
  const ofSequence = `(Footage)/${fileNameOf(path.slice(0, -name.length - 1))}/${name}`;
  const beside = [relativePath, `(Footage)/${name}`, ofSequence, name].flatMap((place) => {
    const found = resolve(folder, place ?? name);
    return packed && relative(folder, found).startsWith('..') ? [] : [found];
  });
  const places = !packed && isAbsolute(path) ? [path, ...beside] : beside;
  for (const place of places) if (await isFile(place)) return place;
  return null;
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null); // Not there is the answer, not a fault.
  return facts?.isFile() === true;
}
