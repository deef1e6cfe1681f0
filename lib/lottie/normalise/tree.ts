import type { LottieDocument, LottieLayer } from '../document/index.ts';

/** Any object of a document; what is in it is checked before it is used. */
export type Node = Record<string, unknown>;

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function nodesIn(list: unknown): Node[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** The same array if nothing in it changes, so that a document that needs no repair is not copied. */
export function mapped<Item>(list: readonly Item[], change: (item: Item) => Item): Item[] {
  let changed = false;
  const out = list.map((item) => {
    const made = change(item);
    changed ||= made !== item;
    return made;
  });
  return changed ? out : (list as Item[]);
}

/** With `key` set; the same object if it has that value already. */
export function withValue<Holder extends object>(holder: Holder, key: string, value: unknown): Holder {
  return (holder as Node)[key] === value ? holder : { ...holder, [key]: value };
}

/** Changes the list of layers of every composition. */
export function mapLayerLists(
  document: LottieDocument,
  change: (layers: LottieLayer[]) => LottieLayer[],
): LottieDocument {
  const layers = change(document.layers);
  const assets = mapped(document.assets, (asset) =>
    asset.layers === undefined ? asset : withValue(asset, 'layers', change(asset.layers)),
  );
  return layers === document.layers && assets === document.assets ? document : { ...document, layers, assets };
}

export function mapLayers(document: LottieDocument, change: (layer: LottieLayer) => LottieLayer): LottieDocument {
  return mapLayerLists(document, (layers) => mapped(layers, change));
}

/** Changes each list of shape items of a layer, those of inner groups first. */
export function mapShapeLists(layer: LottieLayer, change: (items: Node[]) => Node[]): LottieLayer {
  if (!Array.isArray(layer.shapes)) return layer;
  return withValue(layer, 'shapes', changed(layer.shapes, change));
}

function changed(items: readonly unknown[], change: (items: Node[]) => Node[]): Node[] {
  const known = items.every(isNode) ? (items as Node[]) : nodesIn(items);
  return change(
    mapped(known, (item) => (Array.isArray(item.it) ? withValue(item, 'it', changed(item.it, change)) : item)),
  );
}

export function mapShapes(layer: LottieLayer, change: (item: Node) => Node): LottieLayer {
  return mapShapeLists(layer, (items) => mapped(items, change));
}

/** Changes every value of a property: its only one, or those of its keyframes. */
export function mapValues(property: unknown, change: (value: unknown) => unknown): unknown {
  if (!isNode(property) || !('k' in property)) return property;
  const { k } = property;
  if (!Array.isArray(k) || !k.some((key) => isNode(key) && 't' in key)) return withValue(property, 'k', change(k));
  return withValue(
    property,
    'k',
    mapped(k as unknown[], (key) => {
      if (!isNode(key)) return key;
      const started = key.s === undefined ? key : withValue(key, 's', change(key.s));
      return started.e === undefined ? started : withValue(started, 'e', change(started.e));
    }),
  );
}

export function withoutKeys<Holder extends object>(holder: Holder, ...keys: string[]): Holder {
  const left = Object.entries(holder).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(left) as Holder;
}
