import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { create } from 'fontkit';
import { OWN_FONTS, systemFontFolders } from '../../fonts/folders.ts';
import { type FontFace, fontNamed } from '../../fonts/font.ts';
import { facesIn } from '../../fonts/scan.ts';
import { type LottieDocument, type LottieFont, lottieText } from '../document/index.ts';

export interface LoadedFonts {
  /** Font files by the name that the document uses. */
  files: Map<string, Buffer>;
  /** Fonts that were replaced by the package's own. */
  missing: { family: string; style: string }[];
}

/** Finds the file of every font of a document: beside the template (`fonts/`), our own, then those of the system. */
export class ProjectFonts {
  readonly #near: FontFace[];
  #system: FontFace[] | null = null;

  private constructor(near: FontFace[]) {
    this.#near = near;
  }

  static async open(projectFolder: string): Promise<ProjectFonts> {
    return new ProjectFonts([...(await facesIn(join(projectFolder, 'fonts'))), ...(await facesIn(OWN_FONTS))]);
  }

  /** Lists the fonts in the document that a script has named without listing them, and loads all that are listed. */
  async load(document: LottieDocument): Promise<LoadedFonts> {
    const loaded: LoadedFonts = { files: new Map(), missing: [] };
    const unlisted = unlistedFonts(document);
    for (const font of [...(document.fonts?.list ?? []), ...unlisted]) {
      let face = match(this.#near, font);
      // Reading all the fonts of a system takes a while, so only where one is needed.
      face ??= match(await this.systemFonts(), font);
      if (face === undefined) {
        loaded.missing.push({ family: font.fFamily || font.fName, style: font.fStyle || 'Regular' });
        face = this.#fallback(font);
      }
      if (face !== undefined) loaded.files.set(font.fName, await readFile(face.path));
    }
    if (unlisted.length > 0) {
      document.fonts ??= { list: [] };
      document.fonts.list.push(...unlisted.map((font) => withAscent(font, loaded.files.get(font.fName))));
    }
    return loaded;
  }

  async systemFonts(): Promise<readonly FontFace[]> {
    this.#system ??= (await Promise.all(systemFontFolders(process.platform, homedir()).map(facesIn))).flat();
    return this.#system;
  }

  /** The file that a font would be drawn with, as far as the folders have been read. */
  pathOf(font: LottieFont): string | undefined {
    return (match([...this.#near, ...(this.#system ?? [])], font) ?? this.#fallback(font))?.path;
  }

  #fallback({ fName, fStyle }: LottieFont): FontFace | undefined {
    // A text whose font is missing would not be drawn at all.
    const own = this.#near.filter((face) => face.path.startsWith(OWN_FONTS));
    const bold = /bold|black|heavy/i.test(`${fName} ${fStyle}`);
    return own.find((face) => (face.style === 'Bold') === bold) ?? own[0];
  }
}

function match(faces: readonly FontFace[], { fName, fFamily, fStyle }: LottieFont): FontFace | undefined {
  return (
    faces.find((face) => face.postScriptName === fName) ??
    faces.find(
      (face) => face.family === fFamily && (face.style === fStyle || (fStyle === '' && face.style === 'Regular')),
    )
  );
}

/** Lottie players draw no text whose font is not listed. */
function unlistedFonts(document: LottieDocument): LottieFont[] {
  const layers = [document.layers, ...document.assets.map((asset) => asset.layers ?? [])].flat();
  const names = new Set(layers.flatMap((layer) => lottieText(document, layer)?.fonts ?? []));
  for (const { fName } of document.fonts?.list ?? []) names.delete(fName);
  return [...names].map(listed);
}

/** A font by its PostScript name, as a document lists it. */
export function listed(name: string): LottieFont {
  const { family, style } = fontNamed(name);
  return { fName: name, fFamily: family, fStyle: style };
}

/** By which the first line of a text in a box is placed: percent of the size, as Bodymovin writes it. */
function withAscent(font: LottieFont, file: Buffer | undefined): LottieFont {
  if (file === undefined) return font;
  const opened = create(file);
  const face = 'fonts' in opened ? opened.fonts[0] : opened;
  return face === undefined ? font : { ...font, ascent: (100 * face.ascent) / face.unitsPerEm };
}
