import { crc32, deflateRawSync } from 'node:zlib';

/** A small writer of zip files, for those that no honest program would write. Source of the format: PKWARE's APPNOTE. */

export interface WrittenEntry {
  /** As text in UTF-8, or as the very bytes. */
  name: string | Buffer;
  data?: string | Uint8Array;
  /** Unix mode with its type; of a plain file if it is left out. */
  mode?: number;
  /** Kept as it is, instead of packed. */
  stored?: boolean;
  /** The entry has no data of its own: it points to those of the entry at this place. */
  dataOf?: number;
  /** What the header before the data, and the list at the end, say instead of the truth. */
  local?: Partial<WrittenHeader>;
  central?: Partial<WrittenHeader>;
}

export interface WrittenHeader {
  flags: number;
  method: number;
  crc: number;
  packed: number;
  unpacked: number;
}

/** The end of the file: how many entries it announces, and where a zip64 record is said to be. */
export interface WrittenEnd {
  count?: number;
  zip64?: { count: bigint; directory: bigint; record?: bigint };
}

export const MODE = {
  file: 0o100644,
  link: 0o120777,
  fifo: 0o010644,
  characterDevice: 0o020644,
  blockDevice: 0o060644,
  socket: 0o140644,
};

const UTF8_NAME = 0x800;
const UNIX = 3 << 8;

export function writeZip(entries: readonly WrittenEntry[], end: WrittenEnd = {}): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const add = (...buffers: Buffer[]) => {
    parts.push(...buffers);
    for (const buffer of buffers) length += buffer.length;
  };
  for (const entry of entries) {
    offsets.push(entry.dataOf === undefined ? length : (offsets[entry.dataOf] ?? 0));
    if (entry.dataOf !== undefined) continue;
    const header = { ...truth(entries, entry), ...entry.local };
    add(localHeader(nameOf(entry), header), packed(entry));
  }
  const directory = length;
  for (const [at, entry] of entries.entries()) {
    add(centralHeader(entry, { ...truth(entries, entry), ...entry.central }, offsets[at] ?? 0));
  }
  const size = length - directory;
  if (end.zip64 !== undefined) add(zip64End(end.zip64, length));
  add(endRecord(end.count ?? entries.length, size, directory));
  return Buffer.concat(parts);
}

function nameOf({ name }: WrittenEntry): Buffer {
  return typeof name === 'string' ? Buffer.from(name) : name;
}

function dataOf({ data = '' }: WrittenEntry): Buffer {
  return Buffer.from(data);
}

function packed(entry: WrittenEntry): Buffer {
  return entry.stored ? dataOf(entry) : deflateRawSync(dataOf(entry));
}

function truth(entries: readonly WrittenEntry[], entry: WrittenEntry): WrittenHeader {
  const source = entry.dataOf === undefined ? entry : (entries[entry.dataOf] ?? entry);
  const data = dataOf(source);
  return {
    flags: typeof entry.name === 'string' ? UTF8_NAME : 0,
    method: source.stored ? 0 : 8,
    crc: crc32(data),
    packed: packed(source).length,
    unpacked: data.length,
  };
}

function localHeader(name: Buffer, { flags, method, crc, packed, unpacked }: WrittenHeader): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 'latin1');
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(unpacked, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader(entry: WrittenEntry, header: WrittenHeader, offset: number): Buffer {
  const name = nameOf(entry);
  const bytes = Buffer.alloc(46);
  bytes.write('PK\u0001\u0002', 'latin1');
  bytes.writeUInt16LE(UNIX | 20, 4);
  bytes.writeUInt16LE(20, 6);
  bytes.writeUInt16LE(header.flags, 8);
  bytes.writeUInt16LE(header.method, 10);
  bytes.writeUInt32LE(header.crc, 16);
  bytes.writeUInt32LE(header.packed, 20);
  bytes.writeUInt32LE(header.unpacked, 24);
  bytes.writeUInt16LE(name.length, 28);
  bytes.writeUInt32LE(((entry.mode ?? MODE.file) << 16) >>> 0, 38);
  bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, name]);
}

function endRecord(count: number, size: number, directory: number): Buffer {
  const record = Buffer.alloc(22);
  record.write('PK\u0005\u0006', 'latin1');
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(directory, 16);
  return record;
}

function zip64End({ count, directory, record }: NonNullable<WrittenEnd['zip64']>, offset: number): Buffer {
  const end = Buffer.alloc(56);
  end.write('PK\u0006\u0006', 'latin1');
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(count, 24);
  end.writeBigUInt64LE(count, 32);
  end.writeBigUInt64LE(directory, 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 'latin1');
  locator.writeBigUInt64LE(record ?? BigInt(offset), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end, locator]);
}
