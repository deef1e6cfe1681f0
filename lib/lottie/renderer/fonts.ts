import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { bestMatch, type FontSource, findFonts } from '../../fonts/choose.ts';
import { facesIn, systemFontFolders } from '../../fonts/folders.ts';
import {
  type AvailableFont,
  CharacterSet,
  type FontFile,
  type FontPlace,
  faceNumber,
  fontNamed,
  instanceNumber,
} from '../../fonts/font.ts';
import { faceBytes, OWN_FONTS } from '../../fonts/font-bytes.ts';
import { type ReadFontFace, readFontFaces } from '../../fonts/font-file.ts';
import { readManifest } from '../../fonts/manifest.ts';
import { replacementFor } from '../../fonts/replacement.ts';
import type { LottieDocument, LottieFont } from '../document/index.ts';

/** A face in a font file. */
export interface FontPosition {
  path: string;
  index: number;
}

/** The file that a font of the document is drawn with. */
export interface ChosenFont extends FontPosition {
  weight: number;
  /** The document asks for another one, which is missing. */
  isReplacement: boolean;
  /** Characters that are known to be in it. */
  covers: string;
}

/**
 * The fonts of a document. In a job of the engine, the manifest beside the project says which file serves which font;
 * run by hand, they are looked for beside the project (`fonts/`), among the package's own, and in the system.
 */
export class ProjectFonts {
  readonly sources: readonly FontSource[];
  readonly #manifest: readonly FontFile[] | null;
  readonly #known = new Map<FontPlace, AvailableFont[]>();
  /** The characters of fonts that were read, until they are asked for. */
  readonly #written = new Map<string, string>();
  readonly #chosen = new Map<string, ChosenFont>();

  private constructor(projectFolder: string, manifest: FontFile[] | null) {
    this.#manifest = manifest;
    const source = (place: FontPlace, folders: readonly string[]): FontSource => ({
      place,
      fonts: async () => this.#known.get(place) ?? (await this.#read(place, folders)),
    });
    this.sources = [
      source('beside', [join(projectFolder, 'fonts')]),
      source('own', [OWN_FONTS]),
      // What a job needs of the system was chosen when it was created, and lies beside the project.
      ...(manifest === null ? [source('system', systemFontFolders(process.platform, homedir()))] : []),
    ];
  }

  static async open(projectFolder: string): Promise<ProjectFonts> {
    return new ProjectFonts(projectFolder, await readManifest(projectFolder));
  }

  /** Decides the file of each of these fonts of the document. */
  async choose(document: LottieDocument, names: Iterable<string>): Promise<ReadonlyMap<string, ChosenFont>> {
    const byName = new Map(document.fonts?.list.map((font) => [font.fName, font]));
    for (const name of names) await this.#choose(byName.get(name) ?? listedFont(name));
    return this.#chosen;
  }

  /** Reads all fonts that a text may be set in, for a script, which cannot wait for one. */
  async readAll(document: LottieDocument): Promise<void> {
    for (const { fonts } of this.sources) await fonts();
    await this.choose(document, document.fonts?.list.map(({ fName }) => fName) ?? []);
  }

  /** The file that a text is drawn with, as far as fonts have been read. */
  fileOf(name: string): FontPosition | null {
    const { family, style } = fontNamed(name);
    const available = this.available();
    const font = this.#chosen.get(name) ?? this.#decided(name) ?? bestMatch({ name, family, style }, available);
    return font ?? available.find((face) => face.family === 'Inter') ?? null;
  }

  /** Reads the fonts beside the project and the package's own, of which single characters may be drawn. */
  async readNear(): Promise<void> {
    for (const { place, fonts } of this.sources) if (place !== 'system') await fonts();
  }

  /** The fonts that have been read. */
  available(): AvailableFont[] {
    return [...this.#known.values()].flat();
  }

  /** In a job, those that were chosen when it was created; null if they are to be chosen here. */
  get plannedSubstitutes(): AvailableFont[] | null {
    if (this.#manifest === null) return null;
    const available = this.available();
    return this.#manifest
      .filter(({ names, replaces }) => names.length + replaces.length === 0)
      .flatMap((file) => available.find((font) => keyOf(font) === keyOf(file)) ?? []);
  }

  /** Whether a font of the document has all of these characters. */
  async hasAll(font: ChosenFont, characters: readonly string[]): Promise<boolean> {
    const open = characters.filter((character) => !font.covers.includes(character));
    if (open.length === 0) return true;
    const known = await this.charactersOf(font);
    return open.every((character) => known.has(character.codePointAt(0) ?? 0));
  }

  /** The characters of a font. */
  async charactersOf(font: FontPosition): Promise<CharacterSet> {
    const read = async () => (await readFontFaces(font.path))[faceNumber(font.index)]?.characters ?? '';
    return CharacterSet.parse(this.writtenCharacters(font) ?? (await read()));
  }

  /** The same, as they are written down, of a font that has been read; else null. */
  writtenCharacters(font: FontPosition): string | null {
    return this.#written.get(keyOf(font)) ?? null;
  }

  async #choose({ fName: name, fFamily: family, fStyle: style }: LottieFont): Promise<void> {
    if (this.#chosen.has(name)) return;
    const decided = this.#decided(name);
    if (decided !== undefined) {
      this.#chosen.set(name, chosenFont(decided, decided.replaces.includes(name)));
      return;
    }
    const wanted = { name, family, style };
    const { found } = await findFonts([wanted], this.sources);
    // A text whose font is missing would not be drawn at all.
    const font = found[0] ?? (await replacementFor(wanted, this.sources));
    if (font === null) return;
    this.#chosen.set(name, chosenFont(font, found.length === 0));
  }

  #decided(name: string): FontFile | undefined {
    return this.#manifest?.find(({ names, replaces }) => names.includes(name) || replaces.includes(name));
  }

  async #read(place: FontPlace, folders: readonly string[]): Promise<AvailableFont[]> {
    const faces = await (place === 'beside' ? facesInAll(folders) : lastingFaces(folders));
    for (const face of faces) this.#written.set(keyOf(face), face.characters);
    const fonts = faces.map(({ characters: _, ...face }) => ({ ...face, fileName: basename(face.path) }));
    this.#known.set(place, fonts);
    return fonts;
  }
}

/** A named instance that cannot be made is drawn as its font is, which is another one. */
function chosenFont(
  { path, index, weight, covers = '' }: FontPosition & { weight: number; covers?: string },
  isReplacement: boolean,
): ChosenFont {
  const isOther = instanceNumber(index) > 0 && faceBytes({ path, index }).isOther === true;
  return { path, index, weight, isReplacement: isReplacement || isOther, covers };
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

/** Tells faces apart. */
export function keyOf({ path, index }: FontPosition): string {
  return `${path}\0${index}`;
}

/** A font by its PostScript name, as a document lists it. */
export function listedFont(name: string): LottieFont {
  const { family, style } = fontNamed(name);
  return { fName: name, fFamily: family, fStyle: style };
}
