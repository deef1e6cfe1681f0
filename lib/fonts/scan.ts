import { stat } from 'node:fs/promises';
import { fontFilesIn } from './folders.ts';
import { type ReadFontFace, readFontFaces } from './font-file.ts';

/** A font file as it was when it was read. */
export interface KnownFontFile {
  path: string;
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
}

/** Every font file of some folders by its path, and the faces of those that are new or have changed. */
export interface FontScan {
  present: string[];
  /** A file that is no font has no faces; it is not read again either. */
  read: (KnownFontFile & { faces: ReadFontFace[] })[];
}

/** The faces of every font in a folder and those below it. A font that cannot be read is left out. */
export async function facesIn(folder: string): Promise<ReadFontFace[]> {
  const paths = await fontFilesIn(folder);
  return (await sideBySide(paths, (path) => readFontFaces(path).catch(() => []))).flat();
}

/** Reads the font files of some folders, but for those that are `known` and have not changed. */
export async function scanFonts(folders: readonly string[], known: readonly KnownFontFile[]): Promise<FontScan> {
  const knownByPath = new Map(known.map((file) => [file.path, file]));
  const scan: FontScan = { present: [], read: [] };
  const paths = (await Promise.all(folders.map(fontFilesIn))).flat();
  await sideBySide(paths, async (path) => {
    const facts = await stat(path).catch(() => null); // It has gone since the folder was read.
    if (facts === null || !facts.isFile()) return;
    scan.present.push(path);
    const before = knownByPath.get(path);
    if (before?.size === facts.size && before.modifiedAt === facts.mtimeMs) return;
    const faces = await readFontFaces(path).catch(() => []);
    scan.read.push({ path, size: facts.size, modifiedAt: facts.mtimeMs, faces });
  });
  return scan;
}

/** A font takes several short reads, and most of their time is waiting. */
const AT_ONCE = 16;

/** The results in the order of the paths, a few of them awaited at a time. */
async function sideBySide<Result>(
  paths: readonly string[],
  read: (path: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    results.push(...(await Promise.all(paths.slice(at, at + AT_ONCE).map(read))));
  }
  return results;
}
