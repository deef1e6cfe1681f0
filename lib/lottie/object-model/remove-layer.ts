import { LAYER_TYPE, type LottieLayer } from '../document/index.ts';

/** What of a layer moves its children. */
const KEPT = new Set(['ty', 'nm', 'ind', 'parent', 'ks', 'ip', 'op', 'st', 'sr', 'ddd', 'ao']);

/**
 * Takes a layer out of its composition. What it matted is shown whole, as in After Effects. A layer with children stays
 * in the document as a null, which draws nothing: they move with it as before.
 */
export function removeLayer(layers: LottieLayer[], node: LottieLayer): void {
  const at = layers.indexOf(node);
  if (at === -1) return;
  for (const [position, layer] of layers.entries()) {
    // A layer that names no matte has the one right above it.
    const isMatted = layer.tp === undefined ? position === at + 1 : layer.tp === node.ind;
    if (isMatted) for (const key of ['tt', 'tp']) delete layer[key];
  }
  if (node.ind === undefined || layers.every(({ parent }) => parent !== node.ind)) {
    layers.splice(at, 1);
    return;
  }
  for (const key of Object.keys(node)) if (!KEPT.has(key)) delete node[key];
  node.ty = LAYER_TYPE.null;
}
