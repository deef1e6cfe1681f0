import { type FontFace, readFontFaces } from './font-file.ts';
import { fontFilesIn } from './font-folders.ts';

/** The faces of every font in a folder and those below it. A broken font is passed over. */
export async function facesIn(folder: string): Promise<FontFace[]> {
  const faces: FontFace[] = [];
  for (const path of await fontFilesIn(folder)) {
    // One of a system's thousand fonts that cannot be read is as if it were not there.
    faces.push(...(await readFontFaces(path).catch(() => [])));
  }
  return faces;
}
