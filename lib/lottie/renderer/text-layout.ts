import bidiFactory, { type Bidi } from 'bidi-js';
import type { GlyphCluster } from './shaping-font.ts';

/** A font that can shape a part of a text. */
export interface TextFace {
  shape(text: string, start: number, length: number, direction: 'ltr' | 'rtl'): GlyphCluster[];
}

/** A cluster of glyphs in its place on a line, and what it stands for. */
export interface LaidCluster<Face extends TextFace> {
  face: Face;
  cluster: GlyphCluster;
  text: string;
  isRightToLeft: boolean;
}

// The package is CommonJS, and its types speak of its other form.
const bidi = (bidiFactory as unknown as () => Bidi)();
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });

interface Run<Face> {
  start: number;
  end: number;
  face: Face;
  script: string | null;
  level: number;
}

/** How a line is part of a paragraph. */
interface LinePlace {
  /** The line within the text; left out, it is the whole text. */
  start?: number;
  end?: number;
  /** Those of the whole paragraph: a line of it may begin with letters that are read the other way. */
  levels?: Uint8Array;
  /** Whether something else begins at an index, so that what is before it is shaped apart. */
  beginsAt?: (index: number) => boolean;
}

/** The level of each UTF-16 unit of a paragraph: what is odd is read from the right. Its first letter decides of the rest. */
export function levelsOf(paragraph: string): Uint8Array {
  return bidi.getEmbeddingLevels(paragraph, 'auto').levels;
}

/**
 * Lays out a line: the clusters of its glyphs in the order in which they are drawn, from the left to the right. `faceFor`
 * says which font draws a character.
 *
 * Sources: Unicode Standard Annex 9 (bidirectional text), 24 (scripts), 29 (characters).
 */
export function layoutLine<Face extends TextFace>(
  text: string,
  faceFor: (character: string, index: number) => Face,
  { start = 0, end = text.length, levels = levelsOf(text), beginsAt }: LinePlace = {},
): LaidCluster<Face>[] {
  const runs: Run<Face>[] = [];
  for (const { segment, index: offset } of characters.segment(text.slice(start, end))) {
    const index = start + offset;
    const face = faceFor(segment, index);
    const script = scriptOf(segment);
    const level = levels[index] ?? 0;
    const last = runs.at(-1);
    const continues =
      last?.face === face &&
      last.level === level &&
      beginsAt?.(index) !== true &&
      (script === null || last.script === null || last.script === script);
    if (last !== undefined && continues) {
      last.end = index + segment.length;
      last.script ??= script;
    } else runs.push({ start: index, end: index + segment.length, face, script, level });
  }
  return inVisualOrder(runs).flatMap((run) => shaped(text, run));
}

function shaped<Face extends TextFace>(line: string, { face, start, end, level }: Run<Face>): LaidCluster<Face>[] {
  const isRightToLeft = level % 2 === 1;
  const clusters = face.shape(line, start, end - start, isRightToLeft ? 'rtl' : 'ltr');
  const starts = [...new Set(clusters.map((cluster) => cluster.start))].sort((a, b) => a - b);
  return clusters.map((cluster) => {
    const next = starts[starts.indexOf(cluster.start) + 1] ?? end;
    return { face, cluster, text: line.slice(cluster.start, next), isRightToLeft };
  });
}

/** Reverses what is read from the right, from the innermost on. Source: Unicode Standard Annex 9, rule L2. */
function inVisualOrder<Face>(runs: readonly Run<Face>[]): Run<Face>[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let at = 0; at < ordered.length; at += 1) {
      let end = at;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end += 1;
      if (end - at > 1) ordered.splice(at, end - at, ...ordered.slice(at, end).reverse());
      at = Math.max(at, end);
    }
  }
  return ordered;
}

const SCRIPTS = [
  ...['Latin', 'Greek', 'Cyrillic', 'Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Arabic', 'Hebrew', 'Syriac'],
  ...['Thaana', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam'],
  ...['Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer', 'Georgian', 'Armenian', 'Ethiopic', 'Cherokee'],
  ...['Mongolian', 'Canadian_Aboriginal', 'Nko', 'Tifinagh', 'Javanese', 'Balinese', 'Cham'],
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Texts have few different characters, and many of each. */
const knownScripts = new Map<string, string | null>();

/** Null of spaces, digits and signs, which belong to what is around them. */
function scriptOf(character: string): string | null {
  const known = knownScripts.get(character);
  if (known !== undefined) return known;
  const found = SCRIPTS.find(({ pattern }) => pattern.test(character));
  const script = found?.name ?? (/\p{L}/u.test(character) ? 'other' : null);
  knownScripts.set(character, script);
  return script;
}
