import type { Chunk } from './chunks.ts';
import { ratio } from './layer-data.ts';

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
export function readCompositionData(cdta: Chunk): CompositionData | null {
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
