import { type Animated, type Handle, isAnimated, type Keyframe, keyframesOf, valueAt } from '../../document/index.ts';
import { isNode, mapped, type Node } from '../tree.ts';
import { type Baking, bakedProperty } from './baking.ts';

/**
 * Every property below a node whose dimensions ease apart, frame by frame: Skia reads the handles of the first dimension
 * only. A spatial property has one speed along its path, and is left.
 */
export function withEases<Value>(value: Value, baking: Baking): Value {
  // Long lists of numbers, as paths have them, hold no properties.
  if (Array.isArray(value) && typeof value[0] === 'number') return value;
  if (Array.isArray(value)) return mapped(value as unknown[], (entry) => withEases(entry, baking)) as Value;
  if (!isNode(value)) return value;
  if (isAnimated(value) && easesApart(value)) return { ...value, ...bakedEase(value, baking) };
  let made: Value = value;
  for (const key of Object.keys(value)) {
    const child = (value as Node)[key];
    if (typeof child !== 'object' || child === null) continue;
    const changed = withEases(child, baking);
    if (changed !== child) made = { ...made, [key]: changed };
  }
  return made;
}

function bakedEase(property: Animated, baking: Baking): Animated {
  const frames = baking.framesOf([property]);
  baking.spend(frames.length * 3);
  return bakedProperty(frames, (frame) => {
    const value = valueAt(property, frame);
    return Array.isArray(value) ? value.map((part) => Math.round(part * 1e5) / 1e5) : value;
  });
}

function easesApart(property: Animated): boolean {
  return keyframesOf(property).some(
    (key) => !isSpatial(key) && Array.isArray(key.s) && key.s.length > 1 && differs(key),
  );
}

function isSpatial({ to, ti }: Keyframe): boolean {
  return [to, ti].some((tangent) => Array.isArray(tangent) && tangent.some((part) => part !== 0));
}

function differs({ i, o, h }: Keyframe): boolean {
  return h !== 1 && [i, o].some((handle) => handle !== undefined && isApart(handle));
}

function isApart({ x, y }: Handle): boolean {
  return [x, y].some((side) => Array.isArray(side) && side.some((part) => part !== side[0]));
}
