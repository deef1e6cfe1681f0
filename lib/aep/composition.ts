import type { Chunk } from './chunks.ts';
import { readEssentialGraphics } from './essential-graphics.ts';
import type { CompItem, ItemHead } from './items.ts';
import { Layer, type LayerProject } from './layer.ts';
import { ratio, readLayerData } from './layer-data.ts';
import { readMarkers } from './markers.ts';
import { PropertyGroup } from './property-group.ts';

/**
 * `LIST Item` of a composition: `cdta` (settings), `cdrp` (1 for drop-frame time code), a `LIST Layr` for each layer from
 * the top, `LIST SecL` (a layer that holds the composition's markers), `LIST CIF3` (Essential Graphics). The views
 * (`SLay`, `CLay`, `DLay`) are layers too, and none of the composition's. Null if there are no settings.
 */
export function readComposition(item: Chunk, head: ItemHead, project: LayerProject): CompItem | null {
  const lists = new Map<string, Chunk>();
  const layerChunks: Chunk[] = [];
  for (const chunk of item.children()) {
    if (chunk.id === 'Layr') layerChunks.push(chunk);
    else if (!lists.has(chunk.id)) lists.set(chunk.id, chunk);
  }
  const settings = lists.get('cdta');
  const data = settings === undefined ? null : readCompositionData(settings);
  if (data === null) return null;
  const byId = new Map<number, Layer>();
  const markerLayer = lists.get('SecL');
  const comp: CompItem = {
    ...head,
    ...data,
    typeName: 'Composition',
    dropFrame: lists.get('cdrp')?.fields(1)?.getUint8(0) === 1,
    layers: [],
    essentialGraphics: readEssentialGraphics(lists),
    layerById: (id) => byId.get(id) ?? null,
    markers: () => readCompositionMarkers(markerLayer, comp),
  };
  for (const chunk of layerChunks) {
    const layer = readLayer(chunk, comp, project);
    if (layer === null) continue;
    comp.layers.push(layer);
    byId.set(layer.id, layer);
  }
  return comp;
}

/** `LIST Layr`: `ldta`, `Utf8` its own name, `cmta` its comment, `LIST tdgp` its properties. */
function readLayer(list: Chunk, comp: CompItem, project: LayerProject): Layer | null {
  const texts = { name: '', comment: '' };
  let named = false;
  let data: ReturnType<typeof readLayerData> = null;
  let properties: Chunk | null = null;
  for (const chunk of list.children()) {
    if (chunk.id === 'ldta') data = readLayerData(chunk);
    else if (chunk.id === 'Utf8' && !named) {
      texts.name = chunk.text();
      named = true;
    } else if (chunk.id === 'cmta') texts.comment = chunk.text();
    else if (chunk.id === 'tdgp') properties ??= chunk;
  }
  if (data === null) return null;
  return new Layer({ index: comp.layers.length + 1, comp, project }, data, texts, properties);
}

function readCompositionMarkers(markerLayer: Chunk | undefined, comp: CompItem): ReturnType<typeof readMarkers> {
  const properties = markerLayer?.first('tdgp');
  if (!properties) return [];
  const ldta = markerLayer?.first('ldta');
  const context = {
    sourceSize: null,
    compSize: [comp.width, comp.height] as [number, number],
    nullLayer: false,
    threeD: false,
    startTime: (ldta && readLayerData(ldta)?.startTime) ?? 0,
    stretch: 1,
    layerIndex: () => 0,
    effect: () => null,
  };
  return readMarkers(new PropertyGroup(properties, '', context).property('ADBE Marker'));
}

/** A composition's settings, in the words of After Effects' CompItem. Times are seconds. */
export interface CompositionData {
  width: number;
  height: number;
  pixelAspect: number;
  frameRate: number;
  duration: number;
  /** The time that is shown at the first frame. */
  displayStartTime: number;
  /** Counted from the first frame. */
  workAreaStart: number;
  workAreaDuration: number;
  /** Red, green, blue, from 0 to 1. */
  bgColor: [number, number, number];
  /** Where the current-time indicator stood when the project was saved. */
  time: number;
  motionBlur: boolean;
  frameBlending: boolean;
  hideShyLayers: boolean;
  preserveNestedFrameRate: boolean;
  preserveNestedResolution: boolean;
  /** Degrees. */
  shutterAngle: number;
  shutterPhase: number;
  motionBlurSamplesPerFrame: number;
  motionBlurAdaptiveSampleLimit: number;
}

const SIZE = 172;
/** Since After Effects CS3 or so the shutter and its samples follow. */
const SIZE_WITH_SAMPLES = 204;
const UP_TO_THE_END = 0xffffffff;

/**
 * `cdta`, 204 bytes. Times are 32 bits over uint32: 20 current time, 28 start of the work area, 36 its end (all ones
 * for the end of the composition), 44 duration, 164 displayed start (signed). 52 background as three bytes; 139 switches
 * (bit 0 hide shy layers, 3 motion blur, 4 frame blending, 5 and 7 keep frame rate and resolution when nested); 140
 * width, 142 height (uint16); 144 pixel aspect as uint32 over uint32; 156 frame rate as uint16 and 16 bits of fraction;
 * 174 shutter angle (uint16), 180 its phase (int32); 196 limit of adaptive samples, 200 samples.
 * Sources: py-aep (forticheprod); LottieFiles/lottie-docs, docs/aep.md.
 */
function readCompositionData(cdta: Chunk): CompositionData | null {
  const fields = cdta.fields(SIZE);
  if (!fields) return null;
  const time = (at: number) => ratio(fields.getUint32(at), fields.getUint32(at + 4));
  const duration = time(44);
  const workAreaStart = time(28);
  const workAreaEnd = fields.getUint32(36) === UP_TO_THE_END ? duration : time(36);
  const switches = fields.getUint8(139);
  const shutter = cdta.fields(SIZE_WITH_SAMPLES);
  return {
    width: fields.getUint16(140),
    height: fields.getUint16(142),
    pixelAspect: ratio(fields.getUint32(144), fields.getUint32(148)) || 1,
    frameRate: fields.getUint16(156) + fields.getUint16(158) / 0x10000,
    duration,
    displayStartTime: ratio(fields.getInt32(164), fields.getUint32(168)),
    workAreaStart,
    workAreaDuration: Math.max(0, workAreaEnd - workAreaStart),
    bgColor: [fields.getUint8(52) / 255, fields.getUint8(53) / 255, fields.getUint8(54) / 255],
    time: ratio(fields.getInt32(20), fields.getUint32(24)),
    motionBlur: (switches & 0x08) !== 0,
    frameBlending: (switches & 0x10) !== 0,
    hideShyLayers: (switches & 0x01) !== 0,
    preserveNestedFrameRate: (switches & 0x20) !== 0,
    preserveNestedResolution: (switches & 0x80) !== 0,
    shutterAngle: shutter?.getUint16(174) ?? 180,
    shutterPhase: shutter?.getInt32(180) ?? 0,
    motionBlurSamplesPerFrame: shutter?.getInt32(200) ?? 16,
    motionBlurAdaptiveSampleLimit: shutter?.getInt32(196) ?? 128,
  };
}
