import type { LottieLayer } from '../../document/index.ts';
import { withoutKeys } from '../tree.ts';

/**
 * Some tools write `hd: false` on every layer. On the source of a matte Skia takes any `hd` for the wish to see the
 * source itself, and paints it over everything.
 */
export function withoutHiddenFlag(layer: LottieLayer): LottieLayer {
  if (layer.hd !== false) return layer;
  return withoutKeys(layer, 'hd');
}
