import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { ownFile } from '../own-files.ts';
import { faceNumber, instanceNumber } from './font.ts';
import { namedInstance } from './instance.ts';

/** The package's own fonts; their licences are beside them. */
export const OWN_FONTS = fileURLToPath(ownFile('../../assets/fonts', import.meta.url));

/** The package's fonts for other writing systems are packed with Brotli. */
export function isPacked(path: string): boolean {
  return path.startsWith(OWN_FONTS) && path.endsWith('.ttf.br');
}

/** A whole font file, unpacked. */
export function fontBytes(path: string): Buffer {
  const bytes = readFileSync(path);
  return isPacked(path) ? brotliDecompressSync(bytes) : bytes;
}

/** A font file, and the position of a face in it. */
export interface FaceBytes {
  bytes: Buffer;
  face: number;
  /** The font is damaged: its named instance cannot be made, and this is the face as it is. */
  isOther?: true;
}

/** The faces that were read, as long as something holds their bytes. */
const opened = new Map<string, WeakRef<FaceBytes>>();

/** The file of a face, or one that is made of a named instance. It is read once: several texts ask for it, in several ways. */
export function faceBytes({ path, index }: { path: string; index: number }): FaceBytes {
  const key = `${path}\0${index}`;
  const known = opened.get(key)?.deref();
  if (known !== undefined) return known;
  const made = readFace(path, index);
  opened.set(key, new WeakRef(made));
  return made;
}

function readFace(path: string, index: number): FaceBytes {
  const bytes = fontBytes(path);
  const face = faceNumber(index);
  if (instanceNumber(index) === 0) return { bytes, face };
  try {
    const fvar = tablesOf(bytes, face).tables.find(({ tag }) => tag === 'fvar');
    return { bytes: namedInstance(bytes, index, fvar?.content ?? Buffer.alloc(0)), face: 0 };
  } catch {
    return { bytes, face, isOther: true };
  }
}

/** Sources: the OpenType specification, "Organization of an OpenType font", "name". */
const COLLECTION = 'ttcf';
const HEADER_BYTES = 12;
const RECORD_BYTES = 16;
const NAME = 'name';
/** A signature would no longer fit. */
const LEFT_OUT = new Set(['DSIG', NAME]);

/** What a face of a font file says about itself, table by table. */
function tablesOf(bytes: Buffer, index: number): { signature: Buffer; tables: Table[] } {
  const offset = bytes.toString('latin1', 0, 4) === COLLECTION ? bytes.readUInt32BE(HEADER_BYTES + index * 4) : 0;
  const count = bytes.readUInt16BE(offset + 4);
  const tables = Array.from({ length: count }, (_, table): Table => {
    const record = offset + HEADER_BYTES + table * RECORD_BYTES;
    const start = bytes.readUInt32BE(record + 8);
    const content = bytes.subarray(start, start + bytes.readUInt32BE(record + 12));
    return { tag: bytes.toString('latin1', record, record + 4), content };
  });
  return { signature: bytes.subarray(offset, offset + 4), tables };
}

/** A font file of one face of a file, which has a name of its own: programs that look fonts up by name find this one. */
export function standaloneFont({ bytes, face }: FaceBytes, family: string): Buffer {
  const { signature, tables: all } = tablesOf(bytes, face);
  const tables = [{ tag: NAME, content: nameTable(family) }, ...all.filter(({ tag }) => !LEFT_OUT.has(tag))];
  // Readers search the tables by halves.
  tables.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return fontOf(signature, tables);
}

/** `fsSelection`: the typographic metrics of the table OS/2 are the ones to use. */
const USE_TYPO_METRICS = 1 << 7;

/**
 * How far a face reaches above the base line, in em, by the numbers that HarfBuzz and Skia go by.
 * Source: the OpenType specification, "head", "hhea" and "OS/2".
 */
export function ascentOf({ bytes, face }: FaceBytes): number {
  const { tables } = tablesOf(bytes, face);
  const table = (wanted: string) => tables.find(({ tag }) => tag === wanted)?.content ?? Buffer.alloc(0);
  const [head, hhea, os2] = [table('head'), table('hhea'), table('OS/2')];
  const unitsPerEm = head.length >= 20 ? head.readUInt16BE(18) || EM : EM;
  const typographic = os2.length >= 70 ? os2.readInt16BE(68) : 0;
  if (os2.length >= 64 && os2.readUInt16BE(62) & USE_TYPO_METRICS && typographic !== 0) return typographic / unitsPerEm;
  const ascender = hhea.length >= 6 ? hhea.readInt16BE(4) : 0;
  if (ascender !== 0) return ascender / unitsPerEm;
  return (typographic || (os2.length >= 76 ? os2.readUInt16BE(74) : 0)) / unitsPerEm;
}

const EM = 1_000;

interface Table {
  tag: string;
  content: Buffer;
}

function fontOf(signature: Buffer, tables: readonly Table[]): Buffer {
  const directory = Buffer.alloc(HEADER_BYTES + tables.length * RECORD_BYTES);
  signature.copy(directory);
  const power = Math.floor(Math.log2(tables.length));
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(2 ** power * RECORD_BYTES, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((tables.length - 2 ** power) * RECORD_BYTES, 10);
  const parts: Buffer[] = [directory];
  let at = directory.length;
  for (const [table, { tag, content }] of tables.entries()) {
    const record = HEADER_BYTES + table * RECORD_BYTES;
    directory.write(tag, record, 'latin1');
    // Checksums are left 0: no reader of fonts looks at them.
    directory.writeUInt32BE(at, record + 8);
    directory.writeUInt32BE(content.length, record + 12);
    const padding = Buffer.alloc(-content.length & 3);
    parts.push(content, padding);
    at += content.length + padding.length;
  }
  return Buffer.concat(parts);
}

const WINDOWS = 3;
const UNICODE_BMP = 1;
const AMERICAN_ENGLISH = 0x0409;
const NAME_RECORD_BYTES = 12;

function nameTable(family: string): Buffer {
  const names: readonly (readonly [id: number, text: string])[] = [
    [1, family],
    [2, 'Regular'],
    [4, family],
    [6, family.replaceAll(/[^!-~]/g, '-').slice(0, 63)],
  ];
  const texts = names.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  const records = Buffer.alloc(6 + names.length * NAME_RECORD_BYTES);
  records.writeUInt16BE(names.length, 2);
  records.writeUInt16BE(records.length, 4);
  let offset = 0;
  for (const [index, [id]] of names.entries()) {
    const length = texts[index]?.length ?? 0;
    const fields = [WINDOWS, UNICODE_BMP, AMERICAN_ENGLISH, id, length, offset];
    for (const [field, value] of fields.entries())
      records.writeUInt16BE(value, 6 + index * NAME_RECORD_BYTES + field * 2);
    offset += length;
  }
  return Buffer.concat([records, ...texts]);
}
