import type { Chunk } from './chunks.ts';
import { type CosValue, cosAt, parseCos } from './cos.ts';

/** How the lines of a paragraph are set, in the words of After Effects' scripting guide. */
export type Justification =
  | 'LEFT_JUSTIFY'
  | 'RIGHT_JUSTIFY'
  | 'CENTER_JUSTIFY'
  | 'FULL_JUSTIFY_LASTLINE_LEFT'
  | 'FULL_JUSTIFY_LASTLINE_RIGHT'
  | 'FULL_JUSTIFY_LASTLINE_CENTER'
  | 'FULL_JUSTIFY_LASTLINE_FULL';

/** In the order of the numbers in the file: paragraph style, key 0. */
const JUSTIFICATIONS: readonly Justification[] = [
  'LEFT_JUSTIFY',
  'RIGHT_JUSTIFY',
  'CENTER_JUSTIFY',
  'FULL_JUSTIFY_LASTLINE_LEFT',
  'FULL_JUSTIFY_LASTLINE_RIGHT',
  'FULL_JUSTIFY_LASTLINE_CENTER',
  'FULL_JUSTIFY_LASTLINE_FULL',
];

/** How characters look. Sizes are pixels, scales percent, colours red, green, blue from 0 to 1. */
export interface CharacterStyle {
  /** The PostScript name. */
  font: string;
  fontSize: number;
  fauxBold: boolean;
  fauxItalic: boolean;
  caps: 'normal' | 'small' | 'all';
  baseline: 'normal' | 'superscript' | 'subscript';
  autoLeading: boolean;
  /** Null if it is automatic. */
  leading: number | null;
  /** Thousandths of an em. */
  tracking: number;
  baselineShift: number;
  horizontalScale: number;
  verticalScale: number;
  applyFill: boolean;
  fillColor: [number, number, number];
  applyStroke: boolean;
  strokeColor: [number, number, number];
  strokeWidth: number;
  strokeOverFill: boolean;
}

/** As After Effects' TextDocument: its style is that of the first character, and `runs` has every one. */
export interface TextDocument extends CharacterStyle {
  kind: 'text';
  /** Lines end in CR, as in After Effects; a line break without a new paragraph is U+0003. */
  text: string;
  justification: Justification;
  boxText: boolean;
  /** Width and height of the box in pixels, and where its upper left corner is; null of point text. */
  boxTextSize: [number, number] | null;
  boxTextPos: [number, number] | null;
  /** The stretches of characters of one style, in their order; `end` is the place after the last one. */
  runs: (CharacterStyle & { start: number; end: number })[];
}

/**
 * `LIST btdk`: the documents of all keyframes, in COS. Paths within:
 * - `0.1.0[n].0.0.0`: the PostScript name of font n;
 * - `0.8.0[n].0.1.0`: the frame n of a box, as the points of its outline (x and y in turn, each corner twice or more
 *   as a point and its handles); point text has a frame without `1`;
 * - `1.1[k]`: the document of keyframe k; within it `0.0` the text, `0.5.0[i]` and `0.6.0[i]` the paragraph and the
 *   character runs (`1` is the length; the style is at `0.0.5` and `0.0.6`), `1.0[0].0` the number of its frame.
 * Sources: LottieFiles/lottie-docs, docs/aep.md; the frames and leading from projects beside their exports.
 */
export function readTextDocuments(btdk: Chunk): TextDocument[] {
  const root = parseCos(btdk.data);
  const fonts = arrayAt(root, '0', '1', '0').map((font) => stringOf(cosAt(font, '0', '0', '0'), ''));
  return arrayAt(root, '1', '1').map((document) => readDocument(root, document, fonts));
}

function readDocument(root: CosValue, document: CosValue, fonts: readonly string[]): TextDocument {
  const text = stringOf(cosAt(document, '0', '0'), '').replace(/[\r\n]$/, '');
  let start = 0;
  const runs = arrayAt(document, '0', '6', '0').map((run) => {
    const length = numberOf(cosAt(run, '1'), 0);
    const end = Math.min(start + length, text.length);
    const read = { ...readStyle(cosAt(run, '0', '0', '6'), fonts), start, end };
    start = end;
    return read;
  });
  const frame = numberOf(cosAt(document, '1', '0', 0, '0'), -1);
  const box = boundsOf(arrayAt(root, '0', '8', '0', frame, '0', '1', '0'));
  const paragraph = cosAt(document, '0', '5', '0', 0, '0', '0', '5');
  const { start: _start, end: _end, ...style } = runs[0] ?? { ...readStyle(undefined, fonts), start: 0, end: 0 };
  return {
    kind: 'text',
    text,
    ...style,
    justification: JUSTIFICATIONS[numberOf(cosAt(paragraph, '0'), 0)] ?? 'LEFT_JUSTIFY',
    boxText: box !== null,
    boxTextSize: box && [box.width, box.height],
    boxTextPos: box && [box.left, box.top],
    runs,
  };
}

/**
 * Character style, by key: 0 font, 1 size, 2 and 3 faux bold and italic, 4 automatic leading, 5 leading, 6 and 7 scales
 * (1 is 100 %), 8 tracking, 9 baseline shift, 12 caps, 13 baseline, 53 and 54 paint of fill and stroke (colour at
 * `0.1`: alpha, red, green, blue), 56 and 57 whether they are painted, 58 stroke over fill, 63 stroke width.
 */
function readStyle(style: CosValue | undefined, fonts: readonly string[]): CharacterStyle {
  const number = (key: string, otherwise: number) => numberOf(cosAt(style, key), otherwise);
  const flag = (key: string, otherwise = false) => {
    const value = cosAt(style, key);
    return typeof value === 'boolean' ? value : otherwise;
  };
  const autoLeading = flag('4', true);
  return {
    font: fonts[number('0', 0)] ?? '',
    fontSize: number('1', 12),
    fauxBold: flag('2'),
    fauxItalic: flag('3'),
    caps: (['normal', 'small', 'all'] as const)[number('12', 0)] ?? 'normal',
    baseline: (['normal', 'superscript', 'subscript'] as const)[number('13', 0)] ?? 'normal',
    autoLeading,
    leading: autoLeading ? null : number('5', 0),
    tracking: number('8', 0),
    baselineShift: number('9', 0),
    horizontalScale: number('6', 1) * 100,
    verticalScale: number('7', 1) * 100,
    applyFill: flag('56', true),
    fillColor: colorOf(cosAt(style, '53', '0', '1')),
    applyStroke: flag('57'),
    strokeColor: colorOf(cosAt(style, '54', '0', '1')),
    strokeWidth: number('63', 0),
    strokeOverFill: flag('58'),
  };
}

function colorOf(argb: CosValue | undefined): [number, number, number] {
  return [numberOf(cosAt(argb, 1), 0), numberOf(cosAt(argb, 2), 0), numberOf(cosAt(argb, 3), 0)];
}

function boundsOf(outline: readonly CosValue[]): { left: number; top: number; width: number; height: number } | null {
  if (outline.length < 2) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const x = numberOf(outline[at], 0);
    const y = numberOf(outline[at + 1], 0);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { left, top, width: right - left, height: bottom - top };
}

function arrayAt(value: CosValue, ...path: (string | number)[]): CosValue[] {
  const found = cosAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

function numberOf(value: CosValue | undefined, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function stringOf(value: CosValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
