import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type Project, readProject, readProjectXml } from '../aep/read-project.ts';
import { fileNameOf, type UsedFootage } from '../aep-to-lottie/index.ts';
import { EngineError } from '../errors.ts';
import { MOST_BYTES, readRegularFile } from '../regular-file.ts';
import { unpackTemplate } from './archive/unpack-template.ts';
import { isArchive, reading, typeOf } from './inspect.ts';

/** An After Effects project that is open, and where its footage is looked for. */
export interface OpenedProject extends AsyncDisposable {
  project: Project;
  /** The file that was read: of an archive, the project that was in it. */
  file: string;
  /** The file of a footage; null if it is not on this machine. */
  locate(footage: Pick<UsedFootage, 'path' | 'relativePath'>): Promise<string | null>;
}

/**
 * Opens the project of a template: `.aep`, `.aepx`, or an archive with one in it, which is unpacked into a folder of the
 * system's until the project is disposed of. Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`.
 */
export async function openProject(path: string): Promise<OpenedProject> {
  return await reading(path, async () => {
    const type = await typeOf(path);
    if (type === 'json' || type === 'lottie') throw isLottie(path);
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
): Promise<OpenedProject> {
  const type = await typeOf(file);
  if (type === 'json') throw isLottie(file);
  const bytes = await readRegularFile(file, { maxBytes: MOST_BYTES.project });
  return {
    project: type === 'aepx' ? readProjectXml(bytes) : readProject(bytes),
    file,
    locate: (footage) => locate(footage, dirname(file), packed),
    [Symbol.asyncDispose]: async () => await remove?.(),
  };
}

function isLottie(path: string): EngineError {
  return new EngineError('TEMPLATE_UNREADABLE', `The template ${path} is a Lottie document, and not a project.`);
}

/**
 * As After Effects looks: where the file was when the project was saved, then where it was from the project, then beside
 * the project. What comes from an archive does not name files of this machine.
 */
async function locate(
  { path, relativePath }: Pick<UsedFootage, 'path' | 'relativePath'>,
  folder: string,
  packed: boolean,
): Promise<string | null> {
  const name = fileNameOf(path);
  const beside = [relativePath, `(Footage)/${name}`, name].flatMap((place) => {
    const file = resolve(folder, place ?? name);
    const leadsOut = relative(folder, file).startsWith('..');
    return packed && leadsOut ? [] : [file];
  });
  const places = !packed && isAbsolute(path) ? [path, ...beside] : beside;
  for (const place of places) if (await isFile(place)) return place;
  return null;
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null); // Not there is the answer, not a fault.
  return facts?.isFile() === true;
}
