import { basename, dirname, extname, join } from 'node:path';
import type { ArchiveType } from '../../contract/formats.ts';
import { EngineError } from '../../errors.ts';
import { isFontFile } from '../../fonts/font.ts';
import { ArchiveFault, quoted } from './entries.ts';
import { type ArchiveLimits, isZip, type Unpacked, unpack } from './unpack.ts';

const LIMITS: ArchiveLimits = { files: 20_000, bytes: 8 * 2 ** 30, ratio: 500 };

/** The project of a .mogrt, with its footage, in an archive of its own. */
const INNER_ARCHIVE = 'project.aegraphic';
/** Where that is unpacked, so that its names cannot meet those beside it. */
const INNER_FOLDER = 'project';

const PROJECT_EXTENSIONS: Record<ArchiveType, readonly string[]> = {
  mogrt: ['.aep', '.aepx'],
  zip: ['.aep', '.aepx', '.json'],
  lottie: ['.json'],
};

interface UnpackedTemplate {
  project: string;
  /** Where each file of the project's archive lies, or would lie where only the project was wanted. */
  files: string[];
}

interface UnpackOptions {
  limits?: ArchiveLimits;
  /** Only what says what the template is: no footage, which may be gigabytes. */
  projectOnly?: boolean;
}

/**
 * Unpacks a template into an empty folder and says which file in it is the project. Nothing is written outside of the
 * folder or over another file; what was written before a fault was found is the caller's to remove. Throws
 * `TEMPLATE_UNREADABLE`.
 */
export async function unpackTemplate(
  file: string,
  type: ArchiveType,
  into: string,
  { limits = LIMITS, projectOnly = false }: UnpackOptions = {},
): Promise<UnpackedTemplate> {
  try {
    const wanted = projectOnly ? (path: string) => tellsOfTemplate(path, type) : () => true;
    const { folder, files } = await unpackAll(file, type, into, limits, wanted);
    const name = projectAmong(files, type);
    const project = join(folder, name);
    // The inner archive would be unpacked by its reader as well; and a zip can contain itself, without end.
    if (await isZip(project))
      throw new ArchiveFault(`${quoted(name)} in it is an archive again; pack the project itself`);
    return { project, files: files.map((path) => join(folder, path)) };
  } catch (cause) {
    if (!(cause instanceof ArchiveFault)) throw cause;
    throw new EngineError('TEMPLATE_UNREADABLE', `The archive ${file} cannot be read: ${cause.message}.`, { cause });
  }
}

/** The project, the archive that it is in, the fields of its panel, and its fonts. */
function tellsOfTemplate(path: string, type: ArchiveType): boolean {
  const name = basename(path).toLowerCase();
  return (
    PROJECT_EXTENSIONS[type].includes(extname(name)) ||
    name === INNER_ARCHIVE ||
    name === 'definition.json' ||
    (isFontFile(name) && basename(dirname(path)) === 'fonts')
  );
}

async function unpackAll(
  file: string,
  type: ArchiveType,
  into: string,
  limits: ArchiveLimits,
  wanted: (path: string) => boolean,
): Promise<Unpacked> {
  const outer = await unpack(file, into, limits, wanted);
  if (type !== 'mogrt') return outer;
  const [inner] = outer.files.filter((name) => basename(name).toLowerCase() === INNER_ARCHIVE).sort(byDepth);
  if (inner === undefined)
    throw new ArchiveFault(
      `it holds no ${INNER_ARCHIVE}, and a .mogrt made by Premiere Pro has none; export it from After Effects`,
    );
  const left = { ...limits, files: limits.files - outer.files.length, bytes: limits.bytes - outer.bytes };
  try {
    return await unpack(join(into, inner), join(into, INNER_FOLDER), left, wanted);
  } catch (cause) {
    if (!(cause instanceof ArchiveFault)) throw cause;
    throw new ArchiveFault(`of ${INNER_ARCHIVE} in it, ${cause.message}`, { cause });
  }
}

function projectAmong(files: readonly string[], type: ArchiveType): string {
  const extensions = PROJECT_EXTENSIONS[type];
  const rank = (name: string) => extensions.indexOf(extname(name).toLowerCase());
  const [project] = files
    .filter((name) => rank(name) !== -1 && basename(name) !== 'manifest.json')
    .filter((name) => type !== 'lottie' || /^(animations|a)\//.test(name))
    .sort((a, b) => Number(isAutoSave(a)) - Number(isAutoSave(b)) || rank(a) - rank(b) || byDepth(a, b));
  if (project === undefined) throw new ArchiveFault(`it holds no ${extensions.join(' or ')} file`);
  return project;
}

/**
 * After Effects keeps earlier states of a project in a folder beside it, `Adobe After Effects Auto-Save`, as `promo
 * auto-save 1.aep`. People copy them beside the project as well.
 */
function isAutoSave(path: string): boolean {
  return AUTO_SAVE.test(path.normalize('NFC'));
}

const AUTO_SAVE =
  /auto[- ]?save|automatisch(e[rs]?)? (ge)?speicher|enregistrement auto|autoguardado|guardado autom|salvataggio autom|salvamento autom|автосохран|自動保存|自动保存|자동 ?저장/i;

/** The shallowest first; of the same depth by name, the same on every machine. */
function byDepth(a: string, b: string): number {
  const depth = (name: string) => name.split('/').length;
  return depth(a) - depth(b) || (a < b ? -1 : 1);
}
