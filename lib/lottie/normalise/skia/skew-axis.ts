import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapShapes, mapValues, type Node, withValue } from '../tree.ts';

/** The axis of a skew turns the other way in Skia (canvaskit 0.42) than in After Effects, for groups and layers alike. */
export function withMirroredSkewAxis(layer: LottieLayer): LottieLayer {
  const shaped = mapShapes(layer, (item) => (item.ty === 'tr' ? mirrored(item) : item));
  return isNode(shaped.ks) ? withValue(shaped, 'ks', mirrored(shaped.ks)) : shaped;
}

function mirrored(transform: Node): Node {
  const { sk, sa } = transform;
  return withValue(
    withValue(transform, 'sa', mapValues(sa, negated)),
    'sk',
    isNode(sk) && typeof sk.k === 'number' ? folded(sk) : sk,
  );
}

/** Half a turn skews nothing; Skia takes no more than 85 degrees, by which all is drawn out into a line. */
function folded(skew: unknown): unknown {
  return mapValues(skew, (value) => (typeof value === 'number' ? value - 180 * Math.round(value / 180) : value));
}

function negated(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? value : -value;
  return Array.isArray(value) && value.some((part) => part !== 0) ? value.map(negated) : value;
}
