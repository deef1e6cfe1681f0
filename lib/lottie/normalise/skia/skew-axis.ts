import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapShapes, mapValues, type Node, withValue } from '../tree.ts';

/** The axis of a skew turns the other way in Skia (canvaskit 0.42) than in After Effects, for groups and layers alike. */
export function withMirroredSkewAxis(layer: LottieLayer): LottieLayer {
  const shaped = mapShapes(layer, (item) => (item.ty === 'tr' ? mirrored(item) : item));
  return isNode(shaped.ks) ? withValue(shaped, 'ks', mirrored(shaped.ks)) : shaped;
}

function mirrored(transform: Node): Node {
  return withValue(transform, 'sa', mapValues(transform.sa, negated));
}

function negated(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? value : -value;
  return Array.isArray(value) && value.some((part) => part !== 0) ? value.map(negated) : value;
}
