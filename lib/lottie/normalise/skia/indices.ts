import type { LottieLayer } from '../../document/index.ts';
import { mapped } from '../tree.ts';

/**
 * Skia finds the source of a matte by its number (`ind`), which After Effects always writes and some tools leave out: the
 * layer is then drawn without its matte. A layer without a number gets a free one.
 */
export function withIndices(layers: LottieLayer[]): LottieLayer[] {
  let free = layers.reduce((most, { ind = 0 }) => Math.max(most, ind), 0);
  return mapped(layers, (layer) => {
    if (layer.ind !== undefined) return layer;
    free += 1;
    return { ...layer, ind: free };
  });
}
