/** A font by the names that a template has for it. */
export interface NamedFont {
  /** As the texts name it, mostly its PostScript name: `Inter-Bold`. */
  name: string;
  family: string;
  /** Empty if the template does not tell it. */
  style: string;
  /** The characters that the template itself brings glyphs for, if it does: then it needs no file for them. */
  glyphs?: string;
}

/** A font that a job wants: one that a template asks for by its names, or a file that the job itself names. */
export type WantedFont = NamedFont | { fileName: string };

/** What is known of one face of a font file, wherever the file is. */
export interface FaceFacts {
  /** `Inter-Bold`: what After Effects and Lottie name a font by. */
  postScriptName: string;
  /** `Inter`. */
  family: string;
  /** `Bold`. */
  style: string;
  /**
   * The position of the face in its file: a collection has several. A named instance of a variable font has its number,
   * from 1, in the upper 16 bits, as FreeType counts them.
   */
  index: number;
  /** 400 is regular, 700 is bold. */
  weight: number;
  italic: boolean;
  /** It draws in colours of its own: emoji. */
  colored: boolean;
}

const FACE_BITS = 16;

/** The position of a face in its file, by its `index`. */
export function faceNumber(index: number): number {
  return index & (2 ** FACE_BITS - 1);
}

/** The number of a named instance in its variable font, from 1; 0 is the face as it is. */
export function instanceNumber(index: number): number {
  return index >>> FACE_BITS;
}

export function instanceIndex(face: number, instance: number): number {
  return face + instance * 2 ** FACE_BITS;
}

/** One face of a font file. */
export interface FontFace extends FaceFacts {
  path: string;
}

/** A font that is there: the file, and one of the faces in it. */
export interface AvailableFont extends FontFace {
  fileName: string;
}

/** Where a font was found: `beside` the template, in the `folders` of the option `fonts`, or among the package's `own`. */
export type FontPlace = 'library' | 'beside' | 'folders' | 'own' | 'system';

/** A font file that a renderer is to have. Plain data: it is kept in the plan of a job, and crosses a thread. */
export interface FontFile {
  /** Absolute. */
  path: string;
  /** `Inter-Bold.ttf`: what the name of an installed copy ends in. */
  fileName: string;
  /** `Inter Bold`: what people and Windows' registry call it. */
  fullName: string;
  /** The position of the face in its file; a collection has several. */
  index: number;
  /** 400 is regular, 700 is bold. */
  weight: number;
  colored: boolean;
  place: FontPlace;
  /** The names by which the template asks for it. A font with neither these nor `replaces` draws single characters. */
  names: string[];
  /** The names of missing fonts that are drawn with it. */
  replaces: string[];
  /** The characters of the job's texts that are known to be in it; others may be too. */
  covers?: string;
}

/** As the API shows it: a file name, or a family label such as `Soleil (Regular)`. */
export function fontLabel(wanted: WantedFont): string {
  return 'fileName' in wanted ? wanted.fileName : `${wanted.family || wanted.name} (${wanted.style || 'Regular'})`;
}

/** The names by which texts ask for a font. */
export function namesOf(wanted: WantedFont): string[] {
  return 'fileName' in wanted ? [] : [wanted.name];
}

/** The characters that the template itself brings glyphs for. */
export function glyphsOf(wanted: WantedFont): string {
  return 'glyphs' in wanted ? (wanted.glyphs ?? '') : '';
}

/** A project keeps only the PostScript name of a font, in which a hyphen stands before the style: `Roboto-Black`. */
export function fontNamed(name: string): NamedFont {
  const hyphen = name.lastIndexOf('-');
  return hyphen <= 0
    ? { name, family: name, style: '' }
    : { name, family: name.slice(0, hyphen), style: name.slice(hyphen + 1) };
}

/** Whether a file may be a font that others brought, by its name. */
export function isFontFile(name: string): boolean {
  return /\.(ttf|otf|ttc|otc)$/i.test(name);
}

type Face = Omit<FontFile, 'names' | 'replaces' | 'covers'>;

export function fileOf(font: AvailableFont & { place: FontPlace }): Face {
  const { path, fileName, index, family, style, weight, colored, place } = font;
  return { path, fileName, fullName: `${family} ${style}`, index, weight, colored, place };
}

/** Collects the fonts of a job: one face may serve several names. */
export class FontFiles {
  readonly #files = new Map<string, FontFile>();

  add(font: Face, { names = [], replaces = [] }: { names?: readonly string[]; replaces?: readonly string[] }): void {
    const key = `${font.path}\0${font.index}`;
    const known = this.#files.get(key);
    this.#files.set(key, {
      ...font,
      names: [...(known?.names ?? []), ...names],
      replaces: [...(known?.replaces ?? []), ...replaces],
    });
  }

  list(): FontFile[] {
    return [...this.#files.values()];
  }
}

/** A range of code points, both included. */
export type CodePointRange = readonly [first: number, last: number];

/** Largest code point of Unicode. */
const LAST_CODE_POINT = 0x10ffff;

/**
 * The characters of a font. As text it is short enough to keep for every font of a machine: gap and length of each range,
 * in base 36, so that a font of 30,000 Chinese characters takes about ten kilobytes.
 */
export class CharacterSet {
  readonly #firsts: number[] = [];
  readonly #lasts: number[] = [];

  /** The ranges may overlap, and come in any order. */
  constructor(ranges: Iterable<CodePointRange>) {
    const sorted = [...ranges].sort(([a], [b]) => a - b);
    for (const [first, last] of sorted) this.#add(first, Math.min(last, LAST_CODE_POINT));
  }

  /** Adds a range that begins where the one before begins, or later. */
  #add(first: number, last: number): void {
    if (last < first) return;
    const previous = this.#lasts.at(-1) ?? -2;
    if (first > previous + 1) {
      this.#firsts.push(first);
      this.#lasts.push(last);
    } else if (last > previous) this.#lasts[this.#lasts.length - 1] = last;
  }

  has(codePoint: number): boolean {
    let low = 0;
    let high = this.#firsts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (codePoint < (this.#firsts[middle] ?? 0)) high = middle - 1;
      else if (codePoint > (this.#lasts[middle] ?? 0)) low = middle + 1;
      else return true;
    }
    return false;
  }

  get size(): number {
    return this.#firsts.reduce((size, first, index) => size + (this.#lasts[index] ?? 0) - first + 1, 0);
  }

  toString(): string {
    let at = 0;
    return this.#firsts
      .map((first, index) => {
        const last = this.#lasts[index] ?? first;
        const part =
          first === last ? (first - at).toString(36) : `${(first - at).toString(36)}-${(last - first).toString(36)}`;
        at = last;
        return part;
      })
      .join(',');
  }

  /** Reads what `toString` wrote; a part that it cannot have written ends the set. */
  static parse(text: string): CharacterSet {
    const set = new CharacterSet([]);
    let at = 0;
    for (const part of text === '' ? [] : text.split(',')) {
      const dash = part.indexOf('-');
      const gap = Number.parseInt(dash === -1 ? part : part.slice(0, dash), 36);
      const length = dash === -1 ? 0 : Number.parseInt(part.slice(dash + 1), 36);
      if (Number.isNaN(gap + length)) break;
      set.#add(at + gap, Math.min(at + gap + length, LAST_CODE_POINT));
      at += gap + length;
    }
    return set;
  }
}
