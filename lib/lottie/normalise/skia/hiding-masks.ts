import type { LottieLayer } from '../../document/index.ts';
import { type Node, nodesIn, withValue } from '../tree.ts';
import { farMask } from './far-mask.ts';

/**
 * A mask that hides what lies in it (it subtracts, or is inverted) is a clip for Skia, which takes a clip for none if its
 * outline is convex and holds all of the layer: what should be hidden is drawn (canvaskit 0.42, `ClipEffect`). An outline
 * with one more spot, far away, is not convex.
 */
export function withHidingMasks(layer: LottieLayer): LottieLayer {
  const masks = nodesIn(layer.masksProperties).filter(({ mode }) => mode !== 'n');
  if (masks.length === 0 || !masks.every(hides)) return layer;
  return withValue(layer, 'masksProperties', [...masks, farMask(0)]);
}

function hides({ mode, inv }: Node): boolean {
  return (mode === 's') !== (inv === true);
}
