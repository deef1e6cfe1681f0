import type { CharacterStyle, Layer, PropertyGroup, PropertyValue, TextDocument } from '../aep/read-project.ts';
import { rounded } from './keyframes.ts';
import { animated, choice, groupIn, groupOf, type LayerContext, propertyIn } from './properties.ts';
import { convertAnimators } from './text-animators.ts';

const JUSTIFICATION = {
  LEFT_JUSTIFY: 0,
  RIGHT_JUSTIFY: 1,
  CENTER_JUSTIFY: 2,
  FULL_JUSTIFY_LASTLINE_LEFT: 3,
  FULL_JUSTIFY_LASTLINE_RIGHT: 4,
  FULL_JUSTIFY_LASTLINE_CENTER: 5,
  FULL_JUSTIFY_LASTLINE_FULL: 6,
} as const;

const CAPS = { normal: 0, all: 1, small: 2 } as const;

/** Automatic leading, as a part of the size. */
const AUTO_LEADING = 1.2;

/** `t` of a text layer. `useFont` is told every font that it names. */
export function convertText(layer: Layer, context: LayerContext, useFont: (name: string) => void): object {
  const group = groupOf(layer.property('ADBE Text Properties'));
  const more = groupIn(group, 'ADBE Text More Options');
  return {
    d: convertSourceText(group, context, useFont),
    p: convertPathOptions(layer, groupIn(group, 'ADBE Text Path Options'), context),
    m: {
      g: choice(more, 'ADBE Text Anchor Point Option', 1),
      a: animated(more, 'ADBE Text Anchor Point Align', context, { otherwise: [0, 0] }),
    },
    // What an animator changes decides whether it is drawn.
    a: convertAnimators(groupIn(group, 'ADBE Text Animators'), { ...context, withValues: true }),
  };
}

function convertSourceText(
  group: PropertyGroup | null,
  context: LayerContext,
  useFont: (name: string) => void,
): Record<string, unknown> {
  const property = propertyIn(group, 'ADBE Text Document');
  const keyframes = property?.keyframes ?? [];
  const values =
    keyframes.length > 1 ? keyframes : [{ time: 0, value: keyframes[0]?.value ?? property?.value ?? null }];
  const written = values.map(({ time, value }) => {
    const document = isText(value) ? value : null;
    if (document !== null) reportStyles(document, context);
    for (const { font } of document?.runs ?? []) useFont(font);
    const s = convertDocument(document);
    useFont(s.f);
    return { s, t: rounded(time * context.frameRate) };
  });
  const expression = property?.expression?.enabled === true ? { x: property.expression.text } : {};
  return { k: written, ...expression };
}

function isText(value: PropertyValue): value is TextDocument {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'text';
}

function convertDocument(document: TextDocument | null) {
  if (document === null)
    return { s: 12, f: '', t: '', ca: 0, j: 0, tr: 0, lh: 12 * AUTO_LEADING, ls: 0, fc: [0, 0, 0] };
  const size = rounded(document.fontSize);
  const box =
    document.boxTextSize === null || document.boxTextPos === null
      ? {}
      : { sz: document.boxTextSize.map(rounded), ps: document.boxTextPos.map(rounded) };
  const stroke = document.applyStroke
    ? { sc: document.strokeColor.map(rounded), sw: rounded(document.strokeWidth), of: document.strokeOverFill }
    : {};
  return {
    ...box,
    s: size,
    f: document.font,
    t: document.text,
    ca: CAPS[document.caps],
    j: JUSTIFICATION[document.justification],
    tr: rounded(document.tracking),
    lh: rounded(document.leading ?? size * AUTO_LEADING),
    ls: rounded(document.baselineShift),
    ...(document.applyFill ? { fc: document.fillColor.map(rounded) } : {}),
    ...stroke,
  };
}

type StyleKey = keyof CharacterStyle;

/** What a run can have otherwise than the first one, and what it is called. */
const STYLE_NAMES: Partial<Record<StyleKey, string>> = {
  font: 'fonts',
  fontSize: 'sizes',
  fillColor: 'colours',
  applyFill: 'fills',
  applyStroke: 'strokes',
  strokeColor: 'stroke colours',
  strokeWidth: 'stroke widths',
  tracking: 'trackings',
  baselineShift: 'baseline shifts',
  caps: 'capitals',
  baseline: 'baselines',
};

/** A document has one style for all characters of a text. */
function reportStyles(document: TextDocument, context: LayerContext): void {
  const property = ['ADBE Text Properties', 'ADBE Text Document'];
  const shown = document.runs.filter(({ start, end }) => document.text.slice(start, end).trim() !== '');
  const [first] = shown;
  const mixed = Object.entries(STYLE_NAMES).filter(([key]) =>
    shown.some((run) => JSON.stringify(run[key as StyleKey]) !== JSON.stringify(first?.[key as StyleKey])),
  );
  if (mixed.length > 0)
    context.report({
      property,
      what: `all characters of its text look like the first, though it has several ${mixed.map(([, name]) => name).join(', ')}`,
      outcome: 'dropped',
    });
  const lost = [
    document.fauxBold ? 'faux bold' : null,
    document.fauxItalic ? 'faux italic' : null,
    document.baseline === 'normal' ? null : document.baseline,
    Math.abs(document.horizontalScale - 100) > 0.01 ? 'horizontal scale' : null,
    Math.abs(document.verticalScale - 100) > 0.01 ? 'vertical scale' : null,
  ].filter((one) => one !== null);
  if (lost.length > 0 && document.text.trim() !== '')
    context.report({ property, what: `its text has no ${lost.join(', ')}`, outcome: 'dropped' });
}

/** Text along a mask: `m` is the mask, from 0. */
function convertPathOptions(layer: Layer, group: PropertyGroup | null, context: LayerContext): object {
  const mask = choice(group, 'ADBE Text Path', 0);
  if (mask < 1 || mask > layer.masks.length) return {};
  return {
    m: mask - 1,
    f: animated(group, 'ADBE Text First Margin', context),
    l: animated(group, 'ADBE Text Last Margin', context),
    a: animated(group, 'ADBE Text Force Align Path', context),
    p: animated(group, 'ADBE Text Perpendicular To Path', context, { otherwise: 1 }),
    r: animated(group, 'ADBE Text Reverse Path', context),
  };
}
