import { TemplateFault } from './fault.ts';

/**
 * How deep chunks may stand within each other. A vector group costs four levels, so this is some sixty groups within
 * groups: far more than After Effects' own timeline can show, and little enough to be walked by recursion.
 */
const MAX_DEPTH = 256;

/** A chunk's id and size; a list adds four bytes of kind. */
const HEADER_SIZE = 8;
const KIND_SIZE = 4;

/**
 * Not lists by their id, yet each wraps the `Utf8` of a name. Before After Effects 2020 or so they held the name itself,
 * ended by a NUL, with no chunk in between.
 */
const WRAPPERS: ReadonlySet<string> = new Set(['tdsn', 'fnam', 'pdnm', 'RCom']);

/**
 * One chunk: a window onto the file's bytes, which are never copied. What it holds is walked when it is asked for, so
 * a project costs the memory of what was looked at.
 *
 * Layout (RIFX, which is RIFF with its integers big-endian): 4 bytes of ASCII id, 4 bytes of size, that many bytes of
 * data, and one byte of padding where the size is odd. The data of a `LIST` are 4 bytes of kind and then chunks, but
 * for `LIST btdk`, which holds a document in another grammar (see text-document.ts).
 * Source: "Multimedia Programming Interface and Data Specifications 1.0"; LottieFiles/lottie-docs, docs/aep.md.
 */
export class Chunk {
  /** The id; of a list, its kind: `LIST Layr` is `Layr`. */
  readonly id: string;
  readonly isList: boolean;
  /** Where the data start (after the kind of a list) and end, in the file. */
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, id: string, isList: boolean, start: number, end: number, depth: number) {
    this.#bytes = bytes;
    this.id = id;
    this.isList = isList;
    this.start = start;
    this.end = end;
    this.depth = depth;
  }

  get size(): number {
    return this.end - this.start;
  }

  get data(): Uint8Array {
    return this.#bytes.subarray(this.start, this.end);
  }

  #view(): DataView {
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.start, this.size);
  }

  get holdsChunks(): boolean {
    if (this.isList) return this.id !== 'btdk';
    return WRAPPERS.has(this.id) && this.size >= HEADER_SIZE && readId(this.#bytes, this.start) === 'Utf8';
  }

  /**
   * The chunks within, in their order. One that says it is longer than its parent is cut to it and is the last:
   * what a truncated file still holds is given, and `survey` is what tells that it was truncated.
   */
  *children(): Generator<Chunk> {
    if (!this.holdsChunks || this.depth >= MAX_DEPTH) return;
    let at = this.start;
    while (at + HEADER_SIZE <= this.end) {
      const child = readChunk(this.#bytes, at, this.end, this.depth + 1);
      if (child === null) return;
      yield child;
      at = child.end + ((child.end - at) & 1);
    }
  }

  /** The first chunk of this id (of a list: of this kind) within. Asked of every property, so without a generator. */
  first(id: string): Chunk | null {
    if (!this.holdsChunks || this.depth >= MAX_DEPTH) return null;
    for (let at = this.start; at + HEADER_SIZE <= this.end; ) {
      const child = readChunk(this.#bytes, at, this.end, this.depth + 1);
      if (child === null || child.id === id) return child;
      at = child.end + ((child.end - at) & 1);
    }
    return null;
  }

  /** The chunk as text: of a list or a name's wrapper the first `Utf8` within, else its own data. */
  text(): string {
    if (!this.holdsChunks) return readText(this.data);
    const utf8 = this.first('Utf8');
    return utf8 === null ? '' : readText(utf8.data);
  }

  /** The data as fields at fixed places, or null if the chunk is shorter than its layout needs. */
  fields(size: number): DataView | null {
    return this.size < size ? null : this.#view();
  }
}

/** What a walk over every header of the file found. */
interface Survey {
  chunks: number;
  /** How often each id stands in the file that `isKnown` did not know. */
  unknown: Map<string, number>;
  /** The first place where a size leaves its parent, or chunks stand too deep; null for a sound file. */
  fault: { offset: number; what: string } | null;
}

/** Opens a RIFX file: `RIFX`, its size, the form (`Egg!`), chunks; what follows the block is XMP, not chunks. */
export function openChunks(bytes: Uint8Array): Chunk {
  if (bytes.length < HEADER_SIZE + KIND_SIZE || readId(bytes, 0) !== 'RIFX') {
    throw new TemplateFault('This is not an After Effects project: it does not start with a RIFX block', 0);
  }
  const form = readId(bytes, HEADER_SIZE);
  if (form !== 'Egg!') {
    throw new TemplateFault('This RIFX file is not an After Effects project: its form is not "Egg!"', HEADER_SIZE);
  }
  const end = Math.min(bytes.length, HEADER_SIZE + readSize(bytes, 4));
  return new Chunk(bytes, form, true, HEADER_SIZE + KIND_SIZE, Math.max(end, HEADER_SIZE + KIND_SIZE), 0);
}

/** Walks every chunk's header once, without recursion, and holds nothing but the lists that are open. */
export function survey(bytes: Uint8Array, root: Chunk, isKnown: (id: string) => boolean): Survey {
  const result: Survey = { chunks: 0, unknown: new Map(), fault: null };
  const note = (offset: number, what: string) => {
    result.fault ??= { offset, what };
  };
  const said = HEADER_SIZE + readSize(bytes, 4);
  if (said > bytes.length) note(bytes.length, `the file ends early: ${said} bytes were announced`);
  const open: { chunk: Chunk; at: number }[] = [{ chunk: root, at: root.start }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { chunk: parent, at } = top;
    if (at >= parent.end) {
      open.pop();
      continue;
    }
    const child = readChunk(bytes, at, parent.end, parent.depth + 1);
    if (child === null) {
      note(at, `${parent.end - at} bytes in "${parent.id}" are not a chunk`);
      open.pop();
      continue;
    }
    top.at = child.end + ((child.end - at) & 1);
    result.chunks++;
    if (!isKnown(child.id)) result.unknown.set(child.id, (result.unknown.get(child.id) ?? 0) + 1);
    if (at + HEADER_SIZE + readSize(bytes, at + 4) > parent.end) {
      note(at, `chunk "${child.id}" is longer than "${parent.id}", which holds it`);
    }
    if (!child.holdsChunks) continue;
    if (child.depth >= MAX_DEPTH) note(at, `chunks stand more than ${MAX_DEPTH} deep`);
    else open.push({ chunk: child, at: child.start });
  }
  return result;
}

/** Reads the header at `at`; its end is cut to `limit`. Null if not even a header is there. */
function readChunk(bytes: Uint8Array, at: number, limit: number, depth: number): Chunk | null {
  if (at + HEADER_SIZE > limit) return null;
  const id = readId(bytes, at);
  const start = at + HEADER_SIZE;
  const end = Math.min(limit, start + readSize(bytes, at + 4));
  if (id !== 'LIST') return new Chunk(bytes, id, false, start, end, depth);
  if (start + KIND_SIZE > end) return null;
  return new Chunk(bytes, readId(bytes, start), true, start + KIND_SIZE, end, depth);
}

function readId(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0, bytes[at + 3] ?? 0);
}

function readSize(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}

const utf8 = new TextDecoder('utf-8');

/** Text in UTF-8, up to its first NUL: names are kept in fields that may hold the rest of a longer, older name. */
function readText(data: Uint8Array): string {
  const nul = data.indexOf(0);
  return utf8.decode(nul === -1 ? data : data.subarray(0, nul));
}

/**
 * The chunks that are known: read here, or known to hold nothing that a template's data depend on. Every other id is
 * skipped in the same way, and counted, so that a newer After Effects shows in `Project.unknownChunks`.
 */
const READ = [
  // The project itself.
  'head nhed nnhd ExEn Fold Sfdr Item idta cmta Utf8',
  // Compositions, layers, footage.
  'cdta cdrp Layr ldta SecL Pin  sspc Als2 alas opti StVc CIF3 CIF2 CIFO CpS2 CCtl CTyp CPrp CCId CLId',
  // Properties.
  'tdgp tdmn tdsb tdsn tdbs tdb4 cdat tdum tduM tdpi tdli expr list lhd3 ldat',
  'otst otky otda om-s omks shap shph GCst GCky mrst mrky Nmrd NmHd btds btdk mkif',
  // Effects.
  'EfdG EfDC EfDf fnam parT parn pard pdnm',
].join(' ');

const SKIPPED = [
  // Panels, views, selections, guides and what else is of the window: `f…` of the viewers, outlines, work spaces.
  'fvdv ftts foac fipc fiop fifl fiac fips fovi fovc fott fots fitt fits fivi fivc fidi fimr fipl ftwd fdta fcid ftgi',
  'SLay CLay DLay Ewst ewot ewin FEE  otln LOm  Gide gdta wsns wsnm seq  idpc iide pdvc oacc fmpl dats',
  // Colour management, the renderer's choice, thumbnails, sound, media that were not found.
  'CPPl pprf cpid acer adfr dwga qtlg gpuG CLRS epid apid linl ipws embp prgb dcui Mcsp mnfo strt drop PRin prin prda',
  'lnrb lnrp pcms ocsp comr blsv blsi CapI svap',
  // The render queue.
  'LRdr LSIf LItm Rhed Rout Roou Ropt ARsi AFsi ACsi RCom PTRE',
  // Essential Graphics: values, ranges and looks of a control, which the property itself holds as well.
  'CsCt CapS CapL CPTm CROI CcCt CprC CVal CDef Smin Smax CFEd CSEd CDim CSLk CSMw CSMh CSMs CSMe CSMt CSMp CSMd',
  'CCEx CSGe StVS OvG2 OvdG',
  // Chunks of properties and effects: links by id, shapes drawn with feather, roto brush, text's own selection state.
  'tdps fth5 omtn pgui btgu sfdt sfid sfnm Pefl pjef numS ppSn mrid Stro Shap Trim PwCs ocid acid uuid',
].join(' ');

/** Ids are four characters, and two of them end in a space: cut at every fifth place rather than at spaces. */
function idsOf(list: string): string[] {
  const ids: string[] = [];
  for (let at = 0; at < list.length; at += 5) ids.push(list.slice(at, at + 4));
  return ids;
}

const KNOWN: ReadonlySet<string> = new Set([...idsOf(READ), ...idsOf(SKIPPED)]);

export function isKnownChunk(id: string): boolean {
  return KNOWN.has(id);
}
