import type { LottieDocument, LottieFont } from './document.ts';

/** A glyph that is written in the document. */
export interface LottieGlyph {
  /** Em. */
  advance: number;
  /** One group of paths, in hundredths of an em; none of a space. */
  shapes: object[];
}

/**
 * The glyphs that a document brings for one of its fonts, by their characters (`chars`): an exporter wrote the outlines
 * that it had. Source: the Lottie specification, "Glyphs".
 */
export function glyphsOf({ chars }: LottieDocument, { fFamily, fStyle }: LottieFont): Map<string, LottieGlyph> {
  const glyphs = new Map<string, LottieGlyph>();
  for (const entry of Array.isArray(chars) ? chars.filter(isNode) : []) {
    if (typeof entry.ch !== 'string' || entry.fFamily !== fFamily || (entry.style ?? '') !== fStyle) continue;
    const advance = typeof entry.w === 'number' ? entry.w / 100 : 0;
    glyphs.set(entry.ch, { advance, shapes: pathsOf(isNode(entry.data) ? entry.data.shapes : []) });
  }
  return glyphs;
}

/** Bodymovin writes the transform of a group as well, which is always none. */
function pathsOf(shapes: unknown): object[] {
  const paths: object[] = [];
  const visit = (list: unknown): void => {
    for (const item of Array.isArray(list) ? list.filter(isNode) : []) {
      if (item.ty === 'sh' && isNode(item.ks)) paths.push({ ty: 'sh', ks: item.ks });
      else visit(item.it);
    }
  };
  visit(shapes);
  return paths.length === 0 ? [] : [{ ty: 'gr', it: paths }];
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
