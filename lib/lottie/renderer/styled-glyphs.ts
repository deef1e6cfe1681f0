import type { BezierPath, Point } from '../document/index.ts';
import type { SkiaGeometry } from './path-operations.ts';
import type { Paint, RunStyle } from './text-runs.ts';

/** How a glyph of a run differs from one of its text: in em of the text, with y up. */
export interface GlyphStyle {
  scale: readonly [across: number, up: number];
  rise: number;
  /** How far it leans to the right, for each em up. */
  lean: number;
  /** How much wider its strokes are. */
  bold: number;
  /** What is between it and the next one, beyond its own width. */
  space: number;
  /** Null if it is painted as its text is. */
  paint: Paint | null;
}

export const PLAIN: GlyphStyle = { scale: [1, 1], rise: 0, lean: 0, bold: 0, space: 0, paint: null };

/** Faux italic leans by 12 degrees. Not known of After Effects: the usual angle. */
const LEAN = Math.tan((12 * Math.PI) / 180);
/** How much faux bold adds to a stroke, in em of the run. Not known of After Effects: what Skia itself adds to large letters. */
const BOLD = 1 / 32;

/** `drop`: how many pixels lower than the text's own line the line of the glyph lies. */
export function glyphStyle(style: RunStyle, base: RunStyle, drop: number): GlyphStyle {
  if (drop === 0 && isAlike(style, base)) return PLAIN;
  const part = style.size / base.size;
  const isPaintedAlike = JSON.stringify(style.paint) === JSON.stringify(base.paint);
  return {
    scale: [part * style.scale[0], part * style.scale[1]],
    rise: (style.baselineShift - base.baselineShift - drop) / base.size,
    lean: style.isItalic ? LEAN : 0,
    bold: style.isBold ? BOLD * part : 0,
    space: (style.tracking * style.size - base.tracking * base.size) / 1_000 / base.size,
    paint: isPaintedAlike ? null : style.paint,
  };
}

/** Whether nothing of a style differs; most texts have one only. */
function isAlike(style: RunStyle, base: RunStyle): boolean {
  return (
    style === base || JSON.stringify({ ...style, font: '', caps: 0 }) === JSON.stringify({ ...base, font: '', caps: 0 })
  );
}

/** The paths in `gr` of a glyph's shapes, changed by its style. Their unit is a hundredth of an em, with y down. */
export function styledShapes(shapes: readonly object[], style: GlyphStyle, geometry: SkiaGeometry): object[] {
  const paths = shapes.flatMap(pathsIn).map((path) => moved(path, style));
  const thick = style.bold === 0 ? paths : geometry.thickened(paths, style.bold * HUNDRED);
  if (thick.length === 0) return [];
  return [{ ty: 'gr', it: thick.map((k) => ({ ty: 'sh', ks: { a: 0, k } })) }];
}

const HUNDRED = 100;

function pathsIn(shape: object): BezierPath[] {
  const { it } = shape as { it?: { ks: { k: BezierPath } }[] };
  return (it ?? []).map(({ ks }) => ks.k);
}

function moved({ c, v, i, o }: BezierPath, { scale: [across, up], lean, rise }: GlyphStyle): BezierPath {
  const turned = ([x, y]: Point): Point => [x * across - y * up * lean, y * up];
  const placed = (point: Point): Point => {
    const [x, y] = turned(point);
    return [x, y - rise * HUNDRED];
  };
  return { c, v: v.map(placed), i: i.map(turned), o: o.map(turned) };
}

/** The items that paint shapes; what comes first is on top. The width of a stroke is in hundredths of an em. */
export function paintItems({ fill, stroke }: Paint, size: number): object[] {
  const fixed = (k: unknown) => ({ a: 0, k });
  const color = (parts: readonly number[]) => fixed([...parts.slice(0, 3), 1]);
  const fills = fill === null ? [] : [{ ty: 'fl', c: color(fill), o: fixed(100), r: 1 }];
  if (stroke === null || size <= 0) return fills;
  const width = fixed((stroke.width / size) * HUNDRED);
  const strokes = [{ ty: 'st', c: color(stroke.color), o: fixed(100), w: width, lc: 1, lj: 1, ml: 4 }];
  return stroke.isOver ? [...strokes, ...fills] : [...fills, ...strokes];
}
