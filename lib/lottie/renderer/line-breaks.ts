import { hasRightToLeft } from '../../fonts/writing-systems.ts';
import type { LottieText } from '../object-model/text-document.ts';

/** Writing systems that put no space between words: where a line may be broken, a dictionary says. */
const WITHOUT_SPACES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const words = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The lines of a text in a box that has to be broken here: once its glyphs are in the order in which they are drawn,
 * Skia would put the end of a line that is read from the right above its beginning, and it has no dictionaries. All other
 * texts are one line, which Skia breaks. `widthOf` is in em.
 */
export function brokenLines(
  line: string,
  { sz, s: size = 0, tr: tracking = 0 }: LottieText,
  widthOf: (part: string) => number,
): string[] {
  if (!Array.isArray(sz) || size <= 0 || !(hasRightToLeft(line) || WITHOUT_SPACES.test(line))) return [line];
  const room = (Number(sz[0]) / size) * ALMOST_ALL;
  const width = (part: string) => widthOf(part) + (tracking / 1_000) * Math.max(0, [...part].length - 1);
  const lines: string[] = [];
  let current = '';
  for (const piece of piecesOf(line)) {
    if (current !== '' && width((current + piece).trimEnd()) > room) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += current === '' ? piece.trimStart() : piece;
  }
  return [...lines, current];
}

/** Rounding must not make a line too long for its box. */
export const ALMOST_ALL = 0.999;

/** Parts of a line that are not broken: words with the spaces and signs after them. */
export function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  for (const { segment, isWordLike } of words.segment(line)) {
    const last = pieces.at(-1);
    const begins = isWordLike === true && (last === undefined || /\s$/.test(last) || WITHOUT_SPACES.test(segment));
    if (last === undefined || begins) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}
