import type { Chunk } from './chunks.ts';
import type { PropertyContext } from './property-context.ts';

/** What `tdb4` and `tdsb` say of a property. */
export interface PropertyLayout {
  dimensions: number;
  /** The value moves in space: it has tangents. */
  spatial: boolean;
  color: boolean;
  integer: boolean;
  /** The values are not numbers of this chunk: paths, gradients, … */
  noValue: boolean;
  /** How many units of time are a second. */
  timeBase: number;
  expressionEnabled: boolean;
  /** The switch beside the property (of a group or an effect: the eye). */
  enabled: boolean;
  /** Not shown in the timeline: a rotation of a layer in 2D, or a position whose dimensions are separated. */
  hidden: boolean;
  rotoBezier: boolean;
}

const SIZE = 124;
const DEFAULT_TIME_BASE = 600;

/** `tdsb`, 4 bytes of switches: at 0 RotoBezier; at 3 bit 0 enabled, bit 1 hidden. */
export function readSwitches(tdsb: Chunk | null): Pick<PropertyLayout, 'enabled' | 'hidden' | 'rotoBezier'> {
  const fields = tdsb?.fields(4);
  const bits = fields?.getUint8(3) ?? 1;
  return {
    enabled: (bits & 1) !== 0,
    hidden: (bits & 2) !== 0,
    rotoBezier: fields?.getUint8(0) === 1,
  };
}

/**
 * `tdb4`, 124 bytes, of which are known: `db 99`; dimensions in uint16 at 2; at 5 bit 3 spatial; units of time a second
 * in uint32 at 12; at 57 bit 0 no value; at 59 bit 0 colour, bit 2 integer; at 119 bit 0 expression switched off.
 * Sources: LottieFiles/lottie-docs, docs/aep.md; py-aep; the time base from comparing with `cdta`.
 */
export function readLayout(tdb4: Chunk | null, tdsb: Chunk | null): PropertyLayout {
  const fields = tdb4?.fields(SIZE);
  const switches = readSwitches(tdsb);
  if (!fields) {
    const none = { dimensions: 1, spatial: false, color: false, integer: false, noValue: false };
    return { ...none, timeBase: DEFAULT_TIME_BASE, expressionEnabled: true, ...switches };
  }
  return {
    dimensions: fields.getUint16(2),
    spatial: (fields.getUint8(5) & 0x08) !== 0,
    color: (fields.getUint8(59) & 0x01) !== 0,
    integer: (fields.getUint8(59) & 0x04) !== 0,
    noValue: (fields.getUint8(57) & 0x01) !== 0,
    timeBase: fields.getUint32(12) || DEFAULT_TIME_BASE,
    expressionEnabled: (fields.getUint8(119) & 0x01) === 0,
    ...switches,
  };
}

/** Kept as fractions, shown in percent. Every other property in percent is kept as it is shown. */
const PERCENT: ReadonlySet<string> = new Set(['ADBE Opacity', 'ADBE Scale', 'ADBE Mask Opacity']);

/**
 * What the numbers of the file are multiplied by to be what After Effects shows, dimension by dimension; a single
 * factor counts for all. Source: py-aep (forticheprod), and comparing with Bodymovin's exports.
 */
export function unitFactors(matchName: string, effectPoint: boolean, context: PropertyContext): number[] {
  if (PERCENT.has(matchName)) return [100];
  if (effectPoint) return [...(context.sourceSize ?? context.compSize)];
  if (matchName === 'ADBE Anchor Point' && context.sourceSize !== null) return [...context.sourceSize, 1];
  return [1];
}

/** Colours are kept as alpha, red, green, blue up to 255, and shown as red, green, blue, alpha up to 1. */
export function inShownUnits(
  numbers: readonly number[],
  layout: Pick<PropertyLayout, 'color'>,
  factors: readonly number[],
): number[] {
  if (layout.color && numbers.length >= 4) {
    const [alpha = 0, ...rgb] = numbers;
    return [...rgb.slice(0, 3), alpha].map((channel) => channel / 255);
  }
  return numbers.map((number, dimension) => number * (factors[dimension] ?? factors.at(-1) ?? 1));
}
