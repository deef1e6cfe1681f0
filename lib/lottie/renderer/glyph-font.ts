import { STYLE } from './draw-texts.ts';

/**
 * A font of a document whose glyphs are written in the document itself (`chars`), as Bodymovin writes them: Skia draws it
 * as it does a font file, with animators, strokes and paths. Its characters are those of one text font, and clusters of
 * other fonts under code points that no writing system uses.
 *
 * Source: Skia's `modules/skottie/src/text/Font.cpp`, which takes a character of the first 65,536 as the number of a
 * glyph, its outline in hundredths of an em, or a composition.
 */
export interface GlyphEntry {
  ch: string;
  fFamily: string;
  style: string;
  size: number;
  /** The advance, in hundredths of an em. */
  w: number;
  /** 1: the glyph may be a composition. If one is, Skia looks for fonts in the document before it looks at files. */
  t: 1;
  data: object;
}

/** What is drawn for a glyph: shapes in hundredths of an em, or a layer that shows a composition. */
export type GlyphDrawing = { shapes: object[] } | { layer: object };

const FIRST_PRIVATE = 0xe000;
const LAST_PRIVATE = 0xf8ff;

export class GlyphFont {
  readonly name: string;
  readonly ascent: number;
  readonly entries: GlyphEntry[] = [];
  readonly #characters = new Map<string, string>();
  readonly #taken = new Set<string>();
  #next = FIRST_PRIVATE;

  /** `ascent`: percent of the size. */
  constructor(name: string, ascent: number) {
    this.name = name;
    this.ascent = ascent;
  }

  /** How many more glyphs fit in. */
  get room(): number {
    return LAST_PRIVATE + 1 - this.#next;
  }

  /**
   * The character of a glyph, which `key` tells from others. It is `own` if that is given and free: of letters that need
   * no shaping, so that Skia still knows where a line may be broken.
   */
  characterOf(key: string, own: string | null, advance: number, draw: () => GlyphDrawing): string {
    const known = this.#characters.get(key);
    if (known !== undefined) return known;
    const character = own !== null && !this.#taken.has(own) ? own : String.fromCharCode(this.#next++);
    this.#characters.set(key, character);
    this.#taken.add(character);
    const drawing = draw();
    this.entries.push({
      ...{ ch: character, fFamily: this.name, style: STYLE, size: 100, w: advance * 100, t: 1 },
      data: 'layer' in drawing ? drawing.layer : drawing.shapes.length === 0 ? {} : drawing,
    });
    return character;
  }

  /** As a document lists it. */
  get listed() {
    return { fName: this.name, fFamily: this.name, fStyle: STYLE, ascent: this.ascent };
  }
}
