/**
 * The tables of TrueType and OpenType fonts that tell what a font is called and which characters it has. Only these are
 * read of a file, and no more of them than a real font has: font files come from others.
 * Source: the OpenType specification, "OpenType font file", "cmap", "name" and "OS/2".
 */
import type { CodePointRange } from './font.ts';

/** Reads a piece of a file; fewer bytes if the file ends before. */
export type ReadBytes = (offset: number, length: number) => Promise<Buffer>;

/** Where each table of a face is. */
export type TableDirectory = ReadonlyMap<string, { offset: number; length: number }>;

/** The largest collections that are published have some 300 faces; each one costs time to read, also a repeated one. */
const MOST_FACES = 1_000;
const MOST_TABLES = 256;
/** A `cmap` of every character of Unicode has less than this, and so has the longest table of names. */
const MOST_TABLE_BYTES = 8 * 2 ** 20;
const MOST_NAMES = 4_096;

const COLLECTION = 'ttcf';
const TAG_BYTES = 4;
const RECORD_BYTES = 16;
const HEADER_BYTES = 12;

/** A face for each font of the file; a collection has several. Throws if it is no font, or none that is real. */
export async function tableDirectories(read: ReadBytes): Promise<TableDirectory[]> {
  const head = await read(0, HEADER_BYTES);
  if (tagAt(head, 0) !== COLLECTION) return [await tableDirectory(read, 0)];
  const count = head.readUInt32BE(8);
  if (count > MOST_FACES) throw new Error(`it is a collection of ${count} faces, and ${MOST_FACES} are allowed`);
  const offsets = await read(HEADER_BYTES, count * 4);
  const faces: TableDirectory[] = [];
  for (let face = 0; face < count; face += 1) faces.push(await tableDirectory(read, offsets.readUInt32BE(face * 4)));
  return faces;
}

async function tableDirectory(read: ReadBytes, offset: number): Promise<TableDirectory> {
  const count = (await read(offset, HEADER_BYTES)).readUInt16BE(4);
  if (count > MOST_TABLES) throw new Error(`it has ${count} tables, and ${MOST_TABLES} are allowed`);
  const records = await read(offset + HEADER_BYTES, count * RECORD_BYTES);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < count * RECORD_BYTES; at += RECORD_BYTES) {
    tables.set(tagAt(records, at), { offset: records.readUInt32BE(at + 8), length: records.readUInt32BE(at + 12) });
  }
  return tables;
}

/** The bytes of a table; null if the font has none. */
export async function readTable(read: ReadBytes, tables: TableDirectory, tag: string): Promise<Buffer | null> {
  const table = tables.get(tag);
  if (table === undefined) return null;
  if (table.length > MOST_TABLE_BYTES) throw new Error(`its table ${tag} claims ${table.length} bytes`);
  return await read(table.offset, table.length);
}

/** The first names of each kind in English, else in any language, by their numbers: 1 family, 2 style, 6 PostScript. */
export function namesIn(table: Buffer): ReadonlyMap<number, string> {
  const names = new Map<number, { text: string; rank: number }>();
  const count = Math.min(table.readUInt16BE(2), MOST_NAMES);
  const storage = table.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const at = 6 + index * 12;
    const [platform, encoding, language, id, length, offset] = Array.from({ length: 6 }, (_, field) =>
      table.readUInt16BE(at + field * 2),
    ) as [number, number, number, number, number, number];
    const rank = rankOfName(platform, encoding, language);
    const known = names.get(id);
    if (rank === null || (known !== undefined && known.rank <= rank)) continue;
    const bytes = table.subarray(storage + offset, storage + offset + length);
    const text = (platform === MACINTOSH ? bytes.toString('latin1') : utf16(bytes)).replaceAll('\0', '').trim();
    if (text !== '') names.set(id, { text, rank });
  }
  return new Map([...names].map(([id, { text }]) => [id, text]));
}

const UNICODE = 0;
const MACINTOSH = 1;
const WINDOWS = 3;
const ENGLISH = 0x0009;
const PRIMARY_LANGUAGE = 0x03ff;

/** The lower, the better; null for an encoding that is not read. */
function rankOfName(platform: number, encoding: number, language: number): number | null {
  if (platform === WINDOWS && (encoding === 0 || encoding === 1 || encoding === 10))
    return (language & PRIMARY_LANGUAGE) === ENGLISH ? 0 : 3;
  if (platform === UNICODE) return 1;
  if (platform === MACINTOSH && encoding === 0) return language === 0 ? 2 : 4;
  return null;
}

function utf16(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** The characters that have a glyph. */
export function charactersIn(table: Buffer): CodePointRange[] {
  const subtable = unicodeSubtable(table);
  if (subtable === null) return [];
  switch (subtable.readUInt16BE(0)) {
    case 4:
      return segments(subtable);
    case 12:
      return groups(subtable);
    case 6: {
      const first = subtable.readUInt16BE(6);
      return [[first, first + subtable.readUInt16BE(8) - 1]];
    }
    default:
      return [];
  }
}

/** The one with the most characters: those of format 12 have all of Unicode, the others its first 65,536 code points. */
function unicodeSubtable(table: Buffer): Buffer | null {
  let best: Buffer | null = null;
  const count = Math.min(table.readUInt16BE(2), MOST_TABLES);
  for (let index = 0; index < count; index += 1) {
    const at = 4 + index * 8;
    const [platform, encoding] = [table.readUInt16BE(at), table.readUInt16BE(at + 2)];
    // Windows' symbol fonts put their signs at U+F000; they have no characters in the sense of Unicode.
    const isUnicode = platform === UNICODE || (platform === WINDOWS && (encoding === 1 || encoding === 10));
    const subtable = table.subarray(table.readUInt32BE(at + 4));
    if (!isUnicode || subtable.length < 16 || ![4, 6, 12].includes(subtable.readUInt16BE(0))) continue;
    if (best === null || subtable.readUInt16BE(0) > best.readUInt16BE(0)) best = subtable;
  }
  return best;
}

function segments(subtable: Buffer): CodePointRange[] {
  const count = subtable.readUInt16BE(6) / 2;
  const ends = 14;
  const starts = ends + count * 2 + 2;
  const deltas = starts + count * 2;
  const offsets = deltas + count * 2;
  const ranges: CodePointRange[] = [];
  let visited = 0;
  for (let segment = 0; segment < count && offsets + segment * 2 + 2 <= subtable.length; segment += 1) {
    const first = subtable.readUInt16BE(starts + segment * 2);
    const last = subtable.readUInt16BE(ends + segment * 2);
    const delta = subtable.readUInt16BE(deltas + segment * 2);
    const offset = subtable.readUInt16BE(offsets + segment * 2);
    if (first === 0xffff || last < first) continue;
    if (offset === 0) {
      const missing = (0x10000 - delta) & 0xffff; // The character that this segment maps to glyph 0.
      if (missing < first || missing > last) ranges.push([first, last]);
      else ranges.push([first, missing - 1], [missing + 1, last]);
      continue;
    }
    visited += last - first;
    // Segments of a real font do not overlap, and there are no more code points than these.
    if (visited > 0xffff) break;
    for (let code = first; code <= last; code += 1) {
      const at = offsets + segment * 2 + offset + (code - first) * 2;
      if (at + 2 <= subtable.length && subtable.readUInt16BE(at) !== 0) ranges.push([code, code]);
    }
  }
  return ranges;
}

function groups(subtable: Buffer): CodePointRange[] {
  const count = Math.min(subtable.readUInt32BE(12), Math.floor((subtable.length - 16) / 12));
  return Array.from({ length: count }, (_, group): CodePointRange => {
    const at = 16 + group * 12;
    const first = subtable.readUInt32BE(at);
    // A group that begins with glyph 0 gives its first character none.
    return [subtable.readUInt32BE(at + 8) === 0 ? first + 1 : first, subtable.readUInt32BE(at + 4)];
  });
}

/** A design that a variable font has a name for. */
interface NamedInstance {
  /** Numbers of names in the table `name`; that of a PostScript name may be left out. */
  styleName: number;
  postScriptName: number | null;
  /** Where it lies on each axis, by the axis's tag. */
  coordinates: ReadonlyMap<string, number>;
}

const MOST_AXES = 64;
const MOST_INSTANCES = 1_000;
const FIXED_ONE = 0x10000;

/** The named instances of a variable font. Source: the OpenType specification, "fvar". */
export function instancesIn(fvar: Buffer): NamedInstance[] {
  const [axesAt, axisCount, axisBytes] = [fvar.readUInt16BE(4), fvar.readUInt16BE(8), fvar.readUInt16BE(10)];
  const [count, bytes] = [fvar.readUInt16BE(12), fvar.readUInt16BE(14)];
  if (axisCount > MOST_AXES || count > MOST_INSTANCES) return [];
  const tags = Array.from({ length: axisCount }, (_, axis) => tagAt(fvar, axesAt + axis * axisBytes));
  const instancesAt = axesAt + axisCount * axisBytes;
  return Array.from({ length: count }, (_, instance): NamedInstance => {
    const at = instancesAt + instance * bytes;
    const coordinates = new Map(tags.map((tag, axis) => [tag, fvar.readInt32BE(at + 4 + axis * 4) / FIXED_ONE]));
    const hasName = bytes >= 4 + axisCount * 4 + 2;
    const postScriptName = hasName ? fvar.readUInt16BE(at + 4 + axisCount * 4) : NO_NAME;
    return {
      styleName: fvar.readUInt16BE(at),
      postScriptName: postScriptName === NO_NAME ? null : postScriptName,
      coordinates,
    };
  });
}

const NO_NAME = 0xffff;

function tagAt(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset, offset + TAG_BYTES);
}
