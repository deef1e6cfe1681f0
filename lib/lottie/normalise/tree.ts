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
  let made = list as Item[];
  for (let place = 0; place < list.length; place += 1) {
    const item = list[place] as Item;
    const changed = change(item);
    if (changed === item) continue;
    if (made === list) made = [...list];
    made[place] = changed;
  }
  return made;
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

/**
 * Changes every property below a value: what has a value or keyframes (`k`). It goes into no keyframe and into no path, by
 * far the most of a document, since no property is in them. The same object if nothing changes.
 */
export function mapProperties<Value>(value: Value, change: (property: Node) => Node): Value {
  // Long lists of numbers hold no properties.
  if (Array.isArray(value) && typeof value[0] === 'number') return value;
  if (Array.isArray(value)) return mapped(value, (item) => mapProperties(item, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Node;
  const { k } = node;
  // A gradient has its property in another `k`.
  if (k !== undefined && !isGradient(k)) return change(node) as Value;
  let made = node;
  for (const key in node) {
    const child = node[key];
    if (typeof child !== 'object' || child === null) continue;
    const changed = mapProperties(child, change);
    if (changed === child) continue;
    if (made === node) made = { ...node };
    made[key] = changed;
  }
  return made as Value;
}

function isGradient(k: unknown): boolean {
  return typeof k === 'object' && k !== null && 'k' in k;
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
