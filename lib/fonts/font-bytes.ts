import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { isPacked } from './folders.ts';

/** A whole font file, unpacked. */
export function fontBytes(path: string): Buffer {
  const bytes = readFileSync(path);
  return isPacked(path) ? brotliDecompressSync(bytes) : bytes;
}

/** Sources: the OpenType specification, "Organization of an OpenType font", "name". */
const COLLECTION = 'ttcf';
const HEADER_BYTES = 12;
const RECORD_BYTES = 16;
const NAME = 'name';
/** A signature would no longer fit. */
const LEFT_OUT = new Set(['DSIG', NAME]);

/** A font file of one face of a file, which has a name of its own: programs that look fonts up by name find this one. */
export function standaloneFont(bytes: Buffer, index: number, family: string): Buffer {
  const offset = bytes.toString('latin1', 0, 4) === COLLECTION ? bytes.readUInt32BE(HEADER_BYTES + index * 4) : 0;
  const count = bytes.readUInt16BE(offset + 4);
  const tables: { tag: string; content: Buffer }[] = [{ tag: NAME, content: nameTable(family) }];
  for (let table = 0; table < count; table += 1) {
    const record = offset + HEADER_BYTES + table * RECORD_BYTES;
    const tag = bytes.toString('latin1', record, record + 4);
    const start = bytes.readUInt32BE(record + 8);
    if (LEFT_OUT.has(tag)) continue;
    tables.push({ tag, content: bytes.subarray(start, start + bytes.readUInt32BE(record + 12)) });
  }
  // Readers search the tables by halves.
  tables.sort((a, b) => (a.tag < b.tag ? -1 : 1));
  return fontOf(bytes.subarray(offset, offset + 4), tables);
}

function fontOf(signature: Buffer, tables: readonly { tag: string; content: Buffer }[]): Buffer {
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
