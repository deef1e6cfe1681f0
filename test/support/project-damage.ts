import { fc } from './property.ts';

/** A way to damage a project: what it is called, and changes as functions of the bytes. */
export interface Damage {
  where: string;
  change: fc.Arbitrary<(bytes: Buffer) => Buffer>;
}

// Without bias: the first bytes would be hit so often that hardly a project would be read.
export const place = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);
const nonsense = fc.oneof(fc.constantFrom(0, 1, 3, 7, 0x7fffffff, 0xffffffff), fc.nat(100_000));

const wrongNumber = fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e300, -1e300, 1e9, -1e9, 65_536, 0, -1, 1e-300);

const HEADER_SIZE = 8;
const KIND_SIZE = 4;

export const DAMAGES: readonly Damage[] = [
  {
    where: 'bytes are changed',
    change: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 40 }).map((changes) => (bytes) => {
      for (const [at, byte] of changes) bytes[Math.floor(at * bytes.length)] = byte;
      return bytes;
    }),
  },
  {
    where: 'numbers are none that a designer writes',
    change: fc.array(fc.tuple(place, wrongNumber), { minLength: 1, maxLength: 5 }).map((changes) => (bytes) => {
      for (const [at, number] of changes) {
        const value = bytes.indexOf('cdat', Math.floor(at * bytes.length), 'latin1');
        if (value !== -1 && value + 16 <= bytes.length) bytes.writeDoubleBE(number, value + HEADER_SIZE);
      }
      return bytes;
    }),
  },
  {
    where: 'they are cut',
    change: place.map((cut) => (bytes) => bytes.subarray(0, Math.floor(cut * bytes.length))),
  },
  {
    where: 'the sizes of chunks are nonsense',
    change: fc.array(fc.tuple(place, nonsense), { minLength: 1, maxLength: 10 }).map((changes) => (bytes) => {
      for (const [at, size] of changes) {
        const header = nextHeader(bytes, at);
        if (header !== -1) bytes.writeUInt32BE(size, header + 4);
      }
      return bytes;
    }),
  },
  {
    where: 'two chunks have the sizes of each other',
    change: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 5 }).map((pairs) => (bytes) => {
      for (const [one, other] of pairs) swapSizes(bytes, nextHeader(bytes, one), nextHeader(bytes, other));
      return bytes;
    }),
  },
  {
    where: 'pieces are copied over others',
    change: fc
      .array(fc.tuple(place, place, fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 5 })
      .map((moves) => (bytes) => {
        for (const [from, to, length] of moves) {
          const start = Math.floor(from * bytes.length);
          bytes.copyWithin(Math.floor(to * bytes.length), start, start + length);
        }
        return bytes;
      }),
  },
  {
    where: 'chunks stand deep in each other',
    change: fc
      .record({
        at: place,
        up: fc.nat(6),
        shell: fc.constantFrom(bareList('tdgp'), bareList('Layr'), bareList('Sfdr'), groupShell(), folderShell()),
        levels: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 301, max: 2_000 })),
      })
      .map(
        ({ at, up, shell, levels }) =>
          (bytes) =>
            nest(bytes, at, up, shell, levels),
      ),
  },
];

/** The next place that looks like a chunk of a project's structure. */
function nextHeader(bytes: Buffer, from: number): number {
  const start = Math.floor(from * bytes.length);
  const places = ['LIST', 'Utf8', 'ldat', 'tdmn', 'cdat'].map((id) => bytes.indexOf(id, start, 'latin1'));
  const found = places.filter((at) => at !== -1);
  return found.length === 0 ? -1 : Math.min(...found);
}

function swapSizes(bytes: Buffer, one: number, other: number): void {
  if (one === -1 || other === -1) return;
  const size = bytes.readUInt32BE(one + 4);
  bytes.writeUInt32BE(bytes.readUInt32BE(other + 4), one + 4);
  bytes.writeUInt32BE(size, other + 4);
}

/** What stands before a content of this size, to be one level around it. */
type Shell = (size: number) => Buffer;

function bareList(kind: string): Shell {
  return (size) => Buffer.concat([chunkHeader('LIST', size + KIND_SIZE), Buffer.from(kind)]);
}

/** A group of properties in a group, with its name, as it is walked. */
function groupShell(): Shell {
  const name = Buffer.concat([chunkHeader('tdmn', 40), Buffer.from('ADBE Vectors Group'.padEnd(40, '\0'))]);
  const group = bareList('tdgp');
  return (size) => Buffer.concat([name, group(size)]);
}

/** A folder in a folder. */
function folderShell(): Shell {
  const data = Buffer.alloc(84);
  data.writeUInt16BE(1, 0);
  const head = Buffer.concat([chunkHeader('idta', data.length), data, chunkHeader('Utf8', 2), Buffer.from('in')]);
  const item = bareList('Item');
  const list = bareList('Sfdr');
  return (size) => {
    const inner = list(size);
    return Buffer.concat([item(size + head.length + inner.length), head, inner]);
  };
}

function chunkHeader(id: string, size: number): Buffer {
  const header = Buffer.alloc(HEADER_SIZE);
  header.write(id, 'latin1');
  header.writeUInt32BE(size, 4);
  return header;
}

/** Puts levels around the chunk at the place (or one some levels above it), and makes the sizes above it right again. */
function nest(bytes: Buffer, at: number, up: number, shell: Shell, levels: number): Buffer {
  const headers = headersAbove(bytes, Math.floor(at * bytes.length));
  const header = headers.at(-1 - up) ?? headers[0];
  if (header === undefined) return bytes;
  const end = endOf(bytes, header);
  const shells: Buffer[] = [];
  let grown = 0;
  for (let level = 0; level < levels; level++) {
    const next = shell(end - header + grown);
    shells.push(next);
    grown += next.length;
  }
  for (const above of [0, ...headers.slice(0, headers.indexOf(header))])
    bytes.writeUInt32BE(bytes.readUInt32BE(above + 4) + grown, above + 4);
  return Buffer.concat([bytes.subarray(0, header), ...shells.reverse(), bytes.subarray(header)]);
}

/** The headers of the chunks that hold this byte, from the outermost in. */
function headersAbove(bytes: Buffer, offset: number): number[] {
  const headers: number[] = [];
  let at = HEADER_SIZE + KIND_SIZE;
  let limit = endOf(bytes, 0);
  while (at + HEADER_SIZE + KIND_SIZE <= limit) {
    const end = endOf(bytes, at);
    if (end <= offset) {
      at = end;
      continue;
    }
    headers.push(at);
    if (bytes.toString('latin1', at, at + 4) !== 'LIST') break;
    limit = end;
    at += HEADER_SIZE + KIND_SIZE;
  }
  return headers;
}

/** Behind the chunk and its padding. */
function endOf(bytes: Buffer, header: number): number {
  const size = bytes.readUInt32BE(header + 4);
  return Math.min(bytes.length, header + HEADER_SIZE + size + (size & 1));
}
