import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { CharacterSet } from '../../fonts/character-set.ts';
import { bestMatch, type FontSource, findFonts, replacementFor } from '../../fonts/find.ts';
import { OWN_FONTS, systemFontFolders } from '../../fonts/folders.ts';
import { type AvailableFont, type FontFile, type FontPlace, fontNamed } from '../../fonts/font.ts';
import type { ReadFontFace } from '../../fonts/font-file.ts';
import { readManifest } from '../../fonts/manifest.ts';
import { facesIn } from '../../fonts/scan.ts';
import { chooseSubstitutes, type TextFont } from '../../fonts/substitutes.ts';
import { isEmoji, isInvisible, isPrivate } from '../../fonts/writing-systems.ts';
import type { LottieDocument, LottieFont } from '../document/index.ts';
import { ShapingFont } from './shaping-font.ts';

/** The file that a font of the document is drawn with. */
export interface ChosenFont {
  path: string;
  index: number;
  weight: number;
  /** The document asks for another one, which is missing. */
  isReplacement: boolean;
}

/**
 * The fonts of a document. In a job of the engine, the manifest beside the project says which file serves which font;
 * run by hand, they are looked for beside the project (`fonts/`), among the package's own, and in the system.
 */
export class ProjectFonts {
  readonly #manifest: readonly FontFile[];
  readonly #sources: readonly FontSource[];
  readonly #known = new Map<FontPlace, AvailableFont[]>();
  readonly #characters = new Map<string, CharacterSet>();
  /** The characters of fonts that were read, until they are asked for. */
  readonly #written = new Map<string, string>();
  readonly #chosen = new Map<string, ChosenFont>();
  readonly #faces = new Map<string, ShapingFont>();
  #substitutes: readonly AvailableFont[] = [];
  readonly #found = new Map<string, ShapingFont | null>();

  private constructor(projectFolder: string, manifest: FontFile[] | null) {
    this.#manifest = manifest ?? [];
    const source = (place: FontPlace, folders: readonly string[]): FontSource => ({
      place,
      fonts: async () => this.#known.get(place) ?? (await this.#read(place, folders)),
    });
    this.#sources = [
      source('beside', [join(projectFolder, 'fonts')]),
      source('own', [OWN_FONTS]),
      // What a job needs of the system was chosen when it was created, and lies beside the project.
      ...(manifest === null ? [source('system', systemFontFolders(process.platform, homedir()))] : []),
    ];
  }

  static async open(projectFolder: string): Promise<ProjectFonts> {
    const fonts = new ProjectFonts(projectFolder, await readManifest(projectFolder));
    for (const { place, fonts: read } of fonts.#sources) if (place !== 'system') await read();
    const available = fonts.#available();
    fonts.#substitutes = fonts.#manifest
      .filter(({ names, replaces }) => names.length + replaces.length === 0)
      .flatMap((file) => available.find((font) => keyOf(font) === keyOf(file)) ?? []);
    return fonts;
  }

  /** Decides the file of each of these fonts of the document. */
  async choose(document: LottieDocument, names: Iterable<string>): Promise<ReadonlyMap<string, ChosenFont>> {
    const byName = new Map(document.fonts?.list.map((font) => [font.fName, font]));
    for (const name of names) await this.#choose(byName.get(name) ?? listedFont(name));
    return this.#chosen;
  }

  /** Reads all fonts that a text may be set in, for a script, which cannot wait for one. */
  async readAll(document: LottieDocument): Promise<void> {
    for (const { fonts } of this.#sources) await fonts();
    await this.choose(document, document.fonts?.list.map(({ fName }) => fName) ?? []);
  }

  /** The font that a text is drawn with, as far as fonts have been read. */
  face(name: string): ShapingFont | null {
    const { family, style } = fontNamed(name);
    const font = this.#chosen.get(name) ?? this.#decided(name) ?? bestMatch({ name, family, style }, this.#available());
    const any = font ?? this.#available().find((face) => face.family === 'Inter') ?? null;
    return any === null ? null : this.#open(any);
  }

  /** Finds fonts for the characters that the fonts of these texts lack; answers a sentence about each kind of them. */
  async findSubstitutes(texts: readonly string[], fonts: readonly LottieFont[]): Promise<string[]> {
    // In a job, `create` found them, and warned.
    if (!this.#sources.some(({ place }) => place === 'system')) return [];
    const textFonts = fonts.flatMap(({ fName, fFamily, fStyle }): TextFont[] => {
      const chosen = this.#chosen.get(fName);
      if (chosen === undefined) return [];
      const fullName = `${fFamily || fName} ${fStyle}`.trim();
      return [{ fullName, weight: chosen.weight, characters: this.#charactersOf(chosen) }];
    });
    const charactersOf = (font: AvailableFont) => this.#charactersOf(font);
    const found = await chooseSubstitutes({ texts, fonts: textFonts, sources: this.#sources, charactersOf });
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
    const visible = [...character].filter((part) => !isInvisible(part));
    const inColor = isEmoji(character);
    if (!inColor && visible.every((part) => own.face.has(part))) return own.face;
    if (visible.some(isPrivate)) return null;
    const able = [...this.#substitutes, ...this.#available()].filter((font) =>
      visible.every((part) => this.#charactersOf(font).has(part.codePointAt(0) ?? 0)),
    );
    const rank = (font: AvailableFont) =>
      (inColor && !font.colored ? 2 : 0) + (Math.abs(font.weight - own.weight) > NEAR_WEIGHT ? 1 : 0);
    const best = able.reduce<AvailableFont | null>(
      (found, font) => (found === null || rank(font) < rank(found) ? font : found),
      null,
    );
    if (best !== null && !(inColor && !best.colored && visible.every((part) => own.face.has(part))))
      return this.#open(best);
    return visible.every((part) => own.face.has(part)) ? own.face : null;
  }

  async #choose({ fName: name, fFamily: family, fStyle: style }: LottieFont): Promise<void> {
    if (this.#chosen.has(name)) return;
    const decided = this.#decided(name);
    if (decided !== undefined) {
      const { path, index, weight } = decided;
      this.#chosen.set(name, { path, index, weight, isReplacement: decided.replaces.includes(name) });
      return;
    }
    const wanted = { name, family, style };
    const { found } = await findFonts([wanted], this.#sources);
    // A text whose font is missing would not be drawn at all.
    const font = found[0] ?? (await replacementFor(wanted, this.#sources));
    if (font === null) return;
    const { path, index, weight } = font;
    this.#chosen.set(name, { path, index, weight, isReplacement: found.length === 0 });
  }

  #decided(name: string): FontFile | undefined {
    return this.#manifest.find(({ names, replaces }) => names.includes(name) || replaces.includes(name));
  }

  #available(): AvailableFont[] {
    return [...this.#known.values()].flat();
  }

  #open(font: { path: string; index: number }): ShapingFont {
    const face = this.#faces.get(keyOf(font)) ?? ShapingFont.open(font.path, font.index);
    this.#faces.set(keyOf(font), face);
    return face;
  }

  #charactersOf(font: { path: string; index: number }): CharacterSet {
    const known =
      this.#characters.get(keyOf(font)) ??
      CharacterSet.parse(this.#written.get(keyOf(font)) ?? this.#open(font).characters);
    this.#characters.set(keyOf(font), known);
    return known;
  }

  async #read(place: FontPlace, folders: readonly string[]): Promise<AvailableFont[]> {
    const faces = await (place === 'beside' ? facesInAll(folders) : lastingFaces(folders));
    for (const face of faces) this.#written.set(keyOf(face), face.characters);
    const fonts = faces.map(({ characters: _, ...face }) => ({ ...face, fileName: basename(face.path) }));
    this.#known.set(place, fonts);
    return fonts;
  }
}

/** The fonts of the package and of the system stay as they are while this process runs. */
const lasting = new Map<string, Promise<ReadFontFace[]>>();

function lastingFaces(folders: readonly string[]): Promise<ReadFontFace[]> {
  const faces = lasting.get(folders.join('\0')) ?? facesInAll(folders);
  lasting.set(folders.join('\0'), faces);
  return faces;
}

async function facesInAll(folders: readonly string[]): Promise<ReadFontFace[]> {
  return (await Promise.all(folders.map(facesIn))).flat();
}

/** Less than from regular to bold. */
const NEAR_WEIGHT = 150;

function keyOf({ path, index }: { path: string; index: number }): string {
  return `${path}\0${index}`;
}

/** A font by its PostScript name, as a document lists it. */
export function listedFont(name: string): LottieFont {
  const { family, style } = fontNamed(name);
  return { fName: name, fFamily: family, fStyle: style };
}
