/** A small writer of RIFX, and of the same content as .aepx, for projects that no test data has. */

export interface WrittenChunk {
  /** `LIST Layr` for a list, else the id. */
  id: string;
  data: Uint8Array;
  children: WrittenChunk[] | null;
}

const WRAPPERS = ['tdsn', 'fnam', 'pdnm'];

export function chunk(id: string, data: Uint8Array | string | number[]): WrittenChunk {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data);
  return { id, data: bytes, children: null };
}

/** A list of this kind; `tdsn`, `fnam` and `pdnm` hold chunks too, without being lists. */
export function list(kind: string, children: WrittenChunk[]): WrittenChunk {
  return { id: WRAPPERS.includes(kind) ? kind : `LIST ${kind}`, data: new Uint8Array(), children };
}

export function utf8(text: string): WrittenChunk {
  return chunk('Utf8', text);
}

/** Bytes of this size, with numbers at places: `fields(8, [[0, 'uint16', 7]])`. */
export function fields(size: number, values: [at: number, type: FieldType, value: number][]): Uint8Array {
  const view = new DataView(new ArrayBuffer(size));
  for (const [at, type, value] of values) SETTERS[type](view, at, value);
  return new Uint8Array(view.buffer);
}

type FieldType = 'uint8' | 'uint16' | 'uint32' | 'int32' | 'float32' | 'float64';

const SETTERS: Record<FieldType, (view: DataView, at: number, value: number) => void> = {
  uint8: (view, at, value) => view.setUint8(at, value),
  uint16: (view, at, value) => view.setUint16(at, value),
  uint32: (view, at, value) => view.setUint32(at, value),
  int32: (view, at, value) => view.setInt32(at, value),
  float32: (view, at, value) => view.setFloat32(at, value),
  float64: (view, at, value) => view.setFloat64(at, value),
};

/** The whole file: the block, and after it what stands there in real ones. */
export function writeRifx(children: WrittenChunk[]): Uint8Array {
  const body = Buffer.concat([Buffer.from('Egg!'), ...children.map(toBytes)]);
  return Buffer.concat([Buffer.from('RIFX'), size(body.length), body, Buffer.from('<?xpacket begin=""?>')]);
}

function toBytes({ id, data, children }: WrittenChunk): Buffer {
  const kind = id.startsWith('LIST ') ? id.slice(5).padEnd(4) : '';
  const inner = Buffer.concat([
    Buffer.from(kind, 'latin1'),
    children === null ? data : Buffer.concat(children.map(toBytes)),
  ]);
  const name = Buffer.from((kind === '' ? id : 'LIST').slice(0, 4), 'latin1');
  return Buffer.concat([name, size(inner.length), inner, Buffer.alloc(inner.length & 1)]);
}

function size(bytes: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(bytes);
  return field;
}

/** The same content as an .aepx. */
export function writeXml(children: WrittenChunk[]): Uint8Array {
  const root = `<AfterEffectsProject xmlns="http://www.adobe.com/products/aftereffects">${children.map(toXml).join('\n')}`;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root}\n</AfterEffectsProject>\n`);
}

function toXml({ id, data, children }: WrittenChunk): string {
  const name = id.replace(/^LIST /, '').trim();
  if (id === 'Utf8') return `<string>${escapeXml(new TextDecoder().decode(data))}</string>`;
  if (children === null) return `<${name} bdata="${Buffer.from(data).toString('hex')}"/>`;
  return `<${name}>${children.map(toXml).join('\n')}</${name}>`;
}

/** Control characters other than the XML's own cannot stand in it; After Effects does not write them either. */
function escapeXml(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
