import type { Layer } from '../aep/read-project.ts';

/** The blend modes of a document, by number. */
export const BLEND_MODE = {
  normal: 0,
  multiply: 1,
  screen: 2,
  overlay: 3,
  darken: 4,
  lighten: 5,
  colorDodge: 6,
  colorBurn: 7,
  hardLight: 8,
  softLight: 9,
  difference: 10,
  exclusion: 11,
  hue: 12,
  saturation: 13,
  color: 14,
  luminosity: 15,
  add: 16,
  hardMix: 17,
} as const;

interface Converted {
  mode: number;
  /** False if the document's mode only comes near. */
  exact: boolean;
}

const exactly = (mode: keyof typeof BLEND_MODE): Converted => ({ mode: BLEND_MODE[mode], exact: true });
const nearly = (mode: keyof typeof BLEND_MODE): Converted => ({ mode: BLEND_MODE[mode], exact: false });

const LAYER_MODES: Partial<Record<Layer['blendingMode'], Converted>> = {
  NORMAL: exactly('normal'),
  ADD: exactly('add'),
  LINEAR_DODGE: exactly('add'),
  MULTIPLY: exactly('multiply'),
  SCREEN: exactly('screen'),
  OVERLAY: exactly('overlay'),
  SOFT_LIGHT: exactly('softLight'),
  HARD_LIGHT: exactly('hardLight'),
  DARKEN: exactly('darken'),
  LIGHTEN: exactly('lighten'),
  DIFFERENCE: exactly('difference'),
  CLASSIC_DIFFERENCE: nearly('difference'),
  EXCLUSION: exactly('exclusion'),
  HUE: exactly('hue'),
  SATURATION: exactly('saturation'),
  COLOR: exactly('color'),
  LUMINOSITY: exactly('luminosity'),
  COLOR_DODGE: exactly('colorDodge'),
  CLASSIC_COLOR_DODGE: nearly('colorDodge'),
  COLOR_BURN: exactly('colorBurn'),
  CLASSIC_COLOR_BURN: nearly('colorBurn'),
  HARD_MIX: exactly('hardMix'),
};

/** A layer's mode as a document has it; null if it has none that comes near. */
export function layerBlendMode(mode: Layer['blendingMode']): Converted | null {
  return LAYER_MODES[mode] ?? null;
}

/** Within a shape layer, the mode is the place in a menu. Source: Bodymovin's exporter. */
const SHAPE_MODES: ReadonlyMap<number, keyof typeof BLEND_MODE> = new Map([
  [1, 'normal'],
  [3, 'darken'],
  [4, 'multiply'],
  [5, 'colorBurn'],
  [9, 'lighten'],
  [10, 'screen'],
  [11, 'colorDodge'],
  [12, 'add'],
  [15, 'overlay'],
  [16, 'softLight'],
  [17, 'hardLight'],
  [21, 'hardMix'],
  [23, 'difference'],
  [24, 'exclusion'],
  [26, 'hue'],
  [27, 'saturation'],
  [28, 'color'],
  [29, 'luminosity'],
]);

/** The mode of a shape layer's group, fill or stroke; null if a document has none like it. */
export function shapeBlendMode(place: number): number | null {
  const mode = SHAPE_MODES.get(place);
  return mode === undefined ? null : BLEND_MODE[mode];
}
