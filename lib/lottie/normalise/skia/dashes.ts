import { isAnimated, keyframesOf, type LottieLayer } from '../../document/index.ts';
import { mapShapes, mapValues, type Node, nodesIn, withValue } from '../tree.ts';

const STROKES: ReadonlySet<unknown> = new Set(['st', 'gs']);
const NO_OFFSET = { n: 'o', nm: 'offset', v: { a: 0, k: 0 } };
/** Short enough to be a dot under a round cap. */
const DOT = 0.01;

/**
 * Skia takes the last entry of a list of dashes for their offset, also where an export leaves that out; draws no dashes if
 * their number is odd, which After Effects repeats as gaps; and none if one has no length, which is a dot.
 */
export function withWholeDashes(layer: LottieLayer): LottieLayer {
  return mapShapes(layer, (item) => {
    if (!STROKES.has(item.ty) || !Array.isArray(item.d) || item.d.length === 0) return item;
    const dashes = nodesIn(item.d).filter(({ n }) => n !== 'o');
    const offset = nodesIn(item.d).find(({ n }) => n === 'o');
    const isWhole = offset !== undefined && item.d.at(-1) === offset && dashes.length % 2 === 0;
    if (dashes.length === 0 || (isWhole && !dashes.some(isNothing))) return item;
    const even = dashes.length % 2 === 0 ? dashes : [...dashes, ...dashes];
    return withValue(item, 'd', [...even.map(withLength), offset ?? NO_OFFSET]);
  });
}

function isNothing({ v }: Node): boolean {
  return isAnimated(v) && keyframesOf(v).length === 0 && v.k === 0;
}

function withLength(dash: Node, place: number): Node {
  const named = withValue(dash, 'n', place % 2 === 0 ? 'd' : 'g');
  if (named.n === 'g') return named;
  return withValue(
    named,
    'v',
    mapValues(named.v, (value) => (value === 0 ? DOT : value)),
  );
}
