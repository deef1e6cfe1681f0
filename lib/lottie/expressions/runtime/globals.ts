import { memberNames, memberOf } from './callable.ts';
import { Compositions } from './composition-ref.ts';
import { degreesToRadians, hexToRgb, hslToRgb, lookAt, radiansToDegrees, rgbToHsl, timecodeOf } from './conversion.ts';
import { ease, easeIn, easeOut, linear } from './interpolation.ts';
import { LayerRef } from './layer-ref.ts';
import { createPath, PathValue } from './path-value.ts';
import { PropertyRef } from './property-ref.ts';
import { propertyValue } from './property-values.ts';
import { gaussian, inRange, seedOf, smoothNoise } from './random.ts';
import {
  assigned,
  clamped,
  crossProduct,
  difference,
  distance,
  dotProduct,
  negative,
  normalized,
  plainOf,
  product,
  quotient,
  remainder,
  sum,
} from './vectors.ts';
import type { World } from './world.ts';

/**
 * The names that follow from nothing but their arguments. Those with `$bm_` are what Bodymovin writes for operators.
 * Sources: Adobe's expression reference, "General"; the Lottie documentation, "Expressions"; Bodymovin's exports.
 */
export function plainGlobals(): Record<string, unknown> {
  return {
    $bm_sum: sum,
    $bm_sub: difference,
    $bm_mul: product,
    $bm_div: quotient,
    $bm_mod: remainder,
    $bm_neg: negative,
    $bm_isInstanceOfArray: Array.isArray,
    $ae_plain: plainOf,
    $ae_assign: assigned,
    sum,
    add: sum,
    sub: difference,
    mul: product,
    div: quotient,
    mod: remainder,
    dot: dotProduct,
    cross: crossProduct,
    length: distance,
    normalize: normalized,
    clamp: clamped,
    linear,
    ease,
    easeIn,
    easeOut,
    degreesToRadians,
    degrees_to_radians: degreesToRadians,
    radiansToDegrees,
    radians_to_degrees: radiansToDegrees,
    rgbToHsl,
    hslToRgb,
    hexToRgb,
    createPath,
    lookAt,
  };
}

/** The names that follow from the expression that is being evaluated. */
export function boundGlobals(world: World): Record<string, (...args: unknown[]) => unknown> {
  const next = () => world.current.next();
  const rate = world.model.frameRate;
  const compositions = new Compositions(world);
  const now = (time: unknown) => (time === undefined ? world.current.time : Number(time));
  return {
    comp: (name) => compositions.named(name),
    posterizeTime: (perSecond) => world.current.posterize(perSecond),
    seedRandom: (offset, timeless = false) => world.current.seed(offset, timeless),
    random: (...args) => inRange(next, args),
    gaussRandom: (...args) => inRange(() => gaussian(next), args),
    noise: (at) => smoothNoise(seedOf('noise'), Array.isArray(at) ? at.map(Number) : [Number(at)]),
    timeToFrames: (time, perSecond = rate) => Math.floor(now(time) * Number(perSecond) + 1e-6),
    framesToTime: (frames, perSecond = rate) => Number(frames) / Number(perSecond),
    timeToTimecode: (time, base = 30) => timecodeOf(now(time), Number(base)),
    timeToCurrentFormat: (time, perSecond = rate) => timecodeOf(now(time), Math.round(Number(perSecond))),
  };
}

/** What an expression finds without naming an object: members of its layer and of its property. */
export function currentGlobals(world: World): Record<string, () => unknown> {
  const compositions = new Compositions(world);
  const facts = () => world.facts(world.current.id);
  const layer = () => compositions.ref(facts().composition).layerAt(facts().layer);
  const property = () => layer().own(world.current.id);
  const value = () => world.given(world.plain(world.current.id, world.current.time));
  const found: Record<string, () => unknown> = {};
  const shorthands = ['anchorPoint', 'position', 'scale', 'rotation', 'opacity', 'orientation'];
  for (const name of [...shorthands, 'xRotation', 'yRotation', 'zRotation', 'xPosition', 'yPosition', 'zPosition'])
    found[name] = () => Reflect.get(layer().self(), name);
  for (const name of memberNames(PathValue.prototype)) found[name] = () => memberOf(Object(value()), name);
  for (const name of memberNames(LayerRef.prototype)) found[name] = () => memberOf(layer(), name);
  for (const name of memberNames(PropertyRef.prototype))
    if (name !== 'name') found[name] = () => memberOf(property(), name);
  return {
    ...found,
    // Bodymovin's exports name the transform so.
    $bm_transform: () => layer().transform,
    loop_in: () => memberOf(property(), 'loopIn'),
    loop_out: () => memberOf(property(), 'loopOut'),
    time: () => world.current.time,
    value,
    thisProperty: () => propertyValue(property(), world.plain(world.current.id, world.current.time)),
    thisLayer: () => layer().self(),
    thisComp: () => compositions.at(facts().composition),
  };
}

export function defineGlobals(target: object, world: World): void {
  for (const [name, value] of Object.entries({ ...plainGlobals(), ...boundGlobals(world) }))
    Object.defineProperty(target, name, { value });
  // `set` is there so that an assignment in strict code does not throw; it changes nothing.
  for (const [name, get] of Object.entries(currentGlobals(world)))
    Object.defineProperty(target, name, { get, set: () => {} });
}
