import type { CharacterStyle, Layer, PropertyGroup, PropertyValue, TextDocument } from '../aep/read-project.ts';
import { hasRightToLeft } from '../fonts/writing-systems.ts';
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
    const runs = document === null ? null : convertRuns(document);
    if (document !== null) reportStyles(document, runs, context);
    for (const { font } of document?.runs ?? []) useFont(font);
    const s = { ...convertDocument(document), ...(runs === null ? {} : { ae: { runs } }) };
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

/** The keys of a run that a text has as well, and those that only a run has. */
type RunLooks = Record<string, unknown>;

/** Adobe's defaults for both; After Effects has no setting for them. */
const SMALL = { scale: 0.583, rise: 0.333 };

function looksOf(style: CharacterStyle): RunLooks {
  const size = rounded(style.fontSize);
  const isSmall = style.baseline !== 'normal';
  const rise = { normal: 0, superscript: SMALL.rise, subscript: -SMALL.rise }[style.baseline] * size;
  const part = isSmall ? SMALL.scale : 1;
  return {
    f: style.font,
    s: size,
    lh: rounded(style.leading ?? size * AUTO_LEADING),
    tr: rounded(style.tracking),
    ls: rounded(style.baselineShift + rise),
    ca: CAPS[style.caps],
    fc: style.applyFill ? style.fillColor.map(rounded) : null,
    sc: style.applyStroke ? style.strokeColor.map(rounded) : null,
    sw: rounded(style.strokeWidth),
    of: style.strokeOverFill,
    sx: rounded(style.horizontalScale * part),
    sy: rounded(style.verticalScale * part),
    bold: style.fauxBold,
    italic: style.fauxItalic,
  };
}

const PLAIN_LOOKS: RunLooks = { sx: 100, sy: 100, bold: false, italic: false };

/**
 * The runs of a text as the bundled renderer draws them, each with its characters and what it has otherwise than the text
 * as a whole. Null if no character looks otherwise.
 */
function convertRuns(document: TextDocument): object[] | null {
  const runs = document.runs.filter(({ start, end }) => end > start);
  const text: RunLooks = { ...looksOf(document), ...PLAIN_LOOKS, ls: rounded(document.baselineShift) };
  const written = runs.map((run, at) => {
    const t = document.text.slice(run.start, at === runs.length - 1 ? undefined : run.end);
    const looks = t.trim() === '' ? [] : Object.entries(looksOf(run)).filter(([key, value]) => !same(value, text[key]));
    return { t, ...Object.fromEntries(looks) };
  });
  // Small capitals are those of a run.
  const isPlain = document.caps !== 'small' && written.every((run) => Object.keys(run).length === 1);
  if (isPlain || document.text.trim() === '') return null;
  return document.caps === 'small' ? written.map((run) => ({ ca: CAPS.small, ...run })) : written;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What a run can have otherwise than its text, and what it is called. */
const LOOKS: Readonly<Record<string, string>> = {
  f: 'fonts',
  s: 'sizes',
  tr: 'trackings',
  ls: 'baseline shifts',
  ca: 'capitals',
  fc: 'colours',
  sc: 'stroke colours',
  sw: 'stroke widths',
  sx: 'horizontal scales',
  sy: 'vertical scales',
  bold: 'faux bold',
  italic: 'faux italic',
};

/** A document has one style for all characters of a text; our own key says the others. */
function reportStyles(document: TextDocument, runs: readonly object[] | null, context: LayerContext): void {
  if (runs === null) return;
  const property = ['ADBE Text Properties', 'ADBE Text Document'];
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  const mixed = Object.entries(LOOKS).filter(([key]) => keys.has(key));
  context.report({
    property,
    what: `all characters of its text look like the first, though it has several ${mixed.map(([, name]) => name).join(', ')}`,
    outcome: 'dropped',
    ownKey: true,
  });
  const nearly = [
    keys.has('bold') ? 'faux bold' : null,
    keys.has('italic') ? 'faux italic' : null,
    document.runs.some(({ caps }) => caps === 'small') ? 'small capitals' : null,
    ...['superscript', 'subscript'].filter((name) => document.runs.some(({ baseline }) => baseline === name)),
    runs.length > 1 && hasRightToLeft(document.text) ? 'order from right to left of several styles' : null,
  ].filter((one) => one !== null);
  if (nearly.length > 0)
    context.report({ property, what: `its ${nearly.join(', ')} is only nearly right`, outcome: 'approximated' });
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
