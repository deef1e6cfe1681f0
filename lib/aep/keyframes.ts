import type { Chunk } from './chunks.ts';
import type { PropertyLayout } from './property-layout.ts';

/** How a keyframe is reached or left. */
export type Interpolation = 'LINEAR' | 'BEZIER' | 'HOLD';

/** As After Effects' KeyframeEase: `speed` in units a second, `influence` in percent of the way to the next keyframe. */
export interface Ease {
  speed: number;
  influence: number;
}

/** A keyframe as it is stored: its time in seconds from the start of the layer, its numbers in the file's units. */
export interface StoredKeyframe {
  time: number;
  inInterpolation: Interpolation;
  outInterpolation: Interpolation;
  /** One for each dimension; only one where the value moves in space. */
  inEase: Ease[];
  outEase: Ease[];
  numbers: number[];
  inTangent: number[] | null;
  outTangent: number[] | null;
  roving: boolean;
  temporalContinuous: boolean;
  temporalAutoBezier: boolean;
}

const INTERPOLATIONS: readonly (Interpolation | undefined)[] = [undefined, 'LINEAR', 'BEZIER', 'HOLD'];

/** More keyframes than there are frames in a day at 100 a second: a count above is a damaged one. */
const MAX_KEYFRAMES = 8_640_000;

/** The fixed start of every item. */
const HEADER_SIZE = 8;
/** Where the numbers of an item stand that has one ease for all of them. */
const SHARED_EASE_SIZE = 56;
/** Three dimensions have this size in both layouts: only the property tells which it is. */
const AMBIGUOUS_SIZE = 128;

/**
 * `LIST list` of a property: `lhd3` (52 bytes: number of items in uint32 at 8, size of an item in uint32 at 16), then
 * `ldat` with the items. An item starts with 8 bytes: time in int32, in the property's time units; interpolation in
 * and out (1 linear, 2 bezier, 3 hold); label; flags (bit 3 continuous, 4 automatic bezier, 5 roving).
 * What follows is one of two layouts, told apart by the size of the item (all numbers float64, n dimensions):
 * - separate eases, 8 + 40 n: value, in speed, in influence, out speed, out influence, each n times;
 * - one ease, 56 + 24 n: 16 bytes of flags, in speed at 24, in influence, out speed, out influence, and at 56 value,
 *   in tangent, out tangent, each n times. So are positions, colours (n = 4), orientation (n = 1, unused), and with
 *   n = 0 in 64 bytes what keeps its values elsewhere (paths, gradients).
 * Markers and texts have 16 bytes: no ease.
 * Sources: LottieFiles/lottie-docs, docs/aep.md; py-aep; the two-layout rule from comparing all sizes.
 */
export function readKeyframes(list: Chunk, layout: PropertyLayout): StoredKeyframe[] {
  const header = list.first('lhd3')?.fields(20);
  const data = list.first('ldat')?.fields(0);
  if (!header || !data) return [];
  const size = header.getUint32(16);
  if (size < HEADER_SIZE) return [];
  const count = Math.min(header.getUint32(8), Math.floor(data.byteLength / size), MAX_KEYFRAMES);
  const keyframes: StoredKeyframe[] = [];
  for (let index = 0; index < count; index++) {
    keyframes.push(readItem(new DataView(data.buffer, data.byteOffset + index * size, size), layout));
  }
  return keyframes;
}

function readItem(item: DataView, layout: PropertyLayout): StoredKeyframe {
  const flags = item.getUint8(7);
  const keyframe: StoredKeyframe = {
    time: item.getInt32(0) / layout.timeBase,
    inInterpolation: INTERPOLATIONS[item.getUint8(4)] ?? 'LINEAR',
    outInterpolation: INTERPOLATIONS[item.getUint8(5)] ?? 'LINEAR',
    inEase: [],
    outEase: [],
    numbers: [],
    inTangent: null,
    outTangent: null,
    roving: (flags & 0x20) !== 0,
    temporalContinuous: (flags & 0x08) !== 0,
    temporalAutoBezier: (flags & 0x10) !== 0,
  };
  const size = item.byteLength;
  const separate =
    (size - HEADER_SIZE) % 40 === 0 && size > HEADER_SIZE && (size !== AMBIGUOUS_SIZE || !layout.spatial);
  if (separate) readSeparateEases(item, keyframe);
  else if (size >= SHARED_EASE_SIZE) readSharedEase(item, keyframe);
  return keyframe;
}

function readSeparateEases(item: DataView, keyframe: StoredKeyframe): void {
  const dimensions = (item.byteLength - HEADER_SIZE) / 40;
  const number = (block: number, dimension: number) =>
    item.getFloat64(HEADER_SIZE + (block * dimensions + dimension) * 8);
  for (let dimension = 0; dimension < dimensions; dimension++) {
    keyframe.numbers.push(number(0, dimension));
    keyframe.inEase.push({ speed: number(1, dimension), influence: number(2, dimension) * 100 });
    keyframe.outEase.push({ speed: number(3, dimension), influence: number(4, dimension) * 100 });
  }
}

function readSharedEase(item: DataView, keyframe: StoredKeyframe): void {
  keyframe.inEase.push({ speed: item.getFloat64(24), influence: item.getFloat64(32) * 100 });
  keyframe.outEase.push({ speed: item.getFloat64(40), influence: item.getFloat64(48) * 100 });
  const dimensions = Math.floor((item.byteLength - SHARED_EASE_SIZE) / 24);
  if (dimensions === 0) return;
  const numbers = (block: number) =>
    Array.from({ length: dimensions }, (_, at) => item.getFloat64(SHARED_EASE_SIZE + (block * dimensions + at) * 8));
  keyframe.numbers = numbers(0);
  keyframe.inTangent = numbers(1);
  keyframe.outTangent = numbers(2);
}
