import cssLineBreak from 'css-line-break';
import { charactersOf } from '../../fonts/writing-systems.ts';

// The package is CommonJS, and its names are seen as members of it only.
const { LineBreaker } = cssLineBreak;

/** A part of a text, in UTF-16. */
export interface Stretch {
  start: number;
  end: number;
}

/** Writing systems that put no space between words: where a line may be broken, a dictionary says. */
const WITHOUT_SPACES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const words = new Intl.Segmenter('und', { granularity: 'word' });

/** Rounding must not make a line too long for its box. */
const ROUNDING = 1e-6;

/**
 * Breaks a paragraph into lines that are no wider than `room`, where Unicode Standard Annex 14 allows it; a word that is
 * wider than a line is broken between its characters. The spaces at which a line was broken are on none. `widthOf` is asked
 * for a part at the end of a line, and for one that more stands behind.
 */
export function brokenLines(
  text: string,
  room: number,
  widthOf: (part: Stretch, isAtEnd: boolean) => number,
): Stretch[] {
  const most = room * (1 + ROUNDING);
  const lines: Stretch[] = [];
  let start = 0;
  let width = 0;
  const breakAt = (at: number): void => {
    lines.push({ start, end: start + text.slice(start, at).trimEnd().length });
    start = at;
    width = 0;
  };
  for (const { start: from, end } of piecesOf(text)) {
    const letters = { start: from, end: from + text.slice(from, end).trimEnd().length };
    const needed = widthOf(letters, true);
    if (from > start && width + needed > most) breakAt(from);
    if (needed <= most) {
      width += widthOf({ start: from, end }, false);
      continue;
    }
    let at = from;
    for (const character of charactersOf(text.slice(from, end))) {
      const one = { start: at, end: at + character.length };
      if (at > start && at < letters.end && width + widthOf(one, true) > most) breakAt(at);
      width += widthOf(one, false);
      at += character.length;
    }
  }
  return [...lines, { start, end: text.length }];
}

/** The parts of a text between the places where a line may be broken: words with the spaces and signs after them. */
function piecesOf(text: string): Stretch[] {
  const ends = new Set<number>();
  let at = 0;
  const breaker = LineBreaker(text, { lineBreak: 'normal', wordBreak: 'normal' });
  for (let next = breaker.next(); next.done !== true; next = breaker.next()) {
    at += next.value.slice().length;
    ends.add(at);
  }
  if (WITHOUT_SPACES.test(text)) {
    let before = '';
    for (const { segment, index } of words.segment(text)) {
      if (WITHOUT_SPACES.test(segment) && WITHOUT_SPACES.test(before)) ends.add(index);
      before = segment;
    }
  }
  // The annex's rules are of another version of Unicode than the one that says what a character is.
  const pieces: Stretch[] = [];
  let start = 0;
  let end = 0;
  for (const character of charactersOf(text)) {
    end += character.length;
    if (!ends.has(end) && end < text.length) continue;
    pieces.push({ start, end });
    start = end;
  }
  return pieces;
}
