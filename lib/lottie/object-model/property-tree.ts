import { type LottieLayer, type LottieProperty, lottieProperties } from '../document/index.ts';
import { type Clock, Property } from './property.ts';
import { type PropertyBase, PropertyType } from './property-base.ts';
import { PropertyGroup } from './property-group.ts';
import { TextProperty } from './text-property.ts';

/** The groups of a layer for a script, in After Effects' order, made from what the document has. */
export function layerProperties(layer: LottieLayer, clock: Clock): PropertyBase[] {
  return lottieProperties(layer).map((property) => scripted(property, clock));
}

function scripted(property: LottieProperty, clock: Clock): PropertyBase {
  const { name, matchName } = property;
  if (property.kind === 'group') {
    const { INDEXED_GROUP, NAMED_GROUP } = PropertyType;
    const children = () => property.properties().map((child) => scripted(child, clock));
    return new PropertyGroup(name, matchName, children, property.indexed ? INDEXED_GROUP : NAMED_GROUP);
  }
  if (property.valueKind === 'TEXT_DOCUMENT') return new TextProperty(property.animated, clock);
  return new Property(name, matchName, property.valueKind, property.animated, clock);
}
