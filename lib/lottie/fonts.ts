import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FontFace } from '../template/font-file.ts';
import { facesIn, systemFontFolders } from '../template/font-folders.ts';
import type { LottieDocument, LottieFont } from '../template/lottie-document.ts';
import { OWN_FONTS } from '../template/own-fonts.ts';

export interface LoadedFonts {
  /** Font files by the name that the document uses. */
  files: Map<string, Buffer>;
  /** Fonts that were replaced by the package's own. */
  missing: { family: string; style: string }[];
}

/** Finds the file of every font of a document: beside the template (`fonts/`), our own, then those of the system. */
export async function loadFonts(document: LottieDocument, projectFolder: string): Promise<LoadedFonts> {
  const near = [...(await facesIn(join(projectFolder, 'fonts'))), ...(await facesIn(OWN_FONTS))];
  let system: FontFace[] | null = null;
  const loaded: LoadedFonts = { files: new Map(), missing: [] };
  for (const font of document.fonts?.list ?? []) {
    let face = match(near, font);
    if (face === undefined) {
      // Reading all the fonts of a system takes a while, so only where one is needed.
      system ??= (await Promise.all(systemFontFolders(process.platform, homedir()).map(facesIn))).flat();
      face = match(system, font);
    }
    if (face === undefined) {
      loaded.missing.push({ family: font.fFamily || font.fName, style: font.fStyle || 'Regular' });
      face = fallback(near, font);
    }
    if (face !== undefined) loaded.files.set(font.fName, await readFile(face.path));
  }
  return loaded;
}

function match(faces: readonly FontFace[], { fName, fFamily, fStyle }: LottieFont): FontFace | undefined {
  return (
    faces.find((face) => face.postScriptName === fName) ??
    faces.find(
      (face) => face.family === fFamily && (face.style === fStyle || (fStyle === '' && face.style === 'Regular')),
    )
  );
}

function fallback(faces: readonly FontFace[], { fName, fStyle }: LottieFont): FontFace | undefined {
  // A text whose font is missing would not be drawn at all.
  const own = faces.filter((face) => face.path.startsWith(OWN_FONTS));
  const bold = /bold|black|heavy/i.test(`${fName} ${fStyle}`);
  return own.find((face) => (face.style === 'Bold') === bold) ?? own[0];
}
