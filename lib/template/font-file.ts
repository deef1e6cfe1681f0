import { open } from 'fontkit';

/** The names of one face, as the font file itself gives them. */
export interface FontFace {
  path: string;
  /** `Inter-Bold`: what After Effects and Lottie name a font by. */
  postScriptName: string;
  /** `Inter`. */
  family: string;
  /** `Bold`. */
  style: string;
}

/** Reads the faces of a font file; a collection has several. Throws where it is no font. */
export async function readFontFaces(path: string): Promise<FontFace[]> {
  const font = await open(path);
  const faces = 'fonts' in font ? font.fonts : [font];
  return faces.map(({ postscriptName, familyName, subfamilyName }) => ({
    path,
    postScriptName: postscriptName,
    family: familyName,
    style: subfamilyName,
  }));
}
