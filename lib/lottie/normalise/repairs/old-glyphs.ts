import type { LottieDocument } from '../../document/index.ts';
import { isNode, mapped, type Node, withValue } from '../tree.ts';
import { isOlder } from './version.ts';

/**
 * Before 4.7.99 the handles in the outlines of glyphs (`chars`) were points, and not relative to their vertices; and a glyph
 * had a second group, with itself once more beside it, of which players drew nothing. Sources: lottie-web, `data_manager`,
 * "checkChars"; exports of 4.5 to 4.7.
 */
export function repairOldGlyphs(document: LottieDocument): LottieDocument {
  if (!Array.isArray(document.chars) || !isOlder(document, [4, 7, 99])) return document;
  return withValue(document, 'chars', mapped(document.chars as unknown[], glyph));
}

function glyph(entry: unknown): unknown {
  if (!isNode(entry) || !isNode(entry.data) || !Array.isArray(entry.data.shapes)) return entry;
  return withValue(entry, 'data', withValue(entry.data, 'shapes', items(entry.data.shapes.slice(0, 1))));
}

function items(list: readonly unknown[]): unknown[] {
  return mapped(list, (item) => {
    if (!isNode(item)) return item;
    if (Array.isArray(item.it)) return withValue(item, 'it', items(item.it));
    if (item.ty !== 'sh' || !isNode(item.ks) || !isNode(item.ks.k)) return item;
    return { ...item, ks: { ...item.ks, k: relative(item.ks.k) } };
  });
}

function relative(path: Node): Node {
  const { v } = path;
  if (!Array.isArray(v)) return path;
  const from = (handles: unknown) =>
    Array.isArray(handles) ? handles.map((handle, place) => minus(handle, v[place])) : handles;
  return { ...path, i: from(path.i), o: from(path.o) };
}

function minus(point: unknown, from: unknown): unknown {
  if (!Array.isArray(point) || !Array.isArray(from)) return point;
  return point.map((part, axis) => (typeof part === 'number' ? part - (Number(from[axis]) || 0) : part));
}
