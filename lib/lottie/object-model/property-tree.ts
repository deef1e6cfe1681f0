import type { LottieLayer } from '../../template/lottie-document.ts';
import { isAnimated } from '../animation/animated.ts';
import { type Clock, Property } from './property.ts';
import { type PropertyBase, PropertyType } from './property-base.ts';
import { PropertyGroup } from './property-group.ts';
import { EFFECT_VALUES, MASK, type PropertyRow, SEPARATED, SHAPES, TRANSFORM } from './property-tables.ts';
import { TextProperty } from './text-property.ts';

/** Any object of the document; what is in it is looked at before it is used. */
type Node = Record<string, unknown>;

/** The groups of a layer, in After Effects' order, made from what the document has. */
export function layerProperties(layer: LottieLayer, clock: Clock): PropertyBase[] {
  return [
    ...text(layer, clock),
    ...group(
      nodes(layer.shapes),
      (list) =>
        new PropertyGroup('Contents', 'ADBE Root Vectors Group', () => shapes(list, clock), PropertyType.INDEXED_GROUP),
    ),
    ...(isAnimated(layer.tm) ? [new Property('Time Remap', 'ADBE Time Remapping', 'OneD', layer.tm, clock)] : []),
    ...group(
      nodes(layer.masksProperties),
      (list) => new PropertyGroup('Masks', 'ADBE Mask Parade', () => masks(list, clock), PropertyType.INDEXED_GROUP),
    ),
    ...group(
      nodes(layer.ef),
      (list) =>
        new PropertyGroup('Effects', 'ADBE Effect Parade', () => effects(list, clock), PropertyType.INDEXED_GROUP),
    ),
    ...(isNode(layer.ks) ? [transform(layer.ks, clock)] : []),
  ];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function group(list: Node[], make: (list: Node[]) => PropertyGroup): PropertyGroup[] {
  return list.length === 0 ? [] : [make(list)];
}

function rows(node: Node, table: readonly PropertyRow[], clock: Clock): Property[] {
  return table.flatMap(([key, name, matchName, kind]) => {
    const animated = node[key];
    return isAnimated(animated) ? [new Property(name, matchName, kind, animated, clock)] : [];
  });
}

function text(layer: LottieLayer, clock: Clock): PropertyGroup[] {
  const documents = isNode(layer.t) ? layer.t.d : undefined;
  if (!isAnimated(documents)) return [];
  return [new PropertyGroup('Text', 'ADBE Text Properties', () => [new TextProperty(documents, clock)])];
}

function transform(ks: Node, clock: Clock): PropertyGroup {
  return new PropertyGroup('Transform', 'ADBE Transform Group', () => {
    const separated = isNode(ks.p) && ks.p.s === true ? rows(ks.p, SEPARATED, clock) : [];
    return [...rows(ks, TRANSFORM, clock), ...separated];
  });
}

function nameOf(node: Node, fallback: string): string {
  return typeof node.nm === 'string' && node.nm !== '' ? node.nm : fallback;
}

function shapes(list: Node[], clock: Clock): PropertyBase[] {
  return list.flatMap((node) => {
    if (node.ty === 'gr') return [shapeGroup(node, clock)];
    const kind = typeof node.ty === 'string' && Object.hasOwn(SHAPES, node.ty) ? SHAPES[node.ty] : undefined;
    return kind === undefined
      ? []
      : [new PropertyGroup(nameOf(node, kind.name), kind.matchName, () => rows(node, kind.rows, clock))];
  });
}

/** After Effects keeps the members of a group apart from its transform; Lottie lists them together. */
function shapeGroup(node: Node, clock: Clock): PropertyGroup {
  const members = nodes(node.it);
  return new PropertyGroup(nameOf(node, 'Group'), 'ADBE Vector Group', () => [
    new PropertyGroup(
      'Contents',
      'ADBE Vectors Group',
      () =>
        shapes(
          members.filter((member) => member.ty !== 'tr'),
          clock,
        ),
      PropertyType.INDEXED_GROUP,
    ),
    ...shapes(
      members.filter((member) => member.ty === 'tr').map((member) => ({ ...member, nm: 'Transform' })),
      clock,
    ),
  ]);
}

function masks(list: Node[], clock: Clock): PropertyBase[] {
  return list.map(
    (node, index) =>
      new PropertyGroup(nameOf(node, `Mask ${index + 1}`), 'ADBE Mask Atom', () => rows(node, MASK, clock)),
  );
}

function effects(list: Node[], clock: Clock): PropertyBase[] {
  return list.map((node) => {
    const controls = nodes(node.ef);
    return new PropertyGroup(nameOf(node, 'Effect'), matchNameOf(node), () => effectControls(controls, clock));
  });
}

function effectControls(list: Node[], clock: Clock): PropertyBase[] {
  return list.flatMap((node): PropertyBase[] => {
    const nested = nodes(node.ef);
    if (nested.length > 0)
      return [new PropertyGroup(nameOf(node, 'Group'), matchNameOf(node), () => effectControls(nested, clock))];
    const kind = typeof node.ty === 'number' ? EFFECT_VALUES[node.ty] : undefined;
    if (kind === undefined || !isAnimated(node.v)) return [];
    return [new Property(nameOf(node, 'Value'), matchNameOf(node), kind, node.v, clock)];
  });
}

function matchNameOf(node: Node): string {
  return typeof node.mn === 'string' ? node.mn : '';
}
