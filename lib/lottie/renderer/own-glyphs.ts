import { glyphsOf, type LottieDocument, type LottieFont, type LottieGlyph } from '../document/index.ts';
import type { GlyphCluster } from './shaping-font.ts';

/** The glyphs that a document brings for one of its fonts, as a font that can be laid out. */
export class OwnGlyphs {
  readonly #glyphs: ReadonlyMap<string, LottieGlyph>;

  private constructor(glyphs: ReadonlyMap<string, LottieGlyph>) {
    this.#glyphs = glyphs;
  }

  /** Null if the document has none for this font. */
  static of(document: LottieDocument, font: LottieFont): OwnGlyphs | null {
    const glyphs = glyphsOf(document, font);
    return glyphs.size === 0 ? null : new OwnGlyphs(glyphs);
  }

  has(character: string): boolean {
    return this.#glyphs.has(character);
  }

  /** One cluster for each character that it has: they were drawn one by one when they were exported. */
  shape(text: string, start: number, length: number, direction: 'ltr' | 'rtl'): GlyphCluster[] {
    const clusters: GlyphCluster[] = [];
    let at = start;
    for (const character of text.slice(start, start + length)) {
      const glyph = this.#glyphs.get(character);
      const id = character.codePointAt(0) ?? 0;
      if (glyph !== undefined) clusters.push({ start: at, glyphs: [{ id, x: 0, y: 0 }], advance: glyph.advance });
      at += character.length;
    }
    return direction === 'rtl' ? clusters.reverse() : clusters;
  }

  shapes({ glyphs }: GlyphCluster): object[] {
    return glyphs.flatMap(({ id }) => this.#glyphs.get(String.fromCodePoint(id))?.shapes ?? []);
  }
}
