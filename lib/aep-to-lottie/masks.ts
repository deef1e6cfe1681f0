import type { Layer, PropertyGroup } from '../aep/read-project.ts';
import { convertPath } from './paths.ts';
import { animated, type LayerContext, moves, propertyIn } from './properties.ts';

const MODES = {
  NONE: 'n',
  ADD: 'a',
  SUBTRACT: 's',
  INTERSECT: 'i',
  LIGHTEN: 'l',
  DARKEN: 'd',
  DIFFERENCE: 'f',
} as const;

/** `masksProperties` of a layer: all of its masks, those that only other things refer to included. */
export function convertMasks(layer: Layer, context: LayerContext): object[] {
  return layer.masks.map((mask, at) => convertMask(mask, at, context));
}

function convertMask(group: PropertyGroup, at: number, context: LayerContext): object {
  const feather = propertyIn(group, 'ADBE Mask Feather');
  const blurs = feather !== null && (moves(feather) || someNumber(feather.value));
  if (group.mask?.featherFalloff === 'LINEAR' && blurs)
    context.report({
      property: ['ADBE Mask Parade', group.matchName],
      what: `the feather of mask ${at + 1} falls off smoothly, not in a straight line`,
      outcome: 'approximated',
      visible: false,
    });
  return {
    inv: group.mask?.inverted ?? false,
    mode: MODES[group.mask?.mode ?? 'ADD'],
    pt: animated(group, 'ADBE Mask Shape', context, { value: convertPath, otherwise: null }),
    // Whether it is opaque decides how it is drawn.
    o: animated(group, 'ADBE Mask Opacity', { ...context, withValues: true }, { otherwise: 100 }),
    x: animated(group, 'ADBE Mask Offset', context),
    ...(blurs ? { f: animated(group, 'ADBE Mask Feather', context, { otherwise: [0, 0] }) } : {}),
    nm: group.ownName || `Mask ${at + 1}`,
  };
}

function someNumber(value: unknown): boolean {
  return Array.isArray(value) ? value.some((part) => part !== 0) : value !== 0;
}
