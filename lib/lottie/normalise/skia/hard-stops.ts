import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapShapes, mapValues, withValue } from '../tree.ts';

const GRADIENTS: ReadonlySet<unknown> = new Set(['gf', 'gs']);
/** Less than a pixel of any gradient. */
const APART = 1e-4;
const COLOR = 4;
const OPACITY = 2;

/** Two stops at one place are a hard edge; Skia drops one of them (canvaskit 0.42), so the second moves on by a hair. */
export function withHardStops(layer: LottieLayer): LottieLayer {
  return mapShapes(layer, (item) => {
    if (!GRADIENTS.has(item.ty) || !isNode(item.g) || typeof item.g.p !== 'number') return item;
    const colors = item.g.p * COLOR;
    const k = mapValues(item.g.k, (value) => (isStops(value) ? apart(value, colors) : value));
    return withValue(item, 'g', withValue(item.g, 'k', k));
  });
}

function isStops(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'number');
}

function apart(values: number[], colors: number): number[] {
  const places = [...placesOf(0, Math.min(colors, values.length), COLOR), ...placesOf(colors, values.length, OPACITY)];
  let made = values;
  for (const [index, place] of places.entries()) {
    const before = places[index - 1];
    if (before === undefined || place === colors) continue;
    const [least, own] = [made[before] ?? 0, made[place] ?? 0];
    if (own > least) continue;
    made = made.with(place, least + APART);
  }
  return made;
}

/** Where the places of the stops stand in a list. */
function placesOf(from: number, end: number, size: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((end - from) / size)) }, (_, index) => from + index * size);
}
