import type { EffectParameter, Layer, PropertyGroup, PropertyValue } from '../aep/read-project.ts';
import type { LottieLayer } from '../lottie/document/index.ts';
import { effectFinding } from '../lottie/normalise/index.ts';
import { plainNumbers, rounded } from './keyframes.ts';
import { animated, type LayerContext, propertyIn, type ValueConversion } from './properties.ts';

/** The kinds of an effect's values in a document. */
const VALUE_TYPE = { number: 0, angle: 1, color: 2, point: 3, checkbox: 4, none: 6, menu: 7, layer: 10 } as const;

const TYPES: Partial<Record<EffectParameter['control'], number>> = {
  SCALAR: VALUE_TYPE.number,
  INTEGER: VALUE_TYPE.number,
  SLIDER: VALUE_TYPE.number,
  ANGLE: VALUE_TYPE.angle,
  COLOR: VALUE_TYPE.color,
  TWO_D: VALUE_TYPE.point,
  THREE_D: VALUE_TYPE.point,
  BOOLEAN: VALUE_TYPE.checkbox,
  ENUM: VALUE_TYPE.menu,
  MASK: VALUE_TYPE.menu,
  LAYER: VALUE_TYPE.layer,
};

/** The kinds of effects that players know by number. The rest has the number of a group of controls. */
const EFFECT_TYPES: Readonly<Record<string, number>> = {
  'ADBE Tint': 20,
  'ADBE Fill': 21,
  'ADBE Stroke': 22,
  'ADBE Tritone': 23,
  'ADBE Pro Levels2': 24,
  'ADBE Drop Shadow': 25,
  'ADBE Radial Wipe': 26,
  'ADBE Displacement Map': 27,
  'ADBE Set Matte3': 28,
  'ADBE Gaussian Blur 2': 29,
  'ADBE Twirl': 30,
  'ADBE MESH WARP': 31,
  'ADBE Ripple': 32,
  'ADBE Spherize': 33,
  'ADBE FreePin3': 34,
};
const OTHER_EFFECT = 5;

/** `ef` of a layer: all of its effects with all of their values, as other things may refer to them. */
export function convertEffects(layer: Layer, context: LayerContext): object[] {
  return layer.effects.map((effect, at) => convertEffect(layer, effect, at + 1, context));
}

/** `made` is the layer of the document with its masks and mattes, by which an effect is drawn or not. */
export function reportEffects(layer: Layer, made: LottieLayer, { report }: LayerContext): void {
  if (layer.kind === 'null' || layer.kind === 'camera' || layer.kind === 'light') return;
  for (const [at, effect] of layer.effects.entries()) {
    const finding = effectFinding(made, Array.isArray(made.ef) ? made.ef[at] : {});
    if (finding !== null) report({ ...finding, property: ['ADBE Effect Parade', effect.matchName] });
  }
}

function convertEffect(layer: Layer, effect: PropertyGroup, place: number, context: LayerContext): object {
  const enabled = effect.enabled && layer.switches.effectsActive;
  const { matchName } = effect;
  const values = (effect.effect?.parameters ?? []).map((parameter, at) =>
    convertValue(effect, parameter, at + 1, context),
  );
  return {
    ty: EFFECT_TYPES[matchName] ?? OTHER_EFFECT,
    nm: effect.name,
    np: values.length + 2,
    mn: matchName,
    ix: place,
    en: enabled ? 1 : 0,
    ef: values,
  };
}

function convertValue(effect: PropertyGroup, parameter: EffectParameter, place: number, context: LayerContext): object {
  const ty = TYPES[parameter.control] ?? VALUE_TYPE.none;
  const { matchName } = parameter;
  const name = propertyIn(effect, matchName)?.name || parameter.name;
  const own = { ty, nm: name, mn: matchName, ix: place };
  if (ty === VALUE_TYPE.none) return { ...own, v: 0 };
  // What was chosen decides whether some effects are drawn.
  const reading = { ...context, withValues: context.withValues || CHOICES.has(ty) };
  return { ...own, v: animated(effect, matchName, reading, { value: conversionOf(ty), otherwise: otherwiseOf(ty) }) };
}

const CHOICES: ReadonlySet<number> = new Set([VALUE_TYPE.checkbox, VALUE_TYPE.menu, VALUE_TYPE.layer]);

function otherwiseOf(ty: number): PropertyValue {
  if (ty === VALUE_TYPE.color) return [0, 0, 0, 1];
  return ty === VALUE_TYPE.point ? [0, 0] : 0;
}

/** A value of the wrong kind, of a damaged project, is as good as none. */
function conversionOf(ty: number): ValueConversion {
  const listed = ty === VALUE_TYPE.color || ty === VALUE_TYPE.point;
  return (value) => {
    if (listed) return Array.isArray(value) ? value.map(rounded) : otherwiseOf(ty);
    return typeof value === 'number' ? plainNumbers(value) : 0;
  };
}
