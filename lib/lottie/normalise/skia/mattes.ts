import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { type Node, nodesIn, withoutKeys } from '../tree.ts';

/** `tt`. Source: the Lottie specification, "Matte mode". */
const INVERTED: ReadonlySet<unknown> = new Set([2, 4]);

/**
 * A layer under an inverted matte is all there if the matte's source draws nothing; Skia drops a layer whose matte it
 * cannot draw. Such a layer loses its matte.
 */
export function withoutEmptyMattes(layers: LottieLayer[]): LottieLayer[] {
  const byIndex = new Map(layers.map((layer) => [layer.ind, layer]));
  let changed = false;
  const out = layers.map((layer, position) => {
    if (!INVERTED.has(layer.tt)) return layer;
    const source = layer.tp === undefined ? layers[position - 1] : byIndex.get(layer.tp as number);
    if (source !== undefined && !drawsNothing(source)) return layer;
    changed = true;
    return withoutKeys(layer, 'tt', 'tp');
  });
  return changed ? out : layers;
}

function drawsNothing(layer: LottieLayer): boolean {
  if (layer.ty === LAYER_TYPE.null || layer.ty === LAYER_TYPE.audio || layer.ty === LAYER_TYPE.camera) return true;
  return layer.ty === LAYER_TYPE.shape && !nodesIn(layer.shapes).some(isPainted);
}

const PAINTS: ReadonlySet<unknown> = new Set(['fl', 'st', 'gf', 'gs']);

/** A path without a fill or a stroke is not seen. */
function isPainted(item: Node): boolean {
  return item.hd !== true && (PAINTS.has(item.ty) || nodesIn(item.it).some(isPainted));
}
