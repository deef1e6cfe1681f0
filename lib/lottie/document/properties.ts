/**
 * The properties of a Lottie layer as After Effects' object model has them: groups and properties with display names and
 * match names, in After Effects' order. It is what scripts of the bundled renderer see, and all that they see.
 */
import { type Animated, isAnimated } from './animated.ts';
import type { LottieLayer } from './document.ts';
import {
  EFFECT_VALUES,
  MASK,
  type PropertyRow,
  SEPARATED,
  SHAPES,
  TRANSFORM,
  type ValueKind,
} from './property-tables.ts';

export type LottieProperty = LottieGroup | LottieValue;

export interface LottieGroup {
  kind: 'group';
  name: string;
  matchName: string;
  /** By which After Effects counts it, if the document says so (`ix`). */
  number?: number;
  /** Its members are those that a user added, in their order. */
  indexed: boolean;
  /** Made when they are asked for: a document may hold thousands. */
  properties(): LottieProperty[];
}

/** `animated` is the part of the document that holds the value. */
export interface LottieValue {
  kind: 'value';
  name: string;
  matchName: string;
  /** By which After Effects counts it, if the document says so (`ix`). */
  number?: number;
  valueKind: ValueKind;
  animated: Animated;
}

/** Any object of the document; what is in it is looked at before it is used. */
type Node = Record<string, unknown>;

/** The groups right under a layer. */
export function lottieProperties(layer: LottieLayer): LottieProperty[] {
  return [
    ...text(layer),
    ...indexedGroup('Contents', 'ADBE Root Vectors Group', nodes(layer.shapes), shapes),
    ...value('Time Remap', 'ADBE Time Remapping', 'OneD', layer.tm),
    ...indexedGroup('Masks', 'ADBE Mask Parade', nodes(layer.masksProperties), masks),
    ...indexedGroup('Effects', 'ADBE Effect Parade', nodes(layer.ef), effects),
    ...(isNode(layer.ks) ? [transform(layer.ks)] : []),
  ];
}

function isNode(candidate: unknown): candidate is Node {
  return typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);
}

function nodes(list: unknown): Node[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

function group(name: string, matchName: string, properties: () => LottieProperty[], indexed = false): LottieGroup {
  return { kind: 'group', name, matchName, indexed, properties };
}

/** After Effects shows no such group where nothing is in it. */
function indexedGroup(
  name: string,
  matchName: string,
  list: Node[],
  read: (list: Node[]) => LottieProperty[],
): LottieGroup[] {
  return list.length === 0 ? [] : [group(name, matchName, () => read(list), true)];
}

function value(name: string, matchName: string, valueKind: ValueKind, animated: unknown): LottieValue[] {
  return isAnimated(animated) ? [{ kind: 'value', name, matchName, valueKind, animated }] : [];
}

function rows(node: Node, table: readonly PropertyRow[]): LottieValue[] {
  return table.flatMap(([key, name, matchName, kind]) => value(name, matchName, kind, node[key]));
}

function text(layer: LottieLayer): LottieGroup[] {
  const documents = value('Source Text', 'ADBE Text Document', 'TEXT_DOCUMENT', isNode(layer.t) ? layer.t.d : null);
  return documents.length === 0 ? [] : [group('Text', 'ADBE Text Properties', () => documents)];
}

function transform(ks: Node): LottieGroup {
  return group('Transform', 'ADBE Transform Group', () => {
    const separated = isNode(ks.p) && ks.p.s === true ? rows(ks.p, SEPARATED) : [];
    return [...rows(ks, TRANSFORM), ...separated];
  });
}

function nameOf(node: Node, fallback: string): string {
  return typeof node.nm === 'string' && node.nm !== '' ? node.nm : fallback;
}

function matchNameOf(node: Node): string {
  return typeof node.mn === 'string' ? node.mn : '';
}

function shapes(list: Node[]): LottieProperty[] {
  return list.flatMap((node) => {
    if (node.ty === 'gr') return [shapeGroup(node)];
    const kind = typeof node.ty === 'string' && Object.hasOwn(SHAPES, node.ty) ? SHAPES[node.ty] : undefined;
    return kind === undefined ? [] : [group(nameOf(node, kind.name), kind.matchName, () => rows(node, kind.rows))];
  });
}

/** After Effects keeps the members of a group apart from its transform; Lottie lists them together. */
function shapeGroup(node: Node): LottieGroup {
  const members = nodes(node.it);
  return group(nameOf(node, 'Group'), 'ADBE Vector Group', () => [
    group('Contents', 'ADBE Vectors Group', () => shapes(members.filter((member) => member.ty !== 'tr')), true),
    ...shapes(members.filter((member) => member.ty === 'tr').map((member) => ({ ...member, nm: 'Transform' }))),
  ]);
}

function masks(list: Node[]): LottieProperty[] {
  return list.map((node, index) => group(nameOf(node, `Mask ${index + 1}`), 'ADBE Mask Atom', () => rows(node, MASK)));
}

function effects(list: Node[]): LottieProperty[] {
  return list.map((node) => ({
    ...group(nameOf(node, 'Effect'), matchNameOf(node), () => controls(nodes(node.ef))),
    ...numberOf(node, list),
  }));
}

/** Exporters that count nothing write the same number everywhere. */
function numberOf(node: Node, list: readonly Node[]): { number?: number } {
  const isCounted = typeof node.ix === 'number' && list.every((other) => other === node || other.ix !== node.ix);
  return isCounted ? { number: node.ix as number } : {};
}

function controls(list: Node[]): LottieProperty[] {
  return list.flatMap((node): LottieProperty[] => {
    const nested = nodes(node.ef);
    const number = numberOf(node, list);
    if (nested.length > 0)
      return [{ ...group(nameOf(node, 'Group'), matchNameOf(node), () => controls(nested)), ...number }];
    const kind = typeof node.ty === 'number' ? EFFECT_VALUES[node.ty] : undefined;
    if (kind === undefined) return [];
    return value(nameOf(node, 'Value'), matchNameOf(node), kind, node.v).map((control) => ({ ...control, ...number }));
  });
}
