import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import type { LottieDocument } from '../document/index.ts';
import type { LottieText } from '../object-model/text-document.ts';
import { listed, type ProjectFonts } from './fonts.ts';

/** A rectangle in the layer's own pixels, as After Effects' `sourceRectAtTime` gives it. */
export interface TextRect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type MeasureText = (text: LottieText) => TextRect;

/** After Effects ends a line with a carriage return, and softly with this. */
const SOFT_LINE_END = '\u0003';
/** Where a text does not say how far its lines are apart. */
const AUTOMATIC_LEADING = 1.2;

/**
 * Measures point text by the advance widths of its shaped glyphs, which is how far Skia sets them; the height is that of
 * the lines, not of the ink.
 */
export function textMeasure(document: LottieDocument, fonts: ProjectFonts): MeasureText {
  const opened = new Map<string, Font>();
  const fontOf = (name: string): Font => {
    const font = opened.get(name) ?? openFont(document, fonts, name);
    opened.set(name, font);
    return font;
  };
  return ({ t: text = '', f: name = '', s: size = 0, tr: tracking = 0, lh, j: justification = 0 }) => {
    const font = fontOf(name);
    const lines = text.replaceAll(SOFT_LINE_END, '\r').split(/\r\n|[\r\n]/);
    const width = Math.max(...lines.map((line) => widthOf(font, line, size, tracking)));
    const ascent = (font.ascent / font.unitsPerEm) * size;
    const descent = (Math.abs(font.descent) / font.unitsPerEm) * size;
    const between = lh ?? size * AUTOMATIC_LEADING;
    return {
      left: LEFT[justification]?.(width) ?? 0,
      top: -ascent,
      width,
      height: ascent + descent + between * (lines.length - 1),
    };
  };
}

/** Lottie's `j`: 0 begins at the layer's origin, 1 ends there, 2 is centred on it. */
const LEFT: Record<number, (width: number) => number> = { 1: (width) => -width, 2: (width) => -width / 2 };

/** Tracking is in thousandths of the size, after every glyph but the last. */
function widthOf(font: Font, line: string, size: number, tracking: number): number {
  if (line === '') return 0;
  const { glyphs, advanceWidth } = font.layout(line);
  return (advanceWidth / font.unitsPerEm) * size + (tracking / 1000) * size * (glyphs.length - 1);
}

function openFont(document: LottieDocument, fonts: ProjectFonts, name: string): Font {
  const font = document.fonts?.list.find(({ fName }) => fName === name) ?? listed(name);
  const path = fonts.pathOf(font);
  if (path === undefined) throw new Error(`The font '${name}' is not there, so its texts cannot be measured.`);
  const file = create(readFileSync(path));
  if (!('fonts' in file)) return file;
  const face = file.fonts.find(({ postscriptName }) => postscriptName === font.fName) ?? file.fonts[0];
  if (face === undefined) throw new Error(`The font '${name}' is empty, so its texts cannot be measured.`);
  return face;
}
