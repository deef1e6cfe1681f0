import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { type Node, nodesIn } from '../tree.ts';
import { farMask } from './far-mask.ts';

/** Its soft edge keeps Skia from clipping by it: what is under it is drawn on its own first. */
const WHOLE = farMask(1);

/**
 * Fills, strokes and groups of a shape layer blend with what is in the layer, and never with the layers below it; Skia
 * blends them with all that is there. Such a layer is drawn on its own.
 */
export function withIsolatedBlends(layer: LottieLayer): LottieLayer {
  if (layer.ty !== LAYER_TYPE.shape || layer.tt !== undefined || !nodesIn(layer.shapes).some(isBlended)) return layer;
  return { ...layer, hasMask: true, masksProperties: [...nodesIn(layer.masksProperties), WHOLE] };
}

function isBlended(item: Node): boolean {
  if (item.hd === true) return false;
  return (typeof item.bm === 'number' && item.bm !== 0) || nodesIn(item.it).some(isBlended);
}
