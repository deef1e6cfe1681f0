import type { LottieLayer } from '../../document/index.ts';
import { mapped } from '../tree.ts';

/**
 * Skia finds the source of a matte and a parent by their number (`ind`), which After Effects always writes, from 1. Some
 * tools leave it out, and the layer is drawn without its matte; others count below 0, and it is drawn without its parent.
 * Such a layer gets a free number.
 */
export function withIndices(layers: LottieLayer[]): LottieLayer[] {
  let free = layers.reduce((most, { ind = 0 }) => Math.max(most, ind), 0);
  const given = new Map<unknown, number>();
  for (const { ind } of layers) {
    if (ind === undefined || ind >= 0 || given.has(ind)) continue;
    free += 1;
    given.set(ind, free);
  }
  return mapped(layers, (layer) => {
    if (layer.ind !== undefined) return given.size === 0 ? layer : renumbered(layer, given);
    free += 1;
    return renumbered({ ...layer, ind: free }, given);
  });
}

function renumbered(layer: LottieLayer, given: ReadonlyMap<unknown, number>): LottieLayer {
  const known = (['ind', 'parent', 'tp'] as const).filter((key) => given.has(layer[key]));
  return known.length === 0
    ? layer
    : { ...layer, ...Object.fromEntries(known.map((key) => [key, given.get(layer[key])])) };
}
