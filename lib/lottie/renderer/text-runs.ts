import type { LottieText } from '../object-model/text-document.ts';

/** How a stretch of characters looks, in the document's units: pixels, and colours to 1. */
export interface RunStyle {
  font: string;
  size: number;
  leading: number;
  /** Thousandths of an em. */
  tracking: number;
  baselineShift: number;
  caps: 0 | 1 | 2;
  /** 1 is as wide and as high as the font has it. */
  scale: readonly [across: number, up: number];
  isBold: boolean;
  isItalic: boolean;
  paint: Paint;
}

/** Null is not painted. */
export interface Paint {
  fill: readonly number[] | null;
  stroke: { color: readonly number[]; width: number; isOver: boolean } | null;
}

/** Characters of one style. */
export interface StyledPart {
  text: string;
  style: RunStyle;
}

const SMALL_CAPS = 2;
/** How large small capitals are. Source: Illustrator's and Photoshop's default; After Effects has no setting for it. */
const SMALL_CAPITAL = 0.7;
/** After Effects' automatic leading. */
const LEADING = 1.2;

/** The style of a text's first character, which a document has for all of them. */
export function baseStyle(text: LottieText): RunStyle {
  const { f: font = '', s: size = 0, lh: leading = size * LEADING, tr: tracking = 0 } = text;
  return {
    ...{ font, size, leading, tracking },
    baselineShift: numberOf(text.ls, 0),
    caps: capsOf(text.ca, 0),
    scale: [1, 1],
    isBold: false,
    isItalic: false,
    paint: {
      fill: text.fc ?? null,
      stroke: text.sc === undefined ? null : { color: text.sc, width: text.sw ?? 0, isOver: text.of === true },
    },
  };
}

/**
 * The stretches of a text that look different: `ae.runs`, which our own converter writes. A run has its characters (`t`)
 * and what it has otherwise than the text: `f`, `s`, `lh`, `tr`, `ls`, `ca`, `fc`, `sc`, `sw`, `of` as the text has them,
 * `sx` and `sy` (percent), `bold`, `italic`. If the runs are of another text, since a script or an expression has changed
 * the words, or if all look the same, there is one; null if Skia sets that one as After Effects does.
 */
export function styledParts(text: LottieText): StyledPart[] | null {
  const runs = typeof text.ae === 'object' && text.ae !== null && 'runs' in text.ae ? text.ae.runs : null;
  const base = baseStyle(text);
  const isMixed =
    Array.isArray(runs) &&
    runs.every(isRun) &&
    runs.map(({ t }) => t).join('') === text.t &&
    runs.some((run) => Object.keys(run).length > 1);
  if (!isMixed) return isBeyondSkia(text) ? [{ text: text.t ?? '', style: base }] : null;
  return runs.map((run) => ({ text: run.t, style: styleOf(run, base) }));
}

/**
 * Skia draws small capitals as large ones. In a box it breaks lines as if their letters were not tracked, counts the spaces
 * at their ends when it sets them to the right or in the middle, and sets justified ones in the middle.
 */
function isBeyondSkia({ t = '', ca, tr = 0, sz, j = 0 }: LottieText): boolean {
  return t.trim() !== '' && (ca === SMALL_CAPS || (Array.isArray(sz) && (tr !== 0 || j > 0)));
}

/** The fonts of a text, of its runs as well. */
export function fontNamesOf(text: LottieText): string[] {
  const names = [text.f ?? '', ...(styledParts(text) ?? []).map(({ style }) => style.font)];
  return names.filter((name) => name !== '');
}

type Run = Record<string, unknown> & { t: string };

function isRun(run: unknown): run is Run {
  return typeof run === 'object' && run !== null && 't' in run && typeof run.t === 'string';
}

function styleOf(run: Run, base: RunStyle): RunStyle {
  const size = numberOf(run.s, base.size);
  const stroke = base.paint.stroke ?? { color: [0, 0, 0], width: 0, isOver: false };
  const color = colorOf(run.sc, base.paint.stroke?.color ?? null);
  return {
    font: typeof run.f === 'string' ? run.f : base.font,
    size,
    leading: numberOf(run.lh, base.leading),
    tracking: numberOf(run.tr, base.tracking),
    baselineShift: numberOf(run.ls, base.baselineShift),
    caps: capsOf(run.ca, base.caps),
    scale: [numberOf(run.sx, 100) / 100, numberOf(run.sy, 100) / 100],
    isBold: run.bold === true,
    isItalic: run.italic === true,
    paint: {
      fill: colorOf(run.fc, base.paint.fill),
      stroke:
        color === null
          ? null
          : {
              color,
              width: numberOf(run.sw, stroke.width),
              isOver: typeof run.of === 'boolean' ? run.of : stroke.isOver,
            },
    },
  };
}

/** Larger is no size of a letter. */
const MOST = 100_000;

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Math.abs(value) <= MOST ? value : otherwise;
}

function capsOf(value: unknown, otherwise: RunStyle['caps']): RunStyle['caps'] {
  return value === 0 || value === 1 || value === 2 ? value : otherwise;
}

function colorOf(value: unknown, otherwise: readonly number[] | null): readonly number[] | null {
  if (value === null) return null;
  return Array.isArray(value) && value.every((part) => typeof part === 'number') ? value : otherwise;
}

/** The paragraphs of styled parts, with their capitals; `shown` is what is seen of characters. */
export function styledParagraphs(parts: readonly StyledPart[], shown: (text: string) => string): StyledPart[][] {
  const lines: StyledPart[][] = [[]];
  for (const part of parts.flatMap((one) => capitals({ ...one, text: shown(one.text) }))) {
    for (const [at, text] of part.text.split('\r').entries()) {
      if (at > 0) lines.push([]);
      // An empty line is as high as what ends it.
      lines.at(-1)?.push({ ...part, text });
    }
  }
  return lines;
}

/** Small capitals are letters of another size: the capitals among them stay as large as they are. */
function capitals(part: StyledPart): StyledPart[] {
  const { text, style } = part;
  if (style.caps === 0) return [part];
  if (style.caps !== SMALL_CAPS) return [{ style, text: text.toUpperCase() }];
  const [across, up] = style.scale;
  const small = { ...style, scale: [across * SMALL_CAPITAL, up * SMALL_CAPITAL] as const };
  return (text.match(/\p{Ll}+|\P{Ll}+/gu) ?? []).map((piece) =>
    /^\p{Ll}/u.test(piece) ? { style: small, text: piece.toUpperCase() } : { style, text: piece },
  );
}
