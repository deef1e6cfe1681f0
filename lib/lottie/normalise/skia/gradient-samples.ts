import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapped, mapValues, type Node, withValue } from '../tree.ts';

/** Rows of a map of the plane onto itself, without its shift. */
type Linear = readonly [a: number, b: number, c: number, d: number];

const SAME: Linear = [1, 0, 0, 1];
const GRADIENTS: ReadonlySet<unknown> = new Set(['gf', 'gs']);
/** If a layer is so small that a pixel is larger than this, its gradient cannot be seen. */
const MOST_SHIFT = 100;

/**
 * After Effects takes the colour of a gradient at the corner of a pixel, Skia at its centre: the gradient is moved by half
 * a pixel of the composition. Measured on After Effects' own frames, linear and radial. What turns or grows stays as it is.
 */
export function withGradientSamples(layer: LottieLayer): LottieLayer {
  if (!Array.isArray(layer.shapes) || layer.parent !== undefined || layer.ddd === 1) return layer;
  const placed = linearOf(layer.ks);
  return placed === null ? layer : withValue(layer, 'shapes', moved(layer.shapes as unknown[], placed));
}

function moved(items: readonly unknown[], around: Linear): unknown[] {
  const transform = items.find((item) => isNode(item) && item.ty === 'tr');
  const here = transform === undefined ? around : times(around, linearOf(transform));
  if (here === null) return items as unknown[];
  return mapped(items, (item) => {
    if (!isNode(item)) return item;
    if (Array.isArray(item.it)) return withValue(item, 'it', moved(item.it, here));
    return GRADIENTS.has(item.ty) ? movedGradient(item, here) : item;
  });
}

function movedGradient(item: Node, [a, b, c, d]: Linear): Node {
  const size = a * d - b * c;
  const shift = [(d - b) / size / 2, (a - c) / size / 2];
  if (!shift.every((part) => Math.abs(part) <= MOST_SHIFT)) return item;
  const move = (value: unknown) =>
    Array.isArray(value)
      ? value.map((part, axis) => (typeof part === 'number' ? part + (shift[axis] ?? 0) : part))
      : value;
  return { ...item, s: mapValues(item.s, move), e: mapValues(item.e, move) };
}

/** Null if it changes in time, or is skewed. */
function linearOf(transform: unknown): Linear | null {
  if (!isNode(transform)) return SAME;
  const [scale, rotation, skew] = [still(transform.s, [100, 100]), still(transform.r, [0]), still(transform.sk, [0])];
  if (scale === null || rotation === null || skew === null || skew[0] !== 0) return null;
  const angle = ((rotation[0] ?? 0) * Math.PI) / 180;
  const [across = 1, down = 1] = scale.map((percent) => percent / 100);
  return [Math.cos(angle) * across, -Math.sin(angle) * down, Math.sin(angle) * across, Math.cos(angle) * down];
}

function still(property: unknown, otherwise: number[]): number[] | null {
  if (property === undefined) return otherwise;
  if (!isNode(property)) return null;
  const value = [property.k].flat();
  return value.every((part) => typeof part === 'number') ? value : null;
}

function times(one: Linear, other: Linear | null): Linear | null {
  if (other === null) return null;
  const [a, b, c, d] = one;
  const [e, f, g, h] = other;
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}
