import type { LayerKind } from '../../aep/layer-data.ts';
import { standardChildren, standardGroups } from '../../aep/standard-properties.ts';
import {
  type Animated,
  isAnimated,
  keyframesOf,
  LAYER_TYPE,
  type LottieLayer,
  type LottieProperty,
  lottieProperties,
} from '../document/index.ts';
import type { ExpressionKind, TreeFacts } from './model.ts';

type Node = Record<string, unknown>;

/** Takes a part of the document that holds a value, and gives the number of the property that it becomes. */
type KeepProperty = (animated: object, facts: { name: string; flat: boolean }) => number;

/** The groups and properties of a layer for expressions: those that scripts see, and the paths. */
export function propertyTree(
  layer: LottieLayer,
  places: ReadonlyMap<number | undefined, number>,
  keep: KeepProperty,
): TreeFacts[] {
  const flat = layer.ddd !== 1;
  const chosen = new Map(
    layerControls(nodes(layer.ef), 0).map((animated) => [animated, places.get(Number(animated.k))]),
  );
  const facts = (property: LottieProperty): TreeFacts => {
    const { name, matchName, number } = property;
    const numbered = { name, matchName, ...(number === undefined ? {} : { number }) };
    if (property.kind === 'group') return { ...numbered, members: property.properties().map(facts) };
    const target = chosen.get(property.animated);
    if (target !== undefined) return { ...numbered, layer: target };
    // A point of a two-dimensional layer has two numbers, an effect's point as well.
    return {
      ...numbered,
      property: keep(property.animated, { name, flat: flat && property.valueKind !== 'COLOR' }),
    };
  };
  const tree = lottieProperties(layer).map(facts);
  addPaths(tree, layer, (animated, name) => keep(animated, { name, flat: false }));
  number(tree, standardGroups(KINDS[layer.ty] ?? 'footage'));
  return tree;
}

/** Layers of these types have groups of their own. */
const KINDS: Readonly<Record<number, LayerKind>> = {
  [LAYER_TYPE.text]: 'text',
  [LAYER_TYPE.shape]: 'shape',
  [LAYER_TYPE.camera]: 'camera',
};

/** After Effects counts the properties that a document leaves out as well. */
function number(members: readonly TreeFacts[], order: readonly string[]): void {
  for (const member of members) {
    const at = order.indexOf(member.matchName);
    if (at !== -1) member.number = at + 1;
    const inside = standardChildren(member.matchName);
    number(member.members ?? [], inside.kind === 'fixed' ? inside.children : []);
  }
}

/** Effect values that choose a layer, by its `ind`. Source: the Lottie specification, "Layer Effect". */
function layerControls(list: readonly Node[], depth: number): Animated[] {
  if (depth > MOST_DEPTH) return [];
  return list.flatMap((node) => [
    ...(node.ty === LAYER_CONTROL && isAnimated(node.v) ? [node.v] : []),
    ...layerControls(nodes(node.ef), depth + 1),
  ]);
}

const LAYER_CONTROL = 10;
const MOST_DEPTH = 40;

type KeepPath = (animated: object, name: string) => number;

function addPaths(tree: TreeFacts[], layer: LottieLayer, keep: KeepPath): void {
  const masks = tree.find(({ matchName }) => matchName === 'ADBE Mask Parade')?.members ?? [];
  for (const [at, mask] of nodes(layer.masksProperties).entries()) {
    if (isAnimated(mask.pt))
      masks[at]?.members?.unshift({
        name: 'Mask Path',
        matchName: 'ADBE Mask Shape',
        property: keep(mask.pt, 'Mask Path'),
      });
  }
  const contents = tree.find(({ matchName }) => matchName === 'ADBE Root Vectors Group');
  if (contents !== undefined) contents.members = withPaths(nodes(layer.shapes), contents.members ?? [], keep);
  else if (nodes(layer.shapes).some(({ ty }) => ty === 'sh'))
    tree.push({
      name: 'Contents',
      matchName: 'ADBE Root Vectors Group',
      members: withPaths(nodes(layer.shapes), [], keep),
    });
}

/** The list of shapes with the drawn paths, which scripts do not see, in their places. */
function withPaths(list: readonly Node[], members: readonly TreeFacts[], keep: KeepPath): TreeFacts[] {
  const left = [...members];
  const placed: TreeFacts[] = [];
  for (const node of list) {
    if (node.ty === 'sh' && isAnimated(node.ks)) {
      const path = { name: 'Path', matchName: 'ADBE Vector Shape', property: keep(node.ks, 'Path') };
      placed.push({ name: nameOf(node, 'Path'), matchName: 'ADBE Vector Shape - Group', members: [path] });
      continue;
    }
    if (node.ty === 'tr' || left[0] === undefined || nameOf(node, left[0].name) !== left[0].name) continue;
    const [member] = left.splice(0, 1);
    const inner = member?.members?.find(({ matchName }) => matchName === 'ADBE Vectors Group');
    if (inner !== undefined) inner.members = withPaths(nodes(node.it), inner.members ?? [], keep);
    if (member !== undefined) placed.push(member);
  }
  return [...placed, ...left];
}

function nameOf(node: Node, missing: string): string {
  return typeof node.nm === 'string' && node.nm !== '' ? node.nm : missing;
}

function nodes(list: unknown): Node[] {
  return Array.isArray(list) ? list.filter((node) => typeof node === 'object' && node !== null) : [];
}

/** What the value of a property is, and how many numbers it has; null if it is nothing that an expression can give. */
export function kindOf(animated: object): { kind: ExpressionKind; size: number } | null {
  if (!isAnimated(animated)) return null;
  const [key] = keyframesOf(animated);
  const value: unknown = key === undefined ? animated.k : key.s;
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof single === 'number') return { kind: 'numbers', size: 1 };
  if (Array.isArray(single) && single.every((part) => typeof part === 'number') && single.length > 0)
    return { kind: 'numbers', size: single.length };
  if (typeof single !== 'object' || single === null) return null;
  if ('v' in single && 'i' in single && 'o' in single) return { kind: 'path', size: 0 };
  return 't' in single && !('k' in single) ? { kind: 'text', size: 0 } : null;
}
