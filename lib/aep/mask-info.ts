import type { Chunk } from './chunks.ts';

export type MaskMode = 'NONE' | 'ADD' | 'SUBTRACT' | 'INTERSECT' | 'DARKEN' | 'LIGHTEN' | 'DIFFERENCE';

const MODES: readonly MaskMode[] = ['NONE', 'ADD', 'SUBTRACT', 'INTERSECT', 'DARKEN', 'LIGHTEN', 'DIFFERENCE'];

/** What of a mask is a switch and not a property. */
export interface MaskInfo {
  mode: MaskMode;
  inverted: boolean;
  locked: boolean;
  motionBlur: 'SAME_AS_LAYER' | 'OFF' | 'ON';
  featherFalloff: 'SMOOTH' | 'LINEAR';
}

/**
 * `mkif`: one byte each for inverted, locked, motion blur (0 as the layer, 1 off, 2 on) and feather falloff (1 linear),
 * 2 bytes, the mode in uint16 at 6; the rest is the mask's colour in the timeline and when it was made.
 * Source: py-aep (forticheprod).
 */
export function readMaskInfo(mkif: Chunk): MaskInfo {
  const fields = mkif.fields(8);
  return {
    mode: MODES[fields?.getUint16(6) ?? 1] ?? 'ADD',
    inverted: fields?.getUint8(0) === 1,
    locked: fields?.getUint8(1) === 1,
    motionBlur: (['SAME_AS_LAYER', 'OFF', 'ON'] as const)[fields?.getUint8(2) ?? 0] ?? 'SAME_AS_LAYER',
    featherFalloff: fields?.getUint8(3) === 1 ? 'LINEAR' : 'SMOOTH',
  };
}
