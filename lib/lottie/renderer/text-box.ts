import type { LottieText } from '../object-model/text-document.ts';
import type { RunStyle, StyledPart } from './text-runs.ts';

/** The box of a paragraph text, in pixels of its layer. */
interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Null of point text. */
export function boxOf({ sz, ps }: LottieText): Box | null {
  if (!Array.isArray(sz)) return null;
  const [left = 0, top = 0, width = 0, height = 0] = [...(Array.isArray(ps) ? ps : [0, 0]), ...sz].map(Number);
  return width > 0 ? { left, top, width, height } : null;
}

/** Skia must not break again lines that are as wide as their box: it gets a pixel more, on the side that they are not set by. */
export function widen(text: LottieText, { left, top, width, height }: Box): void {
  const [before, after] = text.j === 2 ? [1, 1] : text.j === 1 ? [1, 0] : [0, 1];
  Object.assign(text, { ps: [left - before, top], sz: [width + before + after, height] });
}

/**
 * How many pixels below Skia's place each line lies: Skia sets all lines as far apart as the text's first character asks,
 * After Effects as the largest leading of a line asks. In a box the first line is as high as its largest letter (`ascent`).
 */
export function dropsOf(lines: readonly (readonly StyledPart[])[], base: RunStyle, ascent: number): number[] {
  const most = (line: readonly StyledPart[], of: (style: RunStyle) => number, otherwise: number) =>
    line.length === 0 ? otherwise : Math.max(...line.map(({ style }) => of(style)));
  let drop = 0;
  return lines.map((line, at) => {
    if (at === 0) drop = (most(line, ({ size }) => size, base.size) - base.size) * ascent;
    else drop += most(line, ({ leading }) => leading, base.leading) - base.leading;
    return drop;
  });
}

/** Finer is not seen. */
const STEPS = 12;

/**
 * Sets a text of `shrunkIntoBox` to the largest size at which its lines fit, and at its smallest size otherwise. `line` is
 * the height of a line, in em; `linesIn` says how many lines there are where they are so wide, in em.
 */
export function shrink(
  text: LottieText,
  { box, base, line }: { box: Box; base: RunStyle; line: number },
  linesIn: (room: number) => number,
): void {
  const least = Math.min(1, Math.max(0.001, Number(text.mf) / base.size));
  const fits = (scale: number): boolean => {
    const count = linesIn(box.width / (base.size * scale));
    return ((count - 1) * base.leading + line * base.size) * scale <= box.height;
  };
  let scale = 1;
  if (!fits(1)) {
    let larger = 1;
    scale = least;
    for (let step = 0; step < STEPS; step += 1) {
      const middle = (scale + larger) / 2;
      if (fits(middle)) scale = middle;
      else larger = middle;
    }
  }
  Object.assign(text, { s: base.size * scale, lh: base.leading * scale });
  for (const key of ['rs', 'mf']) delete text[key];
}
