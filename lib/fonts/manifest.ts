import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FontFile } from './font.ts';
import { OWN_FONTS } from './font-bytes.ts';

/** Beside the project: which font of the document each file serves, so that the bundled renderer decides nothing again. */
const MANIFEST = 'fonts.json';
const FOLDER = 'fonts';

/** A font as the manifest has it: the path of the file in the folder, or the name of one of the package's. */
type LaidFont = Omit<FontFile, 'path'> & { file: string };

/**
 * Puts the fonts of a job beside the copy of its project, with the manifest. `place` links or copies a file. The
 * package's own fonts stay where they are.
 */
export async function layFonts(
  fonts: readonly FontFile[],
  projectFolder: string,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const folder = join(projectFolder, FOLDER);
  await mkdir(folder, { recursive: true });
  const laid = new Map<string, string>();
  for (const [index, { path, fileName, place: where }] of fonts.entries()) {
    if (where === 'own' || laid.has(path)) continue;
    // Two fonts of one name may come from different folders.
    const file = join(String(index), basename(fileName));
    await place(path, join(folder, file));
    laid.set(path, file);
  }
  const manifest = fonts.map(({ path, ...font }): LaidFont => ({ ...font, file: laid.get(path) ?? basename(path) }));
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest));
}

/** What `layFonts` wrote, but for files that had gone since; null if the project is not one of a job. */
export async function readManifest(projectFolder: string): Promise<FontFile[] | null> {
  const folder = join(projectFolder, FOLDER);
  const json = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null); // Run by hand: there is none.
  if (json === null) return null;
  return (JSON.parse(json) as LaidFont[])
    .map(({ file, ...font }) => ({ ...font, path: join(font.place === 'own' ? OWN_FONTS : folder, file) }))
    .filter(({ path }) => existsSync(path));
}
