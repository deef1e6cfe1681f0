import { homedir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { changedAtOf } from '../files.ts';
import {
  chooseSubstitutes,
  type FontSearch,
  type FontSource,
  findFonts,
  labelsOf,
  missingFontWarning,
  type SetText,
  styleOf,
  type TextFont,
} from './choose.ts';
import { type FontScan, type KnownFontFile, type ReadFolder, systemFontFolders } from './folders.ts';
import {
  type AvailableFont,
  CharacterSet,
  type FaceFacts,
  type FontFile,
  FontFiles,
  type FontPlace,
  faceNumber,
  fileOf,
  fontLabel,
  glyphsOf,
  namesOf,
  type WantedFont,
} from './font.ts';
import { OWN_FONTS } from './font-bytes.ts';
import { libraryFontPath } from './library.ts';
import { replacementFor } from './replacement.ts';

/** What the catalog needs of the store. */
interface FontStore {
  /** The engine's own library, the oldest first. */
  readonly fonts: { list(): { id: string; fileName: string; faces: FaceFacts[] }[] };
  /** What was read of the font files of this machine. */
  readonly fontFiles: {
    list(): (KnownFontFile & { faces: FaceFacts[] })[];
    characters(path: string): string[];
    update(changes: { read: FontScan['read']; gone: string[] }): void;
  };
}

/** Reads font files in a thread, since they come from others. */
interface FontReader {
  scanFonts(folders: string[], known: KnownFontFile[]): Promise<FontScan>;
}

interface FontCatalogOptions {
  /** The folder of the engine's library. */
  library: string;
  /** The engine's option `fonts`. */
  folders: readonly string[];
}

/** After this time a font is found that was written over a file which served no job: its folder does not change by that. */
const LOOK_AGAIN_MS = 30_000;

/** Fonts, and what was read for them. */
interface FontsRead {
  fonts: AvailableFont[];
  folders: ReadFolder[];
  files: KnownFontFile[];
}

/** Who asks for fonts. */
export interface FontQuery {
  wanted: readonly WantedFont[];
  /** The path of the template. */
  template: string;
  /** Only the bundled renderer takes fonts from beside the template, and the package's own. */
  renderer: 'after-effects' | 'bundled';
  /** Every text that the job may draw, of the template and of its own. After Effects finds their characters itself. */
  texts: readonly SetText[];
}

interface FontAnswer {
  /** All that the render needs, of which the renderer is to look for nothing again. */
  files: FontFile[];
  /** The labels of the fonts that are nowhere. */
  missing: string[];
  /** A sentence for each difference that the picture will have. */
  warnings: string[];
}

/**
 * Finds the file of every font that a job wants: in the engine's library and in folders of this machine. A font file is
 * read once, in a thread, and again only if its time or size has changed; what was read is kept in the store.
 */
export class FontCatalog {
  readonly #options: FontCatalogOptions;
  readonly #store: FontStore;
  readonly #reader: FontReader;
  readonly #characters = new Map<string, CharacterSet[]>();
  readonly systemFolders: readonly string[] = systemFontFolders(process.platform, homedir());
  #recent: { search: FontCatalogSearch; library: string; at: number } | null = null;

  constructor(options: FontCatalogOptions, store: FontStore, reader: FontReader) {
    this.#options = options;
    this.#store = store;
    this.#reader = reader;
  }

  /**
   * A look at all fonts takes longer than a short render, so calls and jobs that follow each other share one: until the
   * library or a folder that it has read has changed.
   */
  async search(): Promise<FontCatalogSearch> {
    const library = this.#libraryVersion();
    const recent = this.#recent;
    const isRecent = recent !== null && recent.library === library && performance.now() - recent.at < LOOK_AGAIN_MS;
    if (isRecent && (await recent.search.isCurrent())) return recent.search;
    const search = new FontCatalogSearch(this, this.#options.folders);
    this.#recent = { search, library, at: performance.now() };
    return search;
  }

  /** The fonts of the engine's library. */
  async library(): Promise<FontsRead> {
    const fonts = libraryFonts(this.#store, this.#options.library);
    const { folders, files } =
      fonts.length > 0 ? await this.inFolders([this.#options.library]) : { folders: [], files: [] };
    return { fonts, folders, files };
  }

  /** Another text after each change of the engine's library. */
  #libraryVersion(): string {
    return this.#store.fonts
      .list()
      .map(({ id }) => id)
      .join();
  }

  /** Every face in these folders and those below them. */
  async inFolders(folders: readonly string[]): Promise<FontsRead> {
    const { fontFiles } = this.#store;
    const known = fontFiles.list();
    const { present, read, folders: readFolders } = await this.#reader.scanFonts([...folders], known);
    const there = new Set(present);
    const gone = known
      .filter(({ path }) => folders.some((folder) => isBelow(path, folder)) && !there.has(path))
      .map(({ path }) => path);
    fontFiles.update({ read, gone });
    for (const { path } of read) this.#characters.delete(path);
    const files = fontFiles.list().filter(({ path }) => there.has(path));
    return { fonts: files.flatMap(facesOf), folders: readFolders, files };
  }

  /** The characters of a font that one of the other methods has answered. */
  charactersOf({ path, index }: Pick<AvailableFont, 'path' | 'index'>): CharacterSet {
    const known = this.#characters.get(path) ?? this.#store.fontFiles.characters(path).map(CharacterSet.parse);
    this.#characters.set(path, known);
    return known[faceNumber(index)] ?? new CharacterSet([]);
  }
}

/** A look at the catalog: each place is read at most once, and only if a font was in none before it. */
export class FontCatalogSearch {
  readonly #catalog: FontCatalog;
  readonly #folders: readonly string[];
  /** When each font file that was read had last changed. */
  readonly #fileTimes = new Map<string, number>();
  /** The same of what its answers rest on: the folders, and the files that serve a font. */
  readonly #watched = new Map<string, number | null>();
  #hasFailed = false;
  readonly #read = new Map<string, Promise<AvailableFont[]>>();
  readonly #matched = new Map<string, Promise<FontSearch>>();

  constructor(catalog: FontCatalog, folders: readonly string[]) {
    this.#catalog = catalog;
    this.#folders = folders;
  }

  /** Whether its answers are still so. */
  async isCurrent(): Promise<boolean> {
    if (this.#hasFailed) return false;
    const unchanged = [...this.#watched].map(async ([path, changedAt]) => (await changedAtOf(path)) === changedAt);
    return (await Promise.all(unchanged)).every(Boolean);
  }

  /** The jobs of a call are most often of one template, and want the same fonts: each list is matched once. */
  #match(wanted: readonly WantedFont[], sources: readonly FontSource[], near: readonly string[]): Promise<FontSearch> {
    const key = JSON.stringify([near, wanted]);
    const matched = this.#matched.get(key) ?? findFonts(wanted, sources);
    this.#matched.set(key, matched);
    return matched;
  }

  /** Decides which file serves each font, from the first place that has it, and what takes the place of the rest. */
  async find({ wanted, template, renderer, texts }: FontQuery): Promise<FontAnswer> {
    const sources = this.#sources(template, renderer);
    const { found, missing: absent } = await this.#match(wanted, sources, [template, renderer]);
    // The glyphs of a font may be written in the document.
    const missing = absent.filter((font) => glyphsOf(font) === '');
    const files = new FontFiles();
    for (const font of found) {
      files.add(fileOf(font), { names: namesOf(font.wanted) });
      this.#watched.set(font.path, this.#fileTimes.get(font.path) ?? null);
    }
    if (renderer === 'after-effects') {
      return {
        files: files.list().filter(({ place }) => place !== 'system'),
        missing: labelsOf(missing),
        warnings: missing.map((font) => missingFontWarning(fontLabel(font), { renderer })),
      };
    }
    const warnings: string[] = [];
    for (const font of missing) {
      const replacement = await replacementFor(font, sources);
      if (replacement === null) continue;
      files.add(fileOf(replacement), { replaces: namesOf(font) });
      const substitute = `${replacement.family} ${replacement.style}`;
      warnings.push(missingFontWarning(fontLabel(font), { renderer, substitute }));
    }
    const substitutes = await chooseSubstitutes({
      texts,
      fonts: [...this.#textFonts(files.list()), ...wanted.flatMap(withGlyphs)],
      sources,
      characterSetOf: (font) => this.#catalog.charactersOf(font),
    });
    for (const font of substitutes.fonts) files.add(fileOf(font), {});
    return {
      files: this.#covering(files.list(), texts),
      missing: labelsOf(missing),
      warnings: [...warnings, ...substitutes.warnings],
    };
  }

  /** With the characters of the texts that each has: the renderer does not read the font for them again. */
  #covering(files: readonly FontFile[], texts: readonly SetText[]): FontFile[] {
    const all = texts.map(({ text }) => text).join('');
    const used = [...new Set(all + all.toUpperCase())];
    return files.map((file) => {
      const characters = this.#catalog.charactersOf(file);
      const covers = used.filter((character) => characters.has(character.codePointAt(0) ?? 0)).join('');
      return { ...file, covers };
    });
  }

  #textFonts(files: readonly FontFile[]): TextFont[] {
    return files
      .filter(({ names, replaces }) => names.length + replaces.length > 0)
      .map((file) => ({
        ...file,
        names: [...file.names, ...file.replaces],
        characters: this.#catalog.charactersOf(file),
      }));
  }

  /** The planned fonts of a job, and those of its missing ones that have been added since it was planned. */
  async withAdded(
    planned: readonly FontFile[],
    { wanted, template, renderer }: Omit<FontQuery, 'texts'>,
  ): Promise<FontFile[]> {
    const served = new Set(planned.flatMap(({ names }) => names));
    const open = wanted.filter((font) => 'name' in font && !served.has(font.name));
    const { found } = await this.#match(open, this.#sources(template, renderer), [template, renderer]);
    const added = new Set(found.flatMap((font) => namesOf(font.wanted)));
    const files = new FontFiles();
    for (const font of planned) {
      files.add(font, { names: font.names, replaces: font.replaces.filter((name) => !added.has(name)) });
    }
    for (const font of found) files.add(fileOf(font), { names: namesOf(font.wanted) });
    return files.list().filter(({ place }) => renderer === 'bundled' || place !== 'system');
  }

  #sources(template: string, renderer: FontQuery['renderer']): FontSource[] {
    const bundled = renderer === 'bundled';
    return [
      { place: 'library', fonts: () => this.#once('library', () => this.#catalog.library()) },
      ...(bundled ? [this.#source('beside', [join(dirname(template), 'fonts')])] : []),
      this.#source('folders', this.#folders),
      ...(bundled ? [this.#source('own', [OWN_FONTS])] : []),
      this.#source('system', this.#catalog.systemFolders),
    ];
  }

  #source(place: FontPlace, folders: readonly string[]): FontSource {
    if (folders.length === 0) return { place, fonts: () => [] };
    return { place, fonts: () => this.#once(folders.join('\0'), () => this.#catalog.inFolders(folders)) };
  }

  #once(key: string, read: () => Promise<FontsRead>): Promise<AvailableFont[]> {
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const fonts = read().then(
      (found) => {
        for (const { path, changedAt } of found.folders) this.#watched.set(path, changedAt);
        for (const { path, modifiedAt } of found.files) this.#fileTimes.set(path, modifiedAt);
        return found.fonts;
      },
      (error: unknown) => {
        this.#hasFailed = true;
        throw error;
      },
    );
    this.#read.set(key, fonts);
    return fonts;
  }
}

/** A font whose glyphs are in the document has no other characters for its texts. */
function withGlyphs(wanted: WantedFont): TextFont[] {
  if (!('glyphs' in wanted) || wanted.glyphs === undefined) return [];
  const codes = [...wanted.glyphs].map((character) => character.codePointAt(0) ?? 0);
  const characters = new CharacterSet(codes.map((code) => [code, code] as const));
  return [
    {
      fullName: `${wanted.family || wanted.name} ${wanted.style}`.trim(),
      ...{ names: [wanted.name], weight: styleOf(wanted).weight, colored: false, characters },
    },
  ];
}

function libraryFonts(store: FontStore, library: string): AvailableFont[] {
  return store.fonts.list().flatMap((font) => {
    const path = libraryFontPath(library, font);
    return font.faces.map((face) => ({ ...face, path, fileName: font.fileName }));
  });
}

function facesOf({ path, faces }: { path: string; faces: FaceFacts[] }): AvailableFont[] {
  return faces.map((face) => ({ ...face, path, fileName: basename(path) }));
}

/** Whether a file is in a folder or in one below it. */
function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
