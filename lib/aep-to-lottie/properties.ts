import type { Property, PropertyBase, PropertyGroup, PropertyValue, PropertyValueType } from '../aep/read-project.ts';
import { type Animated, convertProperty, type Motion, plainNumbers, rounded } from './keyframes.ts';
import type { LayerReport } from './report.ts';

/** What the conversion of a layer's properties needs to know of what is around them. */
export interface LayerContext {
  /** The document's frame rate: all of its compositions share it. */
  frameRate: number;
  report: LayerReport;
  /** False if only the differences are wanted: values and names, which cost the most, are not read then. */
  withValues: boolean;
}

const MOTIONS: Partial<Record<PropertyValueType, Motion>> = {
  TwoD_SPATIAL: 'space',
  ThreeD_SPATIAL: 'space',
  COLOR: 'color',
  SHAPE: 'whole',
  CUSTOM_VALUE: 'whole',
};

export type ValueConversion = (value: PropertyValue) => unknown;

/**
 * The property of this match name in a group, as a document has it. A project leaves out what was never changed: then it
 * is After Effects' default or, if that is not known, `otherwise`.
 */
export function animated(
  group: PropertyGroup | null,
  matchName: string,
  context: LayerContext,
  { otherwise = 0, value = plainNumbers }: { otherwise?: PropertyValue; value?: ValueConversion } = {},
): Animated {
  const found = propertyIn(group, matchName);
  if (!context.withValues) return unread(found);
  if (found === null) return { a: 0, k: value(group?.value(matchName) ?? otherwise) };
  return converted(found, context, (shown) => value(shown ?? otherwise));
}

/** Stands for a property that is animated and whose values are not needed. */
const UNREAD: Animated = { a: 1, k: [{ t: 0, s: [1] }] };

/** Its expression is read: it may be one that cannot be evaluated. */
function unread(property: Property | null): Animated {
  const expression = property?.expression ?? null;
  return expression?.enabled === true ? { ...UNREAD, x: expression.text } : UNREAD;
}

/** A property that is at hand, as a document has it. */
export function converted(property: Property, context: LayerContext, value: ValueConversion = plainNumbers): Animated {
  const motion = MOTIONS[property.valueType] ?? 'numbers';
  if (!context.withValues) return unread(property);
  return convertProperty(property, { frameRate: context.frameRate, motion, value });
}

/** A switch or a choice from a menu, which a document says once: its value at the start. */
export function choice(group: PropertyGroup | null, matchName: string, otherwise: number): number {
  const value = group?.value(matchName);
  return typeof value === 'number' ? value : otherwise;
}

export function propertyIn(group: PropertyGroup | null, matchName: string) {
  const found = group?.properties().find((child) => child.matchName === matchName);
  return found?.kind === 'property' ? found : null;
}

export function groupIn(group: PropertyGroup | null, matchName: string): PropertyGroup | null {
  const found = group?.properties().find((child) => child.matchName === matchName);
  return found?.kind === 'group' ? found : null;
}

export function groupOf(base: PropertyBase | null): PropertyGroup | null {
  return base?.kind === 'group' ? base : null;
}

/** Whether anything of it changes in time. */
export function moves(base: PropertyBase | null): boolean {
  if (base === null) return false;
  if (base.kind === 'property') return base.keyframes.length > 1 || base.expression?.enabled === true;
  return base.properties().some(moves);
}

/** The first two of a position's numbers. */
export function flatPoint(value: PropertyValue): unknown {
  return Array.isArray(value) ? value.slice(0, 2).map(rounded) : [0, 0];
}

/** Opaque, as After Effects paints it: its colours have an alpha that counts for nothing. */
export function opaqueColor(value: PropertyValue): unknown {
  return Array.isArray(value) ? [...value.slice(0, 3).map(rounded), 1] : [0, 0, 0, 1];
}
