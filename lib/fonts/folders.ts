import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import { changedAtOf } from '../files.ts';
import { isFontFile } from './font.ts';
import { isPacked } from './font-bytes.ts';
import { type ReadFontFace, readFontFaces } from './font-file.ts';

/**
 * Where a system keeps its fonts, and Adobe the fonts of its programs: those that an administrator put there, and those
 * that Adobe Fonts has activated (`livetype`, which Adobe does not document and we could not look at).
 * Sources: Apple, Microsoft, freedesktop.org (fontconfig); Adobe's help pages.
 */
export function systemFontFolders(platform: NodeJS.Platform, home: string): string[] {
  switch (platform) {
    case 'darwin':
      return [
        '/System/Library/Fonts',
        '/Library/Fonts',
        posix.join(home, 'Library/Fonts'),
        '/Library/Application Support/Adobe/Fonts',
        posix.join(home, 'Library/Application Support/Adobe/CoreSync/plugins/livetype'),
      ];
    case 'win32':
      return [
        'C:\\Windows\\Fonts',
        win32.join(home, 'AppData\\Local\\Microsoft\\Windows\\Fonts'),
        'C:\\Program Files\\Common Files\\Adobe\\Fonts',
        win32.join(home, 'AppData\\Roaming\\Adobe\\CoreSync\\plugins\\livetype'),
      ];
    default:
      return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        posix.join(home, '.fonts'),
        posix.join(home, '.local/share/fonts'),
      ];
  }
}

/** Adobe Fonts keeps its files under numbers, on Windows without an extension. */
const UNNAMED = /[\\/]livetype[\\/](.*[\\/])?\.?\d+$/;

/** The paths of the font files in a folder and in those below it, and of all these folders; it may not be there. */
async function entriesOf(folder: string): Promise<{ fonts: string[]; folders: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []); // No such folder: no fonts.
  const pathOf = ({ parentPath, name }: Dirent) => join(parentPath, name);
  const folders = entries.filter((entry) => entry.isDirectory()).map(pathOf);
  const files = entries.filter((entry) => !entry.isDirectory()).map(pathOf);
  const fonts = files.filter((path) => isFontFile(path) || isPacked(path) || UNNAMED.test(path));
  return { fonts, folders: [folder, ...folders] };
}

/** A font file as it was when it was read. */
export interface KnownFontFile {
  path: string;
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
}

/** A folder as it was when its fonts were read. */
export interface ReadFolder {
  path: string;
  /** When it last got or lost an entry, in milliseconds since 1970. Null: it is not there; NaN: it may be changing now. */
  changedAt: number | null;
}

/** Every font file of some folders by its path, and the faces of those that are new or have changed. */
export interface FontScan {
  /** The folders that were read, those below the named ones included. */
  folders: ReadFolder[];
  present: string[];
  /** A file that is no font has no faces; it is not read again either. */
  read: (KnownFontFile & { faces: ReadFontFace[] })[];
}

/** The faces of every font in a folder and those below it. A font that cannot be read is left out. */
export async function facesIn(folder: string): Promise<ReadFontFace[]> {
  const { fonts } = await entriesOf(folder);
  return (await sideBySide(fonts, (path) => readFontFaces(path).catch(() => []))).flat();
}

/** Reads the font files of some folders, but for those that are `known` and have not changed. */
export async function scanFonts(folders: readonly string[], known: readonly KnownFontFile[]): Promise<FontScan> {
  const knownByPath = new Map(known.map((file) => [file.path, file]));
  const entries = await Promise.all(folders.map(entriesOf));
  const paths = entries.flatMap(({ fonts }) => fonts);
  const scan: FontScan = { folders: await settled(entries.flatMap((found) => found.folders)), present: [], read: [] };
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

/** The clock of a file system may stand still for so long: a folder that has changed just now may change again unseen. */
const TICK_MS = 50;

async function settled(folders: readonly string[]): Promise<ReadFolder[]> {
  return await sideBySide(folders, async (path) => {
    const changedAt = await changedAtOf(path);
    return { path, changedAt: Math.abs(Date.now() - (changedAt ?? 0)) < TICK_MS ? Number.NaN : changedAt };
  });
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
