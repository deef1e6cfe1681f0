import type { Layer, PropertyBase, PropertyGroup } from '../aep/read-project.ts';
import { BLEND_MODE, shapeBlendMode } from './blend-modes.ts';
import { convertGradient } from './gradients.ts';
import { convertPath } from './paths.ts';
import { animated, choice, flatPoint, groupIn, groupOf, type LayerContext, opaqueColor } from './properties.ts';
import { convertModifier } from './shape-modifiers.ts';

/** Groups in groups: deeper ones are in no project that a person made. */
const MOST_GROUPS = 60;

/** `shapes` of a shape layer, from the top, as After Effects lists them. */
export function convertShapes(layer: Layer, context: LayerContext): object[] {
  return convertContents(groupOf(layer.property('ADBE Root Vectors Group')), context, 0);
}

function convertContents(contents: PropertyGroup | null, context: LayerContext, depth: number): object[] {
  return inPaintingOrder(contents?.properties() ?? [], context).flatMap((item) => {
    const converted = convertItem(item, context, depth);
    const name = context.withValues ? { nm: item.name } : {};
    return converted === null ? [] : [{ ...converted, ...name, mn: item.matchName, hd: !item.enabled }];
  });
}

const ABOVE = 2;

/**
 * A document paints what is listed first above the rest. A fill or stroke that After Effects paints "above previous in same
 * group" changes places with those right before it; with paths in between, both would paint other paths, and it stays.
 */
function inPaintingOrder(items: readonly PropertyBase[], context: LayerContext): PropertyGroup[] {
  const ordered: PropertyGroup[] = [];
  for (const item of items) {
    if (item.kind !== 'group') continue;
    const isAbove = isPaint(item) && choice(item, 'ADBE Vector Composite Order', 1) === ABOVE;
    const place = isAbove ? ordered.findLastIndex((one) => !isPaint(one)) + 1 : ordered.length;
    if (isAbove && ordered.slice(0, place).some(isPainted))
      context.report({
        property: ['ADBE Root Vectors Group', item.matchName, 'ADBE Vector Composite Order'],
        what: `'${item.name}' is painted below what is listed before it, not above`,
        outcome: 'dropped',
      });
    ordered.splice(place, 0, item);
  }
  return ordered;
}

function isPaint({ matchName }: PropertyGroup): boolean {
  return matchName.startsWith('ADBE Vector Graphic - ');
}

function isPainted(item: PropertyGroup): boolean {
  return item.enabled && (isPaint(item) || item.matchName === 'ADBE Vector Group');
}

function convertItem(item: PropertyGroup, context: LayerContext, depth: number): Record<string, unknown> | null {
  switch (item.matchName) {
    case 'ADBE Vector Group':
      return convertGroup(item, context, depth);
    case 'ADBE Vector Shape - Group':
      return {
        ty: 'sh',
        d: directionOf(item),
        ks: animated(item, 'ADBE Vector Shape', context, { value: convertPath, otherwise: null }),
      };
    case 'ADBE Vector Shape - Rect':
      return {
        ty: 'rc',
        d: directionOf(item),
        s: animated(item, 'ADBE Vector Rect Size', context),
        p: animated(item, 'ADBE Vector Rect Position', context, { value: flatPoint }),
        r: animated(item, 'ADBE Vector Rect Roundness', context),
      };
    case 'ADBE Vector Shape - Ellipse':
      return {
        ty: 'el',
        d: directionOf(item),
        s: animated(item, 'ADBE Vector Ellipse Size', context),
        p: animated(item, 'ADBE Vector Ellipse Position', context, { value: flatPoint }),
      };
    case 'ADBE Vector Shape - Star':
      return convertStar(item, context);
    case 'ADBE Vector Graphic - Fill':
      return {
        ty: 'fl',
        c: animated(item, 'ADBE Vector Fill Color', context, { value: opaqueColor }),
        ...convertFill(item, context),
      };
    case 'ADBE Vector Graphic - G-Fill':
      return { ty: 'gf', ...convertFill(item, context), ...convertGradientPaint(item, context) };
    case 'ADBE Vector Graphic - Stroke':
      return {
        ty: 'st',
        c: animated(item, 'ADBE Vector Stroke Color', context, { value: opaqueColor }),
        ...convertStroke(item, context),
      };
    case 'ADBE Vector Graphic - G-Stroke':
      return { ty: 'gs', ...convertStroke(item, context), ...convertGradientPaint(item, context) };
    default:
      return convertModifier(item, context);
  }
}

/** 1 as drawn, 3 the other way round; 2 is how After Effects says "as drawn" of some paths. */
function directionOf(item: PropertyGroup): number {
  return choice(item, 'ADBE Vector Shape Direction', 1) === 3 ? 3 : 1;
}

function convertGroup(group: PropertyGroup, context: LayerContext, depth: number): Record<string, unknown> {
  const contents = groupIn(group, 'ADBE Vectors Group');
  if (depth > MOST_GROUPS)
    context.report({
      what: `shapes in more than ${MOST_GROUPS} groups within each other are left out`,
      outcome: 'dropped',
    });
  const items = depth > MOST_GROUPS ? [] : convertContents(contents, context, depth + 1);
  return {
    ty: 'gr',
    it: [...items, convertGroupTransform(groupIn(group, 'ADBE Vector Transform Group'), context)],
    np: contents?.properties().length ?? 0,
    cix: 2,
    bm: blendModeOf(group, context),
  };
}

function convertGroupTransform(group: PropertyGroup | null, context: LayerContext): object {
  return {
    ty: 'tr',
    p: animated(group, 'ADBE Vector Position', context, { value: flatPoint }),
    a: animated(group, 'ADBE Vector Anchor', context, { value: flatPoint }),
    s: animated(group, 'ADBE Vector Scale', context, { otherwise: [100, 100] }),
    r: animated(group, 'ADBE Vector Rotation', context),
    o: animated(group, 'ADBE Vector Group Opacity', context, { otherwise: 100 }),
    sk: animated(group, 'ADBE Vector Skew', context),
    sa: animated(group, 'ADBE Vector Skew Axis', context),
    nm: 'Transform',
  };
}

const STAR = 1;

function convertStar(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  const kind = choice(item, 'ADBE Vector Star Type', STAR);
  const inner =
    kind === STAR
      ? {
          ir: animated(item, 'ADBE Vector Star Inner Radius', context),
          is: animated(item, 'ADBE Vector Star Inner Roundess', context),
        }
      : {};
  return {
    ty: 'sr',
    sy: kind,
    d: directionOf(item),
    pt: animated(item, 'ADBE Vector Star Points', context),
    p: animated(item, 'ADBE Vector Star Position', context, { value: flatPoint }),
    r: animated(item, 'ADBE Vector Star Rotation', context),
    ...inner,
    or: animated(item, 'ADBE Vector Star Outer Radius', context),
    os: animated(item, 'ADBE Vector Star Outer Roundess', context),
  };
}

function convertFill(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  return {
    o: animated(item, 'ADBE Vector Fill Opacity', context),
    r: choice(item, 'ADBE Vector Fill Rule', 1),
    bm: blendModeOf(item, context),
  };
}

const MITER = 1;

function convertStroke(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  reportTaperAndWave(item, context);
  const join = choice(item, 'ADBE Vector Stroke Line Join', MITER);
  const limit = animated(item, 'ADBE Vector Stroke Miter Limit', context);
  const dashes = convertDashes(groupIn(item, 'ADBE Vector Stroke Dashes'), context);
  return {
    o: animated(item, 'ADBE Vector Stroke Opacity', context),
    w: animated(item, 'ADBE Vector Stroke Width', context),
    lc: choice(item, 'ADBE Vector Stroke Line Cap', 1),
    lj: join,
    ...(join === MITER ? { ml: choice(item, 'ADBE Vector Stroke Miter Limit', 4) } : {}),
    ...(join === MITER && limit.a === 1 ? { ml2: limit } : {}),
    ...(dashes.length === 0 ? {} : { d: dashes }),
    bm: blendModeOf(item, context),
  };
}

/** Dashes and gaps in their order, then the offset; what was not added is hidden. */
function convertDashes(group: PropertyGroup | null, context: LayerContext): object[] {
  const shown = (group?.properties() ?? []).filter((child) => child.kind === 'property' && !child.hidden);
  const dashes = shown.flatMap((child) => {
    const kind = /Dash/.test(child.matchName) ? 'd' : /Gap/.test(child.matchName) ? 'g' : null;
    return kind === null ? [] : [convertDash(child, kind, group, context)];
  });
  if (dashes.length === 0) return [];
  return [...dashes, { n: 'o', nm: 'offset', v: animated(group, 'ADBE Vector Stroke Offset', context) }];
}

function convertDash(child: PropertyBase, n: string, group: PropertyGroup | null, context: LayerContext): object {
  return { n, nm: child.name.toLowerCase().replaceAll(' ', ''), v: animated(group, child.matchName, context) };
}

const RADIAL = 2;

function convertGradientPaint(item: PropertyGroup, context: LayerContext): Record<string, unknown> {
  const kind = choice(item, 'ADBE Vector Grad Type', 1);
  const highlight = {
    h: animated(item, 'ADBE Vector Grad HiLite Length', context),
    a: animated(item, 'ADBE Vector Grad HiLite Angle', context),
  };
  return {
    g: convertGradient(item, context),
    s: animated(item, 'ADBE Vector Grad Start Pt', context, { value: flatPoint }),
    e: animated(item, 'ADBE Vector Grad End Pt', context, { value: flatPoint, otherwise: [100, 0] }),
    t: kind,
    ...(kind === RADIAL ? highlight : {}),
  };
}

function blendModeOf(item: PropertyGroup, context: LayerContext): number {
  const mode = shapeBlendMode(choice(item, 'ADBE Vector Blend Mode', 1));
  const property = ['ADBE Root Vectors Group', item.matchName, 'ADBE Vector Blend Mode'];
  if (mode === null)
    context.report({ property, what: `the blend mode of the shape '${item.name}' is normal`, outcome: 'dropped' });
  return mode ?? BLEND_MODE.normal;
}

function reportTaperAndWave(item: PropertyGroup, context: LayerContext): void {
  const taper = groupIn(item, 'ADBE Vector Stroke Taper');
  const tapers = ['ADBE Vector Taper Start Length', 'ADBE Vector Taper End Length'].some((end) => isSet(taper, end));
  const wave = groupIn(item, 'ADBE Vector Stroke Wave');
  const parts = [tapers ? 'taper' : null, isSet(wave, 'ADBE Vector Taper Wave Amount') ? 'wave' : null];
  for (const part of parts.filter((one) => one !== null))
    context.report({
      property: ['ADBE Root Vectors Group', item.matchName],
      what: `the ${part} of the stroke '${item.name}' is not drawn`,
      outcome: 'dropped',
    });
}

function isSet(group: PropertyGroup | null, matchName: string): boolean {
  const found = group?.properties().find((child) => child.matchName === matchName);
  return found?.kind === 'property' && (found.keyframes.length > 1 || (found.value !== 0 && found.value !== null));
}
