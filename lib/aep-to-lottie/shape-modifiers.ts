import type { PropertyGroup } from '../aep/read-project.ts';
import { animated, choice, flatPoint, groupIn, type LayerContext } from './properties.ts';

/** What changes the paths before it. Null, and told, of what a document does not have. */
export function convertModifier(item: PropertyGroup, context: LayerContext): Record<string, unknown> | null {
  switch (item.matchName) {
    case 'ADBE Vector Filter - Merge':
      return { ty: 'mm', mm: choice(item, 'ADBE Vector Merge Type', 1) };
    case 'ADBE Vector Filter - Trim':
      return {
        ty: 'tm',
        s: animated(item, 'ADBE Vector Trim Start', context),
        e: animated(item, 'ADBE Vector Trim End', context),
        o: animated(item, 'ADBE Vector Trim Offset', context),
        m: choice(item, 'ADBE Vector Trim Type', 1),
      };
    case 'ADBE Vector Filter - RC':
      return { ty: 'rd', r: animated(item, 'ADBE Vector RoundCorner Radius', context) };
    case 'ADBE Vector Filter - PB':
      return { ty: 'pb', a: animated(item, 'ADBE Vector PuckerBloat Amount', context) };
    case 'ADBE Vector Filter - Offset':
      return convertOffset(item, context);
    case 'ADBE Vector Filter - Zigzag':
      return {
        ty: 'zz',
        s: animated(item, 'ADBE Vector Zigzag Size', context, { otherwise: 5 }),
        r: animated(item, 'ADBE Vector Zigzag Detail', context, { otherwise: 5 }),
        pt: animated(item, 'ADBE Vector Zigzag Points', context, { otherwise: 1 }),
      };
    case 'ADBE Vector Filter - Twist':
      return {
        ty: 'tw',
        a: animated(item, 'ADBE Vector Twist Angle', context),
        c: animated(item, 'ADBE Vector Twist Center', context, { value: flatPoint }),
      };
    case 'ADBE Vector Filter - Repeater':
      return convertRepeater(item, context);
    default:
      return reportUnknown(item, context);
  }
}

/** `Wiggle Paths`, `Wiggle Transform`, and what a newer After Effects may have. */
function reportUnknown(item: PropertyGroup, context: LayerContext): null {
  if (/^ADBE Vector (Filter|Shape|Graphic)/.test(item.matchName) && item.enabled)
    context.report({
      property: ['ADBE Root Vectors Group', item.matchName],
      what: `'${item.name}' of its shapes is not drawn`,
      outcome: 'dropped',
    });
  return null;
}

function convertOffset(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  if (choice(item, 'ADBE Vector Offset Copies', 1) !== 1)
    context.report({
      property: ['ADBE Root Vectors Group', item.matchName, 'ADBE Vector Offset Copies'],
      what: `the copies of '${item.name}' are one`,
      outcome: 'dropped',
    });
  return {
    ty: 'op',
    a: animated(item, 'ADBE Vector Offset Amount', context),
    lj: choice(item, 'ADBE Vector Offset Line Join', 1),
    ml: animated(item, 'ADBE Vector Offset Miter Limit', context, { otherwise: 4 }),
  };
}

function convertRepeater(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  const transform = groupIn(item, 'ADBE Vector Repeater Transform');
  return {
    ty: 'rp',
    c: animated(item, 'ADBE Vector Repeater Copies', context),
    o: animated(item, 'ADBE Vector Repeater Offset', context),
    m: choice(item, 'ADBE Vector Repeater Order', 1),
    tr: {
      ty: 'tr',
      p: animated(transform, 'ADBE Vector Repeater Position', context, { value: flatPoint, otherwise: [100, 0] }),
      a: animated(transform, 'ADBE Vector Repeater Anchor', context, { value: flatPoint }),
      s: animated(transform, 'ADBE Vector Repeater Scale', context, { otherwise: [100, 100] }),
      r: animated(transform, 'ADBE Vector Repeater Rotation', context),
      so: animated(transform, 'ADBE Vector Repeater Opacity 1', context, { otherwise: 100 }),
      eo: animated(transform, 'ADBE Vector Repeater Opacity 2', context, { otherwise: 100 }),
      nm: 'Transform',
    },
  };
}
