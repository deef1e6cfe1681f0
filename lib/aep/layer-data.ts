import type { LayerKind as TemplateLayerKind } from '../contract/formats.ts';
import type { Chunk } from './chunks.ts';

/** The names of After Effects' BlendingMode, in the order of the numbers in the file, which start at 2 (0 is normal too). */
const BLENDING_MODES = [
  'NORMAL',
  'DISSOLVE',
  'ADD',
  'MULTIPLY',
  'SCREEN',
  'OVERLAY',
  'SOFT_LIGHT',
  'HARD_LIGHT',
  'DARKEN',
  'LIGHTEN',
  'CLASSIC_DIFFERENCE',
  'HUE',
  'SATURATION',
  'COLOR',
  'LUMINOSITY',
  'STENCIL_ALPHA',
  'STENCIL_LUMA',
  'SILHOUETE_ALPHA',
  'SILHOUETTE_LUMA',
  'LUMINESCENT_PREMUL',
  'ALPHA_ADD',
  'CLASSIC_COLOR_DODGE',
  'CLASSIC_COLOR_BURN',
  'EXCLUSION',
  'DIFFERENCE',
  'COLOR_DODGE',
  'COLOR_BURN',
  'LINEAR_DODGE',
  'LINEAR_BURN',
  'LINEAR_LIGHT',
  'VIVID_LIGHT',
  'PIN_LIGHT',
  'HARD_MIX',
  'LIGHTER_COLOR',
  'DARKER_COLOR',
  'SUBTRACT',
  'DIVIDE',
] as const;

type BlendingMode = (typeof BLENDING_MODES)[number];

const TRACK_MATTES = ['NO_TRACK_MATTE', 'ALPHA', 'ALPHA_INVERTED', 'LUMA', 'LUMA_INVERTED'] as const;
type TrackMatteType = (typeof TRACK_MATTES)[number];

const QUALITIES = ['WIREFRAME', 'DRAFT', 'BEST'] as const;
const LIGHTS = ['PARALLEL', 'SPOT', 'POINT', 'AMBIENT'] as const;

/** The class of layer, which its source and switches divide further (see `LayerKind`). */
type LayerClass = 'AV' | 'light' | 'camera' | 'text' | 'shape' | 'model';
const CLASSES: readonly LayerClass[] = ['AV', 'light', 'camera', 'text', 'shape', 'model'];

/** A layer's switches, in the words of After Effects' layer attributes. */
export interface LayerSwitches {
  enabled: boolean;
  audioEnabled: boolean;
  effectsActive: boolean;
  motionBlur: boolean;
  frameBlending: 'NO_FRAME_BLEND' | 'FRAME_MIX' | 'PIXEL_MOTION';
  locked: boolean;
  shy: boolean;
  /** Collapse transformations for a composition, continuously rasterize for vectors. */
  collapseTransformation: boolean;
  solo: boolean;
  threeD: boolean;
  threeDPerChar: boolean;
  adjustmentLayer: boolean;
  nullLayer: boolean;
  guideLayer: boolean;
  environmentLayer: boolean;
  preserveTransparency: boolean;
  autoOrient: 'NO_AUTO_ORIENT' | 'ALONG_PATH' | 'CAMERA_OR_POINT_OF_INTEREST' | 'CHARACTERS_TOWARD_CAMERA';
  quality: (typeof QUALITIES)[number];
  samplingQuality: 'BILINEAR' | 'BICUBIC';
}

export interface LayerData {
  id: number;
  layerClass: LayerClass;
  /** Seconds of the composition. */
  startTime: number;
  inPoint: number;
  outPoint: number;
  /** Percent; 100 is normal speed, below 0 backwards. */
  stretch: number;
  sourceId: number;
  parentId: number;
  /** 0 of a layer without a matte; null in projects from before After Effects 23, whose mattes are the layers above. */
  matteLayerId: number | null;
  trackMatte: TrackMatteType;
  blendingMode: BlendingMode;
  lightType: (typeof LIGHTS)[number] | null;
  label: number;
  switches: LayerSwitches;
  /** Whether a camera or light is turned to its point of interest. */
  looksAtPoint: boolean;
}

/** Up to the parent; since After Effects 23 four bytes follow with the id of the matte. */
const SIZE = 136;

/**
 * `ldta`, 160 bytes (164 since version 23). At 0 id; 4 quality (uint16); 8 stretch (int32, over the uint32 at 108);
 * times as int32 over uint32, in and out counted from the start and before the stretch: 12 start, 20 in, 28 out; 37
 * three bytes of switches; 40 source id; 61 label; 99 blending mode; 103 preserve transparency; 107 track matte;
 * 131 class; 132 parent id; 139 kind of light; 160 matte id. With an id of 0 the kind of track matte at 107 counts for
 * nothing: it is left over from a matte that was taken away.
 * Sources: py-aep (forticheprod); LottieFiles/lottie-docs, docs/aep.md.
 */
export function readLayerData(ldta: Chunk): LayerData | null {
  const fields = ldta.fields(SIZE);
  if (!fields) return null;
  const byte = (at: number) => fields.getUint8(at);
  const time = (at: number) => ratio(fields.getInt32(at), fields.getUint32(at + 4));
  const factor = ratio(fields.getInt32(8), fields.getUint32(108)) || 1;
  const startTime = time(12);
  const layerClass = CLASSES[byte(131)] ?? 'AV';
  const matte = ldta.fields(164);
  const ends = [startTime + time(20) * factor, startTime + time(28) * factor];
  return {
    id: fields.getUint32(0),
    layerClass,
    startTime,
    inPoint: ends[0] ?? 0,
    outPoint: ends[1] ?? 0,
    stretch: factor * 100,
    sourceId: fields.getUint32(40),
    parentId: fields.getUint32(132),
    matteLayerId: matte?.getUint32(160) ?? null,
    trackMatte: TRACK_MATTES[byte(107)] ?? 'NO_TRACK_MATTE',
    blendingMode: BLENDING_MODES[Math.max(0, byte(99) - 2)] ?? 'NORMAL',
    lightType: layerClass === 'light' ? (LIGHTS[ldta.fields(140)?.getUint8(139) ?? 0] ?? null) : null,
    label: byte(61),
    switches: readSwitches(fields),
    looksAtPoint: (byte(38) & 0x20) !== 0,
  };
}

/** The bits of the three bytes at 37, 38, 39, and what stands elsewhere. */
function readSwitches(fields: DataView): LayerSwitches {
  const bit = (at: number, number: number) => (fields.getUint8(at) & (1 << number)) !== 0;
  const threeD = bit(38, 2);
  const threeDPerChar = bit(37, 3);
  let autoOrient: LayerSwitches['autoOrient'] = 'NO_AUTO_ORIENT';
  if (bit(38, 0)) autoOrient = 'ALONG_PATH';
  else if (bit(38, 5) && threeD) autoOrient = 'CAMERA_OR_POINT_OF_INTEREST';
  else if (bit(37, 4) && threeDPerChar) autoOrient = 'CHARACTERS_TOWARD_CAMERA';
  return {
    enabled: bit(39, 0),
    audioEnabled: bit(39, 1),
    effectsActive: bit(39, 2),
    motionBlur: bit(39, 3),
    frameBlending: !bit(39, 4) ? 'NO_FRAME_BLEND' : bit(37, 2) ? 'PIXEL_MOTION' : 'FRAME_MIX',
    locked: bit(39, 5),
    shy: bit(39, 6),
    collapseTransformation: bit(39, 7),
    solo: bit(38, 3),
    threeD,
    threeDPerChar,
    adjustmentLayer: bit(38, 1),
    nullLayer: bit(38, 7),
    guideLayer: bit(37, 1),
    environmentLayer: bit(37, 5),
    preserveTransparency: fields.getUint8(103) !== 0,
    autoOrient,
    quality: QUALITIES[fields.getUint16(4)] ?? 'BEST',
    samplingQuality: bit(37, 6) ? 'BICUBIC' : 'BILINEAR',
  };
}

/** A fraction of two integers of the file; 0 if the divisor is. */
export function ratio(dividend: number, divisor: number): number {
  return divisor === 0 ? 0 : dividend / divisor;
}

/** What a layer is, by its class, its source and its switches: of a project it is always known. */
export type LayerKind = Exclude<TemplateLayerKind, 'unknown'>;
