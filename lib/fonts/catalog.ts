import { homedir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { bestMatch, type FontPlace, type FontSource, type FoundFont, findFonts, labelsOf } from './find.ts';
import { OWN_FONTS, systemFontFolders } from './folders.ts';
import type { AvailableFont, FaceNames, FontFile, WantedFont } from './font.ts';
import { libraryFontPath } from './library.ts';
import type { FontScan, KnownFontFile } from './scan.ts';

/** What the catalog needs of the store. */
export interface FontStore {
  /** The engine's own library, the oldest first. */
  readonly fonts: { list(): { id: string; fileName: string; faces: FaceNames[] }[] };
  /** What was read of the font files of this machine. */
  readonly fontFiles: {
    list(): (KnownFontFile & { faces: FaceNames[] })[];
    update(changes: { read: FontScan['read']; gone: string[] }): void;
  };
}

/** Reads font files in a thread, since they come from others. */
export interface FontReader {
  scanFonts(folders: string[], known: KnownFontFile[]): Promise<FontScan>;
}

export interface FontCatalogOptions {
  /** The folder of the engine's library. */
  library: string;
  /** The engine's option `fonts`. */
  folders: readonly string[];
}

/** The template that wants the fonts. Only the bundled renderer takes fonts from beside it, and the package's own. */
export interface FontSurroundings {
  path: string;
  renderer: 'after-effects' | 'bundled';
}

export interface FoundFonts {
  found: FoundFont[];
  /** The labels of those that are nowhere: the job is rendered with others in their place. */
  missing: string[];
}

/**
 * Finds the file of every font that a job wants: in the engine's library and in folders of this machine. A font file is
 * read once, in a thread, and again only if its time or size has changed; what was read is kept in the store.
 */
export class FontCatalog {
  readonly #options: FontCatalogOptions;
  readonly #store: FontStore;
  readonly #reader: FontReader;

  constructor(options: FontCatalogOptions, store: FontStore, reader: FontReader) {
    this.#options = options;
    this.#store = store;
    this.#reader = reader;
  }

  /** For the jobs of one call: each place is read at most once. */
  search(): FontCatalogSearch {
    return new FontCatalogSearch({
      library: () => libraryFonts(this.#store, this.#options.library),
      inFolders: (folders) => this.inFolders(folders),
      folders: this.#options.folders,
    });
  }

  /** Every face in these folders and those below them. */
  async inFolders(folders: readonly string[]): Promise<AvailableFont[]> {
    const { fontFiles } = this.#store;
    const known = fontFiles.list();
    const { present, read } = await this.#reader.scanFonts([...folders], known);
    const there = new Set(present);
    const gone = known
      .filter(({ path }) => folders.some((folder) => isBelow(path, folder)) && !there.has(path))
      .map(({ path }) => path);
    fontFiles.update({ read, gone });
    return fontFiles.list().flatMap((file) => (there.has(file.path) ? facesOf(file) : []));
  }
}

interface Places {
  library: () => AvailableFont[];
  inFolders: (folders: readonly string[]) => Promise<AvailableFont[]>;
  folders: readonly string[];
}

/** One call's look at the catalog. */
export class FontCatalogSearch {
  readonly #places: Places;
  readonly #read = new Map<string, Promise<AvailableFont[]>>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** The file for each font, from the first place that has it, and the labels of those that no place has. */
  async find(wanted: readonly WantedFont[], near: FontSurroundings): Promise<FoundFonts> {
    const { found, missing } = await findFonts(wanted, this.#sources(near));
    return { found, missing: labelsOf(missing) };
  }

  #sources({ path, renderer }: FontSurroundings): FontSource[] {
    const { folders } = this.#places;
    const bundled = renderer === 'bundled';
    return [
      { place: 'library', fonts: () => this.#once('library', async () => this.#places.library()) },
      ...(bundled ? [this.#source('beside', [join(dirname(path), 'fonts')])] : []),
      this.#source('folders', folders),
      ...(bundled ? [this.#source('own', [OWN_FONTS])] : []),
      this.#source('system', systemFontFolders(process.platform, homedir())),
    ];
  }

  #source(place: FontPlace, folders: readonly string[]): FontSource {
    if (folders.length === 0) return { place, fonts: () => [] };
    return { place, fonts: () => this.#once(folders.join('\0'), () => this.#places.inFolders(folders)) };
  }

  #once(key: string, read: () => Promise<AvailableFont[]>): Promise<AvailableFont[]> {
    const fonts = this.#read.get(key) ?? read();
    this.#read.set(key, fonts);
    return fonts;
  }
}

/** Matches again when a job begins: what the library and the option `fonts` have by then. Gone with the plan of a job. */
export function fontsForRender(
  wanted: readonly WantedFont[],
  store: FontStore,
  { library, folders }: FontCatalogOptions,
): FontFile[] {
  if (wanted.length === 0) return [];
  const inFolders = store.fontFiles.list().filter(({ path }) => folders.some((folder) => isBelow(path, folder)));
  const available = [...libraryFonts(store, library), ...inFolders.flatMap(facesOf)];
  const found = wanted.flatMap((font) => bestMatch(font, available) ?? []);
  const byPath = new Map(found.map((font) => [font.path, font]));
  return [...byPath.values()].map(({ path, fileName, family, style }) => ({
    path,
    fileName,
    fullName: `${family} ${style}`,
  }));
}

function libraryFonts(store: FontStore, library: string): AvailableFont[] {
  return store.fonts.list().flatMap((font) => {
    const path = libraryFontPath(library, font);
    return font.faces.map((face) => ({ ...face, path, fileName: font.fileName }));
  });
}

function facesOf({ path, faces }: { path: string; faces: FaceNames[] }): AvailableFont[] {
  return faces.map((face) => ({ ...face, path, fileName: basename(path) }));
}

/** Whether a file is in a folder or in one below it. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
