import { LAYER_TYPE, type LottieDocument, type LottieLayer } from './document.ts';
import { withLineFeeds } from './line-ends.ts';
import { isAnimated, keyframesOf } from './properties.ts';

/** Any object of the document; what is in it is looked at before it is used. */
type Node = Record<string, unknown>;

type Color = [red: number, green: number, blue: number];

/** A text layer at its first moment, in the terms of After Effects' text documents. */
interface LottieText {
  /** Lines end in LF. */
  text: string;
  /** The `fName` of a font. */
  font: string;
  fontFamily: string;
  fontStyle: string;
  /** Pixels. */
  size: number;
  /** From 0 to 1; null if it is not painted. */
  fill: Color | null;
  stroke: { color: Color; width: number } | null;
  justification: 'left' | 'right' | 'center' | 'justify';
  /** Thousandths of an em. */
  tracking: number;
  /** Pixels between lines; null if it is automatic. */
  leading: number | null;
  /** The box of paragraph text, in pixels of the layer. */
  box: { left: number; top: number; width: number; height: number } | null;
  /** Every font that the layer uses at any time. */
  fonts: string[];
  /** Every character that it shows at any time, once. */
  characters: string;
}

/**
 * `t.d.k` lists the text documents by time; the first one is what the layer begins with. Null of any other layer.
 * Source: the Lottie specification, "Text document".
 */
export function lottieText(document: LottieDocument, layer: LottieLayer): LottieText | null {
  if (layer.ty !== LAYER_TYPE.text) return null;
  const documents = documentsOf(layer);
  const [first] = documents;
  if (first === undefined) return null;
  const font = textOf(first.f);
  const named = document.fonts?.list.find(({ fName }) => fName === font);
  return {
    text: withLineFeeds(textOf(first.t)),
    font,
    fontFamily: named?.fFamily || font,
    fontStyle: named?.fStyle ?? '',
    size: numberOf(first.s) ?? 0,
    fill: colorOf(first.fc),
    stroke: strokeOf(first),
    justification: JUSTIFICATIONS[numberOf(first.j) ?? 0] ?? 'left',
    tracking: numberOf(first.tr) ?? 0,
    leading: numberOf(first.lh) ?? null,
    box: boxOf(first),
    fonts: [...new Set(documents.map(({ f }) => textOf(f)))].filter((name) => name !== ''),
    characters: [...new Set(documents.flatMap(({ t }) => [...textOf(t)]))].join(''),
  };
}

function documentsOf(layer: LottieLayer): Node[] {
  const animated = isNode(layer.t) ? layer.t.d : undefined;
  if (!isAnimated(animated)) return [];
  return keyframesOf(animated).flatMap(({ s }) => (isNode(s) ? [s] : []));
}

/** `j`, from 0; from 3 on justified, by what is done with the last line. */
const JUSTIFICATIONS = ['left', 'right', 'center', 'justify', 'justify', 'justify', 'justify'] as const;

function strokeOf(document: Node): LottieText['stroke'] {
  const color = colorOf(document.sc);
  return color === null ? null : { color, width: numberOf(document.sw) ?? 0 };
}

function boxOf({ sz, ps }: Node): LottieText['box'] {
  if (!Array.isArray(sz)) return null;
  const [left, top] = Array.isArray(ps) ? ps : [0, 0];
  return {
    left: numberOf(left) ?? 0,
    top: numberOf(top) ?? 0,
    width: numberOf(sz[0]) ?? 0,
    height: numberOf(sz[1]) ?? 0,
  };
}

function colorOf(value: unknown): Color | null {
  if (!Array.isArray(value) || value.length < 3) return null;
  return [numberOf(value[0]) ?? 0, numberOf(value[1]) ?? 0, numberOf(value[2]) ?? 0];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
