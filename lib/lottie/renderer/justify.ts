import type { GlyphStyle } from './styled-glyphs.ts';
import type { LaidCluster, TextFace } from './text-layout.ts';

/** A glyph in its place on a line, as it looks there. */
export interface StyledCluster<Face extends TextFace> extends LaidCluster<Face> {
  style: GlyphStyle;
}

/**
 * `j` of a text whose lines are as wide as its box: where the last line of a paragraph is.
 * Source: the Lottie specification, "Text justify".
 */
const LAST_LINES: Readonly<Record<number, 'left' | 'right' | 'middle' | 'both'>> = {
  3: 'left',
  4: 'right',
  5: 'middle',
  6: 'both',
};

/** Skia sets lines to the left, to the right and in the middle only. */
export function isJustified(j: number | undefined): boolean {
  return j !== undefined && j in LAST_LINES;
}

/**
 * Makes a line of a justified text as wide as its box, by the spaces in it; Chinese and Japanese are widened between their
 * characters. `slack` is how much is left of the box, in em. Returns what is to be left empty before the line.
 */
export function justify<Face extends TextFace>(
  line: readonly StyledCluster<Face>[],
  { j, slack, isLast }: { j: number; slack: number; isLast: boolean },
): number {
  const side = isLast ? LAST_LINES[j] : 'both';
  if (slack <= 0 || side === 'left') return 0;
  if (side === 'right') return slack;
  if (side === 'middle') return slack / 2;
  // What is before a gap becomes wider: a space stays one for animators that go by words.
  const before = line.filter((cluster, at) => isGap(cluster, line[at + 1]));
  for (const cluster of before)
    cluster.style = { ...cluster.style, space: cluster.style.space + slack / before.length };
  return 0;
}

const IDEOGRAPHIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

function isGap(one: { text: string }, next: { text: string } | undefined): boolean {
  if (next === undefined) return false;
  if (next.text.trim() === '') return true;
  return one.text.trim() !== '' && (IDEOGRAPHIC.test(one.text) || IDEOGRAPHIC.test(next.text));
}
