import type { LottieAsset, LottieDocument, LottieLayer } from '../../document/index.ts';
import { LAYER_TYPE } from '../../document/index.ts';
import { isNode, mapLayers, mapValues, withValue } from '../tree.ts';

/** Further than this no layer reaches beyond the edge of its composition. */
const MARGIN = 16_384;
/** The number of the layer that carries the others of an opened composition. */
const CARRIER = 1_000_000;

/**
 * A layer whose transformations are collapsed (`ct`) shows all of its composition, also what reaches beyond the edge. Skia
 * cuts it there: such a layer shows a copy of the composition with a wide margin. A layer with masks, effects or styles is
 * drawn as a picture first, which ends at the edge in After Effects as well.
 */
export function withOpenedCompositions(document: LottieDocument): LottieDocument {
  if (isSaidOfAll(document)) return document;
  const opened = new Set<string>();
  const waiting: LottieAsset[] = [];
  const byId = new Map(document.assets.map((asset) => [asset.id, asset]));
  const open = (layer: LottieLayer): LottieLayer => {
    const asset = layer.refId === undefined ? undefined : byId.get(layer.refId);
    if (asset?.layers === undefined || !isCollapsed(layer) || hasDepth(asset.layers)) return layer;
    const id = `${asset.id}-opened`;
    if (!opened.has(id)) waiting.push(widened(asset, id));
    opened.add(id);
    const { w = asset.w, h = asset.h } = layer as { w?: number; h?: number };
    const ks = isNode(layer.ks) ? withValue(layer.ks, 'a', moved(layer.ks.a)) : layer.ks;
    return { ...layer, refId: id, w: (w ?? 0) + 2 * MARGIN, h: (h ?? 0) + 2 * MARGIN, ks };
  };
  const changed = mapLayers(document, open);
  if (opened.size === 0) return document;
  const copies: LottieAsset[] = [];
  // What is shown by an opened composition is opened in its turn.
  for (let asset = waiting.shift(); asset !== undefined; asset = waiting.shift())
    copies.push({ ...asset, layers: (asset.layers ?? []).map(open) });
  return { ...changed, assets: [...changed.assets, ...copies] };
}

/** Some exporters write the switch on every layer, on nulls too, and their players cut at the edge. */
function isSaidOfAll({ layers, assets }: LottieDocument): boolean {
  const all = [...layers, ...assets.flatMap((asset) => asset.layers ?? [])];
  return all.every(({ ct }) => ct === 1) && all.some(({ ty }) => ty === LAYER_TYPE.null);
}

function isCollapsed(layer: LottieLayer): boolean {
  const isPicture = [layer.masksProperties, layer.ef, layer.sy].some((list) => Array.isArray(list) && list.length > 0);
  return layer.ty === LAYER_TYPE.precomposition && layer.ct === 1 && layer.ddd !== 1 && !isPicture;
}

/** The camera of a composition in 3D looks at its middle, which must stay where it is. */
function hasDepth(layers: readonly LottieLayer[]): boolean {
  return layers.some(({ ddd }) => ddd === 1);
}

function widened(asset: LottieAsset, id: string): LottieAsset {
  const layers = asset.layers ?? [];
  const ks = { p: { a: 0, k: [MARGIN, MARGIN, 0] }, a: { a: 0, k: [0, 0, 0] }, s: { a: 0, k: [100, 100, 100] } };
  const carrier = { ty: LAYER_TYPE.null, ind: CARRIER, ip: -1e6, op: 1e6, st: 0, ks } as unknown as LottieLayer;
  const carried = layers.map((layer) => (layer.parent === undefined ? { ...layer, parent: CARRIER } : layer));
  const size = { w: (asset.w ?? 0) + 2 * MARGIN, h: (asset.h ?? 0) + 2 * MARGIN };
  return { ...asset, id, ...size, layers: [...carried, carrier] };
}

function moved(anchor: unknown): unknown {
  if (anchor === undefined) return { a: 0, k: [MARGIN, MARGIN, 0] };
  return mapValues(anchor, (value) =>
    Array.isArray(value)
      ? value.map((part, axis) => (typeof part === 'number' && axis < 2 ? part + MARGIN : part))
      : value,
  );
}
