import { type BezierPath, isAnimated, type LottieLayer, type Point, pathAt } from '../../document/index.ts';
import { isNode, type Node, nodesIn, withValue } from '../tree.ts';
import { bakedPath } from './baked-path.ts';
import type { Baking } from './baking.ts';
import { morphed } from './morphing-paths.ts';
import { numberAt } from './values.ts';

/** Modes that are others while masks are opaque; Skia does not know them. */
const MODES: Readonly<Record<string, string>> = { l: 'a', d: 'i' };

/** Masks with the modes that Skia knows, and with their expansion in their paths, which Skia does not draw. */
export function withMasks(layer: LottieLayer, baking: Baking): LottieLayer {
  if (!Array.isArray(layer.masksProperties)) return layer;
  const masks = nodesIn(layer.masksProperties);
  const made = masks.flatMap((mask) => fitted(mask, baking));
  return made.length === masks.length && made.every((mask, place) => mask === masks[place])
    ? layer
    : withValue(layer, 'masksProperties', made);
}

function fitted(mask: Node, baking: Baking): Node[] {
  const known = typeof mask.mode === 'string' ? withValue(mask, 'mode', MODES[mask.mode] ?? mask.mode) : mask;
  if (!isExpanded(known.x) || !isAnimated(known.pt)) {
    const pt = morphed(known.pt, baking);
    return [withValue(known, 'pt', pt)];
  }
  const { pt } = known;
  const frames = baking.framesOf([known.x, pt]);
  const outlineAt = (frame: number) => outline(pathAt(pt, frame), numberAt(known.x, frame, 0), baking);
  return [{ ...known, x: { a: 0, k: 0 }, pt: bakedPath(frames, baking, outlineAt) }];
}

function isExpanded(expansion: unknown): boolean {
  return isNode(expansion) && expansion.k !== 0 && expansion.k !== undefined;
}

/**
 * Every point within the distance belongs to it, so that corners become round outwards and stay sharp inwards. Source: the
 * After Effects team, "mask expansion and rounded corners" (2009). A mask is one outline, also when it falls apart or
 * closes around a hole.
 */
function outline(path: BezierPath | null, amount: number, baking: Baking): BezierPath {
  if (path === null) return NOTHING;
  if (amount === 0) return path;
  return joined(baking.offset({ ...path, c: true }, amount, { join: 'round', miterLimit: 4 }));
}

/** One outline that goes to the others and back on straight lines, which hold no area between them. */
function joined([first, ...others]: readonly BezierPath[]): BezierPath {
  if (first === undefined) return NOTHING;
  if (others.length === 0) return first;
  const start = first.v[0] ?? [0, 0];
  const made: BezierPath = { c: true, v: [], i: [], o: [] };
  const add = (at: Point, into: Point, out: Point) => {
    made.v.push(at);
    made.i.push(into);
    made.o.push(out);
  };
  const goRound = ({ v, i, o }: BezierPath) => {
    for (const [place, at] of v.entries()) add(at, place === 0 ? ZERO : (i[place] ?? ZERO), o[place] ?? ZERO);
    add(v[0] ?? start, i[0] ?? ZERO, ZERO);
  };
  goRound(first);
  for (const other of others) {
    goRound(other);
    add(start, ZERO, ZERO);
  }
  return made;
}

const ZERO: Point = [0, 0];
const NOTHING: BezierPath = { c: true, v: [[0, 0]], i: [[0, 0]], o: [[0, 0]] };
