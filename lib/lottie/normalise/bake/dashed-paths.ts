import {
  type BezierPath,
  controlPoints,
  isAnimated,
  keyframesOf,
  type LottieLayer,
  type Point,
  pathOf,
  withCutPieces,
} from '../../document/index.ts';
import { mapped, mapShapeLists, mapValues, type Node, nodesIn, withValue } from '../tree.ts';
import { rounded } from './baked-path.ts';
import { type Baking, boundedNumber } from './baking.ts';
import { PATH_PROPERTIES, shapePath } from './shape-path.ts';

const STROKES: ReadonlySet<unknown> = new Set(['st', 'gs']);
/** What these make of a path depends on its vertices. */
const SENSITIVE: ReadonlySet<unknown> = new Set(['pb', 'tw', 'mm']);
/** How far a piece may be from its chord. */
const FLAT = 0.02;
const MOST_CUTS = 64;
const NUMBERS_OF_A_VERTEX = 6;

/**
 * Cuts the curves under dashes into short pieces. Skia measures a curve by chords that may be half a unit away from it, so
 * that its dashes go ahead of After Effects' by up to a unit each time around, times the scale of the layer. Ellipses and
 * rectangles whose size moves stay as they are.
 */
export function withMeasuredDashes(layer: LottieLayer, baking: Baking): LottieLayer {
  if (holds(nodesIn(layer.shapes), ({ ty }) => SENSITIVE.has(ty))) return layer;
  return mapShapeLists(layer, (items) => {
    const above = items.slice(0, Math.max(0, items.findLastIndex(isDashed)));
    const made = mapped(above, (item) => measuredItem(item, baking));
    return made === above ? items : [...made, ...items.slice(above.length)];
  });
}

function holds(items: readonly Node[], matches: (item: Node) => boolean): boolean {
  return items.some((item) => matches(item) || holds(nodesIn(item.it), matches));
}

function isDashed({ ty, d, hd }: Node): boolean {
  return STROKES.has(ty) && hd !== true && nodesIn(d).some(({ n }) => n !== 'o');
}

function measuredItem(item: Node, baking: Baking): Node {
  if (Array.isArray(item.it))
    return withValue(
      item,
      'it',
      mapped(nodesIn(item.it), (child) => measuredItem(child, baking)),
    );
  if (item.ty === 'sh') return withValue(item, 'ks', measured(item.ks, baking));
  if (item.ty !== 'rc' || (PATH_PROPERTIES.rc ?? []).some((key) => moves(item[key]))) return item;
  const property = { a: 0, k: shapePath(item, 0) };
  const made = measured(property, baking);
  // One with sharp corners is as long as its chords.
  return made === property ? item : { ty: 'sh', nm: item.nm, ks: made };
}

function moves(property: unknown): boolean {
  return isAnimated(property) && keyframesOf(property).length > 0;
}

/** Each piece is cut at the same times in all keyframes, so that what is between them stays the same. */
function measured(property: unknown, baking: Baking): unknown {
  const paths: BezierPath[] = [];
  mapValues(property, (value) => {
    const path = pathOf(value);
    if (path !== null) paths.push(path);
    return value;
  });
  const count = paths[0]?.v.length ?? 0;
  if (paths.some(({ v }) => v.length !== count)) return property;
  const pieces = Array.from({ length: count }, (_, piece) =>
    paths.reduce((most, path) => Math.max(most, cutsOf(controlPoints(path, piece))), 1),
  );
  const vertices = pieces.reduce((sum, cuts) => sum + cuts, 0);
  // Dashes a little ahead are better than a document that is refused.
  if (vertices === count || !baking.affords(vertices * paths.length * NUMBERS_OF_A_VERTEX)) return property;
  return mapValues(property, (value) => {
    const path = pathOf(value);
    if (path === null) return value;
    const cut = rounded(withCutPieces(path, pieces));
    return Array.isArray(value) ? [cut] : cut;
  });
}

/** Into how many pieces a curve is cut so that each is flat. Source: the bound of a curve by its second differences. */
function cutsOf([a, b, c, d]: readonly [Point, Point, Point, Point]): number {
  const bend = Math.max(bendOf(a, b, c), bendOf(b, c, d));
  return Math.min(MOST_CUTS, Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / FLAT))));
}

function bendOf(a: Point, b: Point, c: Point): number {
  return boundedNumber(Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]));
}
