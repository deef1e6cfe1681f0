import { stat } from 'node:fs/promises';
import { type FontFace, readFontFaces } from './font-file.ts';
import { fontFilesIn } from './font-folders.ts';

/** A font file as it was when it was read. */
export interface KnownFontFile {
  path: string;
  size: number;
  /** Milliseconds since 1970, with a fraction. */
  modifiedAt: number;
}

/** What lies in some folders: every font file by its path, and the faces of those that are new or have changed. */
export interface FontScan {
  present: string[];
  /** A file that is no font has no faces, and is not read again either. */
  read: (KnownFontFile & { faces: FontFace[] })[];
}

export async function scanFonts(folders: readonly string[], known: readonly KnownFontFile[]): Promise<FontScan> {
  const knownByPath = new Map(known.map((file) => [file.path, file]));
  const scan: FontScan = { present: [], read: [] };
  for (const path of (await Promise.all(folders.map(fontFilesIn))).flat()) {
    const facts = await stat(path).catch(() => null); // Gone since the folder was read: as if it had never been there.
    if (facts === null || !facts.isFile()) continue;
    scan.present.push(path);
    const before = knownByPath.get(path);
    if (before?.size === facts.size && before.modifiedAt === facts.mtimeMs) continue;
    const faces = await readFontFaces(path).catch(() => []);
    scan.read.push({ path, size: facts.size, modifiedAt: facts.mtimeMs, faces });
  }
  return scan;
}
