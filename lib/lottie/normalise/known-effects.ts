import { isAnimated, keyframesOf, type LottieLayer } from '../document/index.ts';
import { effectValue } from './bake/effect-values.ts';
import { isDrawnSetMatte } from './bake/set-mattes.ts';
import { isDrawnStroke } from './bake/stroke-effects.ts';
import type { Node } from './tree.ts';

/**
 * The effects that Skia draws, by match name; a test draws each and listens to Skia's log.
 */
export const DRAWN_BY_MATCH_NAME: ReadonlySet<unknown> = new Set([
  'ADBE Black&White',
  'ADBE Brightness & Contrast 2',
  'ADBE Bulge',
  'ADBE Corner Pin',
  'ADBE Displacement Map',
  'ADBE Drop Shadow',
  'ADBE Easy Levels2',
  'ADBE Fill',
  'ADBE Fractal Noise',
  'ADBE Gaussian Blur 2',
  'ADBE Geometry2',
  'ADBE HUE SATURATION',
  'ADBE Invert',
  'ADBE Linear Wipe',
  'ADBE Motion Blur',
  'ADBE Pro Levels2',
  'ADBE Radial Wipe',
  'ADBE Ramp',
  'ADBE Shift Channels',
  'ADBE Threshold2',
  'ADBE Tile',
  'ADBE Tint',
  'ADBE Tritone',
  'ADBE Venetian Blinds',
  'CC Sphere',
  'CC Toner',
]);

/** The same by `ty`: old exports leave out the match name. Source: the Lottie specification, "Effects". */
export const DRAWN_BY_TYPE: ReadonlySet<unknown> = new Set([20, 21, 23, 25, 26, 29]);
const CUSTOM = 5;

/** Drawn as others that are nearly the same: see `bake/blurs.ts`. */
export const BAKED: ReadonlySet<unknown> = new Set(['ADBE Box Blur', 'ADBE Box Blur2', 'ADBE Gaussian Blur']);

function isDrawnEffect({ mn, ty }: Node): boolean {
  return typeof mn === 'string' && mn !== '' ? DRAWN_BY_MATCH_NAME.has(mn) || BAKED.has(mn) : DRAWN_BY_TYPE.has(ty);
}

/** Values for expressions and scripts, without a picture of their own: After Effects' controls and a user's own. */
function isControl({ mn, ty, nm }: Node): boolean {
  const name = typeof mn === 'string' ? mn : '';
  if (/^ADBE \w+ Control$/.test(name) || /^Pseudo\//i.test(name)) return true;
  // Without a match name a custom effect cannot be told from a control; those that draw have one.
  return name === '' && (ty === CUSTOM || ty === undefined || typeof nm !== 'string');
}

/** What changes a layer's sound. Source: the After Effects Scripting Guide, "Effect match names", audio. */
export function isSoundEffect({ mn }: Node): boolean {
  return typeof mn === 'string' && /^ADBE (Aud[ _]|Param EQ$)/.test(mn);
}

/** Drawn on some layers only, and where: see `isDrawnStroke` and `isDrawnSetMatte`. */
export const DRAWN_ON_SOME: ReadonlyMap<string, string> = new Map([
  ['ADBE Stroke', 'along masks'],
  ['ADBE Set Matte3', 'by alpha or luminance on a layer without a track matte'],
]);

/** The amount of effects that change nothing without one, by its place. Source: their parameters in Bodymovin's exports. */
const AMOUNTS: ReadonlyMap<unknown, number> = new Map([
  ['ADBE Simple Choker', 1],
  ['ADBE Fast Blur', 0],
]);

function changesNothing(effect: Node): boolean {
  const place = AMOUNTS.get(effect.mn);
  const amount = place === undefined ? undefined : effectValue(effect, place);
  return isAnimated(amount) && keyframesOf(amount).length === 0 && amount.k === 0;
}

/** What an effect draws does not show: it is not drawn, and it has a picture of its own. */
export function isLostEffect(layer: LottieLayer, effect: Node): boolean {
  return (
    !isControl(effect) &&
    !changesNothing(effect) &&
    !isDrawnEffect(effect) &&
    !isDrawnStroke(layer, effect) &&
    !isDrawnSetMatte(layer, effect)
  );
}

/** `ty` of the layer styles that Skia lacks. Source: the Lottie specification, "Layer styles". */
const UNKNOWN_STYLES: Readonly<Record<number, string>> = {
  0: 'Stroke',
  5: 'Bevel and Emboss',
  6: 'Satin',
  8: 'Gradient Overlay',
};

/** The name of a style that is not drawn; null if it is. */
export function styleName({ ty }: Node): string | null {
  return typeof ty === 'number' ? (UNKNOWN_STYLES[ty] ?? null) : null;
}
