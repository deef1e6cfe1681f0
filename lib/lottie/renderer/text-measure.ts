import { drawnText } from '../normalise/index.ts';
import type { LottieText } from '../object-model/text-document.ts';
import type { ProjectFonts } from './fonts.ts';
import { ShapingFonts } from './shaping-fonts.ts';
import { layoutLine } from './text-layout.ts';

/** A rectangle in the layer's own pixels, as After Effects' `sourceRectAtTime` gives it. */
export interface TextRect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type MeasureText = (text: LottieText) => TextRect;

/** Used for a text without a line height of its own, as a multiple of its size. */
const AUTOMATIC_LEADING = 1.2;
const REGULAR = 400;

/**
 * Measures point text by the advance widths of its shaped glyphs, which is how far Skia sets them; the height is that of
 * the lines, not of the ink.
 */
export async function textMeasure(projectFonts: ProjectFonts): Promise<MeasureText> {
  const fonts = await ShapingFonts.open(projectFonts);
  return ({ t: text = '', f: name = '', s: size = 0, tr: tracking = 0, lh, j: justification = 0 }) => {
    const face = fonts.face(name);
    if (face === null) throw new Error(`The font '${name}' is not there, so its texts cannot be measured.`);
    const lines = drawnText(text).split('\r');
    const widths = lines.map((line) => {
      const clusters = layoutLine(line, (character) => fonts.faceFor(character, { face, weight: REGULAR }) ?? face);
      const advance = clusters.reduce((sum, { cluster }) => sum + cluster.advance, 0);
      // Tracking is in thousandths of the size, after every character but the last.
      return (advance + (tracking / 1000) * Math.max(0, clusters.length - 1)) * size;
    });
    const width = Math.max(...widths);
    const between = lh ?? size * AUTOMATIC_LEADING;
    return {
      left: LEFT[justification]?.(width) ?? 0,
      top: -face.ascent * size,
      width,
      height: (face.ascent + face.descent) * size + between * (lines.length - 1),
    };
  };
}

/** Lottie's `j`: 0 begins at the layer's origin, 1 ends there, 2 is centred on it. */
const LEFT: Record<number, (width: number) => number> = { 1: (width) => -width, 2: (width) => -width / 2 };
