import { chunk, fields, list, utf8, type WrittenChunk } from './rifx-writer.ts';

/** A composition for a written project. Times are in milliseconds, so that every one of them can be stored exactly. */
export interface WrittenComposition {
  id: number;
  name: string;
  width: number;
  height: number;
  frameRate: number;
  duration: number;
  /** The displayed start. */
  start?: number;
  /** Red, green, blue to 255. */
  background?: readonly [number, number, number];
  layers: WrittenLayer[];
}

export interface WrittenLayer {
  id: number;
  name: string;
  /** 0 with a source, 3 text, 4 shape. */
  layerClass: number;
  sourceId: number;
  parentId: number;
  start: number;
  in: number;
  out: number;
  /** Percent. */
  stretch: number;
  /** Bits of the three bytes of switches. */
  switches: number;
  blendingMode: number;
  trackMatte: number;
  /** Since After Effects 23; left out, the layer is written as before, with 160 bytes. */
  matteId?: number;
  properties?: WrittenChunk[];
}

const MILLISECONDS = 1000;
/** Time units a second of a written property. */
export const TIME_BASE = 30720;

/** `frameCount`: 0 or 1 for frames that count from there, 2 for the time code's own. */
export function header(bits: 0 | 1 | 2 = 0, frameCount: 0 | 1 | 2 = 0): WrittenChunk[] {
  return [
    chunk('head', [...fields(20, [[4, 'uint32', 0x0bba8634]])]),
    chunk('nnhd', [
      ...fields(40, [
        [20, 'uint8', frameCount],
        [24, 'uint8', bits],
      ]),
    ]),
    list('ExEn', [utf8('javascript-1.0')]),
  ];
}

export function folder(id: number, name: string, items: WrittenChunk[]): WrittenChunk {
  return list('Item', [itemData(1, id), utf8(name), list('Sfdr', items)]);
}

export function solid(id: number, name: string, width: number, height: number, color: number[]): WrittenChunk {
  const [red = 0, green = 0, blue = 0] = color;
  const optional = fields(282, [
    [0, 'uint32', 0x536f6c69],
    [14, 'float32', red],
    [18, 'float32', green],
    [22, 'float32', blue],
  ]);
  optional.set(Buffer.from(name, 'latin1').subarray(0, 255), 26);
  const settings = fields(222, [
    [32, 'uint16', width],
    [36, 'uint16', height],
    [42, 'uint32', 1],
  ]);
  return list('Item', [
    itemData(7, id),
    utf8(''),
    list('Pin ', [chunk('sspc', [...settings]), utf8(''), chunk('opti', [...optional])]),
  ]);
}

/** A picture's file: `up` and `down` say how to get there from the project, as counts of folders. */
export function file(
  id: number,
  path: string,
  { up, down }: { up: number; down: number },
  { width, height }: { width: number; height: number } = { width: 10, height: 10 },
): WrittenChunk {
  const alias = { fullpath: path, ascendcount_base: up, ascendcount_target: down, target_is_folder: false };
  const settings = fields(222, [
    [32, 'uint16', width],
    [36, 'uint16', height],
    [42, 'uint32', 1],
  ]);
  settings.set(Buffer.from('png!'), 22);
  const pin = [chunk('sspc', [...settings]), list('Als2', [chunk('alas', JSON.stringify(alias))]), chunk('opti', [0])];
  return list('Item', [itemData(7, id), utf8(''), list('Pin ', pin)]);
}

/** Numbered pictures of 10 by 10 in a folder, which is not beside the project. `duration` is in milliseconds. */
export function sequence(
  id: number,
  folder: string,
  names: readonly string[],
  { frameRate, duration }: { frameRate: number; duration: number },
): WrittenChunk {
  const settings = fields(222, [
    [32, 'uint16', 10],
    [36, 'uint16', 10],
    [38, 'uint32', duration],
    [42, 'uint32', MILLISECONDS],
    [56, 'uint32', frameRate],
  ]);
  settings.set(Buffer.from('png!'), 22);
  const alias = list('Als2', [chunk('alas', JSON.stringify({ fullpath: folder, target_is_folder: true }))]);
  const pin = [chunk('sspc', [...settings]), alias, list('StVc', names.map(utf8)), chunk('opti', [0])];
  return list('Item', [itemData(7, id), utf8('shots'), list('Pin ', pin)]);
}

export function composition(comp: WrittenComposition): WrittenChunk {
  const data = fields(204, [
    [28, 'uint32', 0],
    [32, 'uint32', MILLISECONDS],
    [36, 'uint32', 0xffffffff],
    [40, 'uint32', MILLISECONDS],
    [44, 'uint32', comp.duration],
    [48, 'uint32', MILLISECONDS],
    ...(comp.background ?? [0, 0, 0]).map((channel, at): [number, 'uint8', number] => [52 + at, 'uint8', channel]),
    [140, 'uint16', comp.width],
    [142, 'uint16', comp.height],
    [144, 'uint32', 1],
    [148, 'uint32', 1],
    [156, 'uint16', comp.frameRate],
    [164, 'int32', comp.start ?? 0],
    [168, 'uint32', MILLISECONDS],
  ]);
  return list('Item', [
    itemData(4, comp.id),
    utf8(comp.name),
    chunk('cdta', [...data]),
    ...comp.layers.map(writeLayer),
  ]);
}

/** In and out are counted from the start, and before the stretch, as After Effects writes them. */
function writeLayer(layer: WrittenLayer): WrittenChunk {
  const data = fields(layer.matteId === undefined ? 160 : 164, [
    [0, 'uint32', layer.id],
    [4, 'uint16', 2],
    [8, 'int32', layer.stretch],
    [12, 'int32', layer.start],
    [16, 'uint32', MILLISECONDS],
    [20, 'int32', layer.in],
    [24, 'uint32', MILLISECONDS],
    [28, 'int32', layer.out],
    [32, 'uint32', MILLISECONDS],
    [36, 'uint32', layer.switches],
    [40, 'uint32', layer.sourceId],
    [99, 'uint8', layer.blendingMode],
    [107, 'uint8', layer.trackMatte],
    [108, 'uint32', 100],
    [131, 'uint8', layer.layerClass],
    [132, 'uint32', layer.parentId],
    ...(layer.matteId === undefined ? [] : [[160, 'uint32', layer.matteId] as [number, 'uint32', number]]),
  ]);
  return list('Layr', [chunk('ldta', [...data]), utf8(layer.name), group(layer.properties ?? [])]);
}

export function group(properties: WrittenChunk[], name = '-_0_/-'): WrittenChunk {
  return list('tdgp', [
    chunk('tdsb', [0, 0, 0, 1]),
    list('tdsn', [utf8(name)]),
    ...properties,
    matchName('ADBE Group End'),
  ]);
}

export function matchName(name: string): WrittenChunk {
  return chunk('tdmn', [...Buffer.from(name.padEnd(40, '\0'), 'latin1')]);
}

/** `LIST tdbs` of a property of these dimensions; `contents` are its value, its keyframes, its expression. */
export function property(
  dimensions: number,
  spatial: boolean,
  contents: WrittenChunk[],
  { color = false }: { color?: boolean } = {},
): WrittenChunk {
  const layout = fields(124, [
    [0, 'uint16', 0xdb99],
    [2, 'uint16', dimensions],
    [5, 'uint8', spatial ? 8 : 0],
    [12, 'uint32', TIME_BASE],
    [59, 'uint8', color ? 1 : 0],
  ]);
  const switches = [chunk('tdsb', [0, 0, 0, 1]), list('tdsn', [utf8('-_0_/-')])];
  return list('tdbs', [...switches, chunk('tdb4', [...layout]), ...contents]);
}

export function numbers(values: number[]): WrittenChunk {
  return chunk('cdat', [
    ...fields(
      values.length * 8,
      values.map((value, at) => [at * 8, 'float64', value]),
    ),
  ]);
}

/** `LIST list` of items of this size. */
export function items(size: number, data: Uint8Array[]): WrittenChunk {
  const head = fields(52, [
    [8, 'uint32', data.length],
    [16, 'uint32', size],
  ]);
  return list('list', [chunk('lhd3', [...head]), chunk('ldat', [...Buffer.concat(data)])]);
}

function itemData(kind: number, id: number): WrittenChunk {
  const data = fields(84, [
    [0, 'uint16', kind],
    [16, 'uint32', id],
  ]);
  return chunk('idta', [...data]);
}
