/**
 * The properties of a Lottie layer: their values over time and their expressions as the document has them, and the tree of
 * groups and properties as After Effects' object model has it, with display names and match names, in After Effects'
 * order. That tree is what scripts of the bundled renderer see, and all that they see.
 */
import type { LottieDocument, LottieLayer } from './document.ts';
import {
  EFFECT_VALUES,
  MASK,
  type PropertyRow,
  SEPARATED,
  SHAPES,
  TRANSFORM,
  type ValueKind,
} from './property-tables.ts';

/** A property of a Lottie document: a value, or keyframes. Source: the Lottie specification, "Animated properties". */
export interface Animated {
  /** 1 where `k` lists keyframes; old exports leave it out. */
  a?: number;
  k: unknown;
  /** An expression; Skia does not know them, so they are baked into keyframes before a render. */
  x?: string;
  /** The job has set the expression: one that fails is a fault of the job, and not of its template. */
  ofJob?: boolean;
  /** A slot that gives the value from outside. */
  sid?: string;
}

/** A keyframe. `o` and `i` are the handles of the time curve from this key to the next; `to` and `ti` those of the path. */
export interface Keyframe {
  /** Frame. */
  t: number;
  s?: unknown;
  /** The value at the next key, in old exports. */
  e?: unknown;
  i?: Handle;
  o?: Handle;
  to?: number[];
  ti?: number[];
  /** 1: the value stands still until the next key. */
  h?: number;
}

export interface Handle {
  x: number | number[];
  y: number | number[];
}

export function isAnimated(value: unknown): value is Animated {
  return typeof value === 'object' && value !== null && 'k' in value;
}

/** The keyframes of a property; none if it has one value. */
export function keyframesOf({ k }: Animated): Keyframe[] {
  if (!Array.isArray(k)) return [];
  return k.every(isKeyframe) ? k : k.filter(isKeyframe);
}

function isKeyframe(key: unknown): key is Keyframe {
  return typeof key === 'object' && key !== null && 't' in key && typeof key.t === 'number';
}

/** A property that an expression drives. */
interface FoundExpression {
  /** Its place in the layer: `ks.o`, `shapes.0.it.1.c`. */
  place: string;
  animated: Animated & { x: string };
}

/** What a user calls a property that has an expression: `Opacity (ks.o)`. `name` is what After Effects calls it. */
export function expressionLabel(name: string | undefined, place: string): string {
  return name === undefined || name === place ? place : `${name} (${place})`;
}

/** Deeper than this nothing of a layer lies. */
const MOST_DEPTH = 40;

/** Every expression of a layer, in the order of the document. */
export function expressionsOf(layer: LottieLayer): FoundExpression[] {
  const found: FoundExpression[] = [];
  search(layer, [], found);
  return found;
}

function search(node: object, path: readonly string[], found: FoundExpression[]): void {
  if (path.length > MOST_DEPTH) return;
  if (isAnimated(node) && typeof node.x === 'string' && node.x.trim() !== '')
    found.push({ place: path.join('.'), animated: node as FoundExpression['animated'] });
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) search(value, [...path, key], found);
  }
}

/** Whether anything in a document is driven by an expression. */
export function hasExpressions({ layers, assets }: LottieDocument): boolean {
  return [layers, ...assets.map((asset) => asset.layers ?? [])].some((list) =>
    list.some((layer) => expressionsOf(layer).length > 0),
  );
}

export type LottieProperty = LottieGroup | LottieValue;

interface LottieGroup {
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
interface LottieValue {
  kind: 'value';
  name: string;
  matchName: string;
  /** By which After Effects counts it, if the document says so (`ix`). */
  number?: number;
  valueKind: ValueKind;
  /** The type (`ty`) of a control of an effect. */
  control?: number;
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
    const type = typeof node.ty === 'number' ? node.ty : -1;
    const kind = EFFECT_VALUES[type];
    if (kind === undefined) return [];
    const own = { ...number, control: type };
    return value(nameOf(node, 'Value'), matchNameOf(node), kind, node.v).map((control) => ({ ...control, ...own }));
  });
}
