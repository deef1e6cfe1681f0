import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineError, reasonOf } from '../errors.ts';
import { isMissing, MOST_BYTES, openRegularFile } from '../files.ts';
import { CharacterSet, type FontFace, instanceIndex } from './font.ts';
import { fontBytes, isPacked, OWN_FONTS } from './font-bytes.ts';
import {
  charactersIn,
  instancesIn,
  namesIn,
  type ReadBytes,
  readTable,
  type TableDirectory,
  tableDirectories,
} from './sfnt.ts';

/** What one face of a font file is called, and which characters it has. */
export interface ReadFontFace extends FontFace {
  /** Its characters, as `CharacterSet` writes them. */
  characters: string;
}

/**
 * Reads the faces of a TrueType or OpenType font; a collection has several. Throws `FONT_INVALID` if it is neither. The
 * first bytes tell what it is, since Adobe's own fonts have names without an extension.
 */
export async function readFontFaces(path: string): Promise<ReadFontFace[]> {
  try {
    if (isPacked(path)) return await indexedFaces(path);
    await using file = await openRegularFile(path, { maxBytes: MOST_BYTES.font });
    return await facesOf(path, async (offset, length) => {
      const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    });
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    const reason = isMissing(cause)
      ? 'it is not there'
      : cause instanceof RangeError
        ? 'it is cut off or damaged'
        : reasonOf(cause).replace(/\.$/, '');
    throw new EngineError('FONT_INVALID', `The font ${path} cannot be used: ${reason}.`, { cause });
  }
}

/** The faces of one of the package's packed fonts; `tools/index-fonts.ts` writes them into the index. */
export async function readPackedFaces(path: string): Promise<ReadFontFace[]> {
  const bytes = fontBytes(path);
  return await facesOf(path, async (offset, length) => bytes.subarray(offset, offset + length));
}

type FontIndex = Record<string, Omit<ReadFontFace, 'path'>[]>;
let index: Promise<FontIndex> | undefined;

async function indexedFaces(path: string): Promise<ReadFontFace[]> {
  index ??= readFile(join(OWN_FONTS, 'index.json'), 'utf8').then((json) => JSON.parse(json) as FontIndex);
  return ((await index)[basename(path)] ?? []).map((face) => ({ path, ...face }));
}

/** The first four bytes of a font, in Latin-1. Source: the OpenType specification, "Organization of an OpenType font". */
const SIGNATURES: ReadonlySet<string> = new Set(['\u0000\u0001\u0000\u0000', 'OTTO', 'true', 'ttcf']);
const WEB_FONT = /^wOF[F2]$/;

async function facesOf(path: string, read: ReadBytes): Promise<ReadFontFace[]> {
  const signature = (await read(0, 4)).toString('latin1');
  if (WEB_FONT.test(signature)) throw new Error('it is a web font (WOFF); take the .ttf or .otf that it was made of');
  if (!SIGNATURES.has(signature)) throw new Error('it is neither a TrueType nor an OpenType font');
  const faces: ReadFontFace[] = [];
  // The faces of a collection share tables.
  const characters = new Map<string, string>();
  const instances: ReadFontFace[] = [];
  for (const [index, tables] of (await tableDirectories(read)).entries()) {
    const face = {
      ...(await factsOf(path, index, read, tables)),
      characters: await charactersOf(read, tables, characters),
    };
    faces.push(face);
    instances.push(...(await instancesOf(face, read, tables)));
  }
  // What a face has is found at its position, so they come after all faces.
  return [...faces, ...instances];
}

async function charactersOf(read: ReadBytes, tables: TableDirectory, known: Map<string, string>): Promise<string> {
  const { offset, length } = tables.get('cmap') ?? { offset: 0, length: 0 };
  const place = `${offset} ${length}`;
  let characters = known.get(place);
  if (characters === undefined) {
    const cmap = await readTable(read, tables, 'cmap');
    if (cmap === null) throw new Error('it has no table of its characters');
    characters = new CharacterSet(charactersIn(cmap)).toString();
    known.set(place, characters);
  }
  return characters;
}

async function factsOf(path: string, index: number, read: ReadBytes, tables: TableDirectory): Promise<FontFace> {
  const [name, os2] = [await readTable(read, tables, 'name'), await readTable(read, tables, 'OS/2')];
  const names = name === null ? new Map<number, string>() : namesIn(name);
  // After Effects, and so Bodymovin, name a font by its typographic family and style, if it has them.
  const family = names.get(NAME.typographicFamily) ?? names.get(NAME.family) ?? basename(path);
  const style = names.get(NAME.typographicStyle) ?? names.get(NAME.style) ?? 'Regular';
  return {
    path,
    index,
    postScriptName: names.get(NAME.postScript) ?? family,
    family,
    style,
    ...weightAndSlant(os2),
    colored: COLOR_TABLES.some((tag) => tables.has(tag)),
  };
}

/**
 * The named instances of a variable font, but for the one that the face itself is named after.
 * Source: Adobe, Technical Note 5902, "Generating PostScript Names for Fonts Using OpenType Font Variations".
 */
async function instancesOf(face: ReadFontFace, read: ReadBytes, tables: TableDirectory): Promise<ReadFontFace[]> {
  const [fvar, name] = [await readTable(read, tables, 'fvar'), await readTable(read, tables, 'name')];
  if (fvar === null || name === null) return [];
  const names = namesIn(name);
  const prefix = letters(names.get(NAME.variationsPrefix) ?? face.family);
  const instances = instancesIn(fvar).flatMap(({ styleName, postScriptName, coordinates }, at): ReadFontFace[] => {
    const style = names.get(styleName);
    if (style === undefined) return [];
    return [
      {
        ...face,
        index: instanceIndex(face.index, at + 1),
        postScriptName: names.get(postScriptName ?? -1) ?? `${prefix}-${letters(style)}`,
        style,
        weight: Math.round(coordinates.get('wght') ?? face.weight),
        italic: face.italic || (coordinates.get('ital') ?? 0) >= 0.5 || (coordinates.get('slnt') ?? 0) !== 0,
      },
    ];
  });
  return instances.filter(
    ({ style, postScriptName }) => style !== face.style || postScriptName !== face.postScriptName,
  );
}

/** What a PostScript name may be made of. */
function letters(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '');
}

/** Source: the OpenType specification, "Name IDs". */
const NAME = {
  family: 1,
  style: 2,
  postScript: 6,
  typographicFamily: 16,
  typographicStyle: 17,
  variationsPrefix: 25,
} as const;
const COLOR_TABLES = ['COLR', 'CBDT', 'sbix', 'SVG '];

const REGULAR_WEIGHT = 400;
const ITALIC_BIT = 1;
const OBLIQUE_BIT = 1 << 9;

/** Source: the OpenType specification, "OS/2": `usWeightClass`, `fsSelection`. */
function weightAndSlant(os2: Buffer | null): { weight: number; italic: boolean } {
  if (os2 === null || os2.length < 64) return { weight: REGULAR_WEIGHT, italic: false };
  const selection = os2.readUInt16BE(62);
  return { weight: os2.readUInt16BE(4), italic: (selection & (ITALIC_BIT | OBLIQUE_BIT)) !== 0 };
}
