import { chooseSubstitutes, type SetText, type TextFont } from '../../fonts/choose.ts';
import { type AvailableFont, CharacterSet } from '../../fonts/font.ts';
import { canDraw, isEmoji, isPrivate } from '../../fonts/writing-systems.ts';
import type { LottieFont } from '../document/index.ts';
import { type ChosenFont, type FontPosition, keyOf, type ProjectFonts } from './fonts.ts';
import { ShapingFont } from './shaping-font.ts';

/** The fonts of a document as HarfBuzz opens them: for texts that Skia cannot draw by itself, and to measure texts. */
export class ShapingFonts {
  readonly #fonts: ProjectFonts;
  readonly #faces = new Map<string, ShapingFont>();
  readonly #characters = new Map<string, CharacterSet>();
  readonly #found = new Map<string, ShapingFont | null>();
  #substitutes: readonly AvailableFont[];

  private constructor(fonts: ProjectFonts) {
    this.#fonts = fonts;
    this.#substitutes = fonts.plannedSubstitutes ?? [];
  }

  static async open(fonts: ProjectFonts): Promise<ShapingFonts> {
    await fonts.readNear();
    return new ShapingFonts(fonts);
  }

  /** The font that a text is drawn with, as far as fonts have been read. */
  face(name: string): ShapingFont | null {
    const file = this.#fonts.fileOf(name);
    return file === null ? null : this.#open(file);
  }

  /** Finds fonts for the characters that the fonts of these texts lack; answers a sentence about each kind of them. */
  async findSubstitutes(
    texts: readonly SetText[],
    fonts: readonly LottieFont[],
    chosenFonts: ReadonlyMap<string, ChosenFont>,
  ): Promise<string[]> {
    // In a job, `create` found them, and warned.
    if (this.#fonts.plannedSubstitutes !== null) return [];
    const textFonts = fonts.flatMap(({ fName, fFamily, fStyle }): TextFont[] => {
      const chosen = chosenFonts.get(fName);
      if (chosen === undefined) return [];
      const fullName = `${fFamily || fName} ${fStyle}`.trim();
      const { isColored: colored } = this.#open(chosen);
      return [{ fullName, names: [fName], weight: chosen.weight, colored, characters: this.#charactersOf(chosen) }];
    });
    const characterSetOf = (font: AvailableFont) => this.#charactersOf(font);
    const found = await chooseSubstitutes({ texts, fonts: textFonts, sources: this.#fonts.sources, characterSetOf });
    this.#substitutes = found.fonts;
    this.#found.clear();
    return found.warnings;
  }

  /** The font for one character of a text, with all that belongs to it: its own, or else another; null if none has it. */
  faceFor(character: string, own: { face: ShapingFont; weight: number }): ShapingFont | null {
    const key = `${keyOf(own.face)} ${own.weight} ${character}`;
    let face = this.#found.get(key);
    if (face === undefined) {
      face = this.#findFace(character, own);
      this.#found.set(key, face);
    }
    return face;
  }

  #findFace(character: string, own: { face: ShapingFont; weight: number }): ShapingFont | null {
    const inColor = isEmoji(character);
    const hasOwn = canDraw(character, (code) => own.face.has(code));
    if (!inColor && hasOwn) return own.face;
    if ([...character].some(isPrivate)) return null;
    const able = [...this.#substitutes, ...this.#fonts.available()].filter((font) => {
      const characters = this.#charactersOf(font);
      return canDraw(character, (code) => characters.has(code));
    });
    const first = (inColor ? able.find(({ colored }) => colored) : undefined) ?? able[0];
    if (first === undefined || (inColor && !first.colored && hasOwn)) return hasOwn ? own.face : null;
    const distance = ({ weight }: AvailableFont) => Math.abs(weight - own.weight);
    const nearest = able
      .filter(({ family, italic }) => family === first.family && italic === first.italic)
      .reduce((best, font) => (distance(font) < distance(best) ? font : best), first);
    return this.#open(nearest);
  }

  #open(font: FontPosition): ShapingFont {
    const face = this.#faces.get(keyOf(font)) ?? ShapingFont.open(font);
    this.#faces.set(keyOf(font), face);
    return face;
  }

  #charactersOf(font: FontPosition): CharacterSet {
    const known =
      this.#characters.get(keyOf(font)) ??
      CharacterSet.parse(this.#fonts.writtenCharacters(font) ?? this.#open(font).characters);
    this.#characters.set(keyOf(font), known);
    return known;
  }
}
