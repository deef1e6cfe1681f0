import type { Chunk } from './chunks.ts';
import type { ItemHead } from './items.ts';
import { ratio } from './layer-data.ts';

/** A file, or the files of a sequence, as the path was on the machine that saved the project. */
export interface FileSource {
  kind: 'file';
  /** The file; of a sequence its first one. */
  path: string;
  /** The same from the project's own folder, with `/`; null if the project does not know. */
  relativePath: string | null;
  /** Whether it is a sequence of files in one folder. */
  isSequence: boolean;
  /** The names of a sequence's files, where the project has them. */
  fileNames: string[];
  /** The four letters of its format (`png!`, `MP3A`, …). */
  format: string;
  /** Whether After Effects did not find it when it saved the project. */
  missing: boolean;
  /** The layer of a Photoshop file that it shows; null if that is all of them, or another kind of file. */
  photoshopLayer: PhotoshopLayer | null;
}

/** A layer of a Photoshop file: its place from the bottom, and its edges in pixels, which may lie outside of the file's. */
export interface PhotoshopLayer {
  /** Bits a channel: 8, 16 or 32. */
  depth: number;
  index: number;
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Stands for a file that is not there, with nothing but a name. */
export interface PlaceholderSource {
  kind: 'placeholder';
}

/** A file, a solid or a placeholder in the project panel. */
export interface FootageItem extends ItemHead {
  typeName: 'Footage';
  /** Pixels; 0 of sound. */
  width: number;
  height: number;
  pixelAspect: number;
  /** Seconds; 0 of a still. */
  duration: number;
  /** Frames a second; 0 of a still. */
  frameRate: number;
  hasVideo: boolean;
  hasAudio: boolean;
  mainSource: FileSource | SolidSource | PlaceholderSource;
}

/** Up to the rate it is conformed to. */
const SIZE = 152;
const NO_FRAME = 0xffffffff;

/**
 * `LIST Pin ` of an item: `sspc` (what the footage is like), `LIST Als2` > `alas` (where it is, as JSON), `opti` (what
 * its format needs), `LIST StVc` (the files of a sequence).
 *
 * `sspc`, 222 bytes (fewer in old files): 22 format in four letters; 32 width, 36 height (uint16); duration as uint32
 * over uint32 at 38; frame rate as uint32 at 56 with 16 bits of fraction at 60; 115 missing when saved; 129 loops; 136
 * pixel aspect as uint32 over uint32; 148 the rate it is conformed to, as uint16 and 16 bits of fraction; 160 rate of
 * the sound (float64, 0 for none); 172 first frame, 180 digits of a sequence.
 * Source: py-aep (forticheprod).
 */
export function readFootage(pin: Chunk, head: ItemHead): FootageItem {
  const item: FootageItem = {
    ...head,
    typeName: 'Footage',
    width: 0,
    height: 0,
    pixelAspect: 1,
    duration: 0,
    frameRate: 0,
    hasVideo: false,
    hasAudio: false,
    mainSource: { kind: 'placeholder' },
  };
  let optional: Chunk | null = null;
  let sequence: DataView | null = null;
  const file: FileSource = {
    kind: 'file',
    path: '',
    relativePath: null,
    isSequence: false,
    fileNames: [],
    format: '',
    missing: false,
    photoshopLayer: null,
  };
  /** Before `opti`, the parts of the names of a sequence: what is before the number, and after it. */
  const nameParts: string[] = [];
  for (const chunk of pin.children()) {
    if (chunk.id === 'sspc') sequence = readSettings(chunk, item, file);
    else if (chunk.id === 'Als2') Object.assign(file, readAlias(chunk));
    else if (chunk.id === 'opti') optional = chunk;
    else if (chunk.id === 'StVc') file.fileNames = [...chunk.children()].filter(isText).map((name) => name.text());
    else if (chunk.id === 'Utf8' && optional === null) nameParts.push(chunk.text());
  }
  const solid = optional === null ? null : readSolidSource(optional);
  if (solid !== null) {
    item.mainSource = solid.source;
    item.name ||= solid.name;
  } else if (file.path !== '') {
    const inFolder = (folder: string) => pathInFolder(folder, file, sequence, nameParts);
    const relativePath = file.relativePath === null ? null : inFolder(file.relativePath);
    const photoshopLayer = optional === null ? null : readPhotoshopLayer(optional);
    item.mainSource = { ...file, path: inFolder(file.path), relativePath, photoshopLayer };
    item.name ||= baseName(item.mainSource.path);
  } else if (optional !== null) {
    item.name ||= readPlaceholderName(optional);
  }
  return item;
}

function isText(chunk: Chunk): boolean {
  return chunk.id === 'Utf8';
}

function readSettings(sspc: Chunk, item: FootageItem, file: FileSource): DataView | null {
  const fields = sspc.fields(SIZE);
  if (!fields) return null;
  const loops = Math.max(1, fields.getUint8(129));
  const native = fields.getUint32(56) + fields.getUint16(60) / 0x10000;
  const conformed = fields.getUint16(148) + fields.getUint16(150) / 0x10000;
  item.width = fields.getUint16(32);
  item.height = fields.getUint16(36);
  item.frameRate = conformed || native;
  item.duration = ratio(fields.getUint32(38), fields.getUint32(42)) * (conformed ? native / conformed : 1) * loops;
  item.pixelAspect = ratio(fields.getUint32(136), fields.getUint32(140)) || 1;
  item.hasVideo = item.width > 0 && item.height > 0;
  const sound = sspc.fields(168)?.getFloat64(160) ?? 0;
  item.hasAudio = sound > 0;
  file.format = new TextDecoder('latin1').decode(sspc.data.subarray(22, 26)).replace(/\0/g, '');
  file.missing = fields.getUint8(115) !== 0;
  return sspc.fields(184);
}

/**
 * `alas`: a JSON object with `fullpath`, and how to get there from the project: as many folders up as `ascendcount_base`
 * says (1 is the project's own), then as many of the last parts of the path as `ascendcount_target` says. What cannot be
 * read is as good as no path. The counts: from projects that were collected with their footage, and others.
 */
function readAlias(als2: Chunk): Pick<FileSource, 'path' | 'relativePath' | 'isSequence'> {
  const alias = parseAlias(als2.first('alas')?.text() ?? '');
  const path = typeof alias.fullpath === 'string' ? alias.fullpath : '';
  const [up, down] = [alias.ascendcount_base, alias.ascendcount_target];
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const isSequence = alias.target_is_folder === true;
  if (!isCount(up) || !isCount(down) || down > parts.length) return { path, relativePath: null, isSequence };
  return { path, relativePath: [...Array<string>(up - 1).fill('..'), ...parts.slice(-down)].join('/'), isSequence };
}

function parseAlias(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch (error) {
    // Cut short or not JSON: the item stays, without a file.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** More folders than this are in no path. */
const MOST_FOLDERS = 100;

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_FOLDERS;
}

/** A sequence has its folder's path: its first file's name is listed, or made of its parts and its number. */
function pathInFolder(
  folder: string,
  { fileNames }: FileSource,
  sequence: DataView | null,
  nameParts: readonly string[],
): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  if (fileNames[0] !== undefined) return `${folder}${separator}${fileNames[0]}`;
  const [prefix = '', suffix = ''] = nameParts.slice(-2);
  if (!sequence || nameParts.length < 2 || (prefix === '' && suffix === '')) return folder;
  const [first, digits] = [sequence.getUint32(172), sequence.getUint32(180)];
  if (first === NO_FRAME || digits === 0 || digits > 20) return folder;
  return `${folder}${separator}${prefix}${String(first).padStart(digits, '0')}${suffix}`;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

const ALL_LAYERS = 0xffff;

/**
 * `opti` of a Photoshop file: `8BPS`, at 16 the layer (uint16, 0xffff for all of them), at 40 its depth, at 78 its edges (top, left, bottom,
 * right as int32 of the other byte order). Source: py-aep; projects beside their Photoshop files.
 */
function readPhotoshopLayer(opti: Chunk): PhotoshopLayer | null {
  const fields = opti.fields(94);
  if (fields?.getUint32(0) !== 0x38425053) return null;
  const index = fields.getUint16(16);
  const edge = (at: number) => fields.getInt32(at, true);
  const depth = fields.getUint8(40);
  return index === ALL_LAYERS
    ? null
    : { depth, index, top: edge(78), left: edge(82), bottom: edge(86), right: edge(90) };
}

/** `opti` of a placeholder: the format's four letters are 0, and its name is at 10. */
function readPlaceholderName(opti: Chunk): string {
  const data = opti.data.subarray(10);
  const end = data.indexOf(0);
  return new TextDecoder('windows-1252').decode(end === -1 ? data : data.subarray(0, end));
}

/** The colour and size of a solid. */
export interface SolidSource {
  kind: 'solid';
  /** Red, green, blue, from 0 to 1. */
  color: [number, number, number];
}

const NAME_AT = 26;

/**
 * `opti` of a solid, 282 bytes: `Soli`, 6 bytes, at 10 alpha, red, green, blue in float32, at 26 its name in 256 bytes.
 * Null if the footage is not a solid. Source: LottieFiles/lottie-docs, docs/aep.md.
 */
function readSolidSource(opti: Chunk): { source: SolidSource; name: string } | null {
  const fields = opti.fields(NAME_AT);
  if (fields?.getUint32(0) !== 0x536f6c69) return null;
  const color: SolidSource['color'] = [fields.getFloat32(14), fields.getFloat32(18), fields.getFloat32(22)];
  const name = opti.data.subarray(NAME_AT);
  const end = name.indexOf(0);
  const text = new TextDecoder('windows-1252').decode(end === -1 ? name : name.subarray(0, end));
  return { source: { kind: 'solid', color }, name: text };
}
