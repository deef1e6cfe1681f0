import { type Animated, type Handle, isAnimated, type Keyframe, keyframesOf, valueAt } from '../../document/index.ts';
import { isNode, mapProperties } from '../tree.ts';
import { type Baking, bakedProperty } from './baking.ts';

/**
 * Every property below a node whose dimensions ease apart, frame by frame: Skia reads the handles of the first dimension
 * only. A spatial property has one speed along its path, and is left.
 */
export function withEases<Value>(value: Value, baking: Baking): Value {
  return mapProperties(value, (property) =>
    isAnimated(property) && easesApart(property) ? { ...property, ...bakedEase(property, baking) } : property,
  );
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
  const { k } = property;
  // The first key of most properties shows that there is one dimension.
  if (!Array.isArray(k) || !hasDimensions(k[0])) return false;
  return keyframesOf(property).some((key) => hasDimensions(key) && !isSpatial(key) && differs(key));
}

/** A last key has no value of its own in old exports, and no ease either. */
function hasDimensions(key: unknown): boolean {
  return isNode(key) && Array.isArray(key.s) && key.s.length > 1;
}

function isSpatial({ to, ti }: Keyframe): boolean {
  return [to, ti].some((tangent) => Array.isArray(tangent) && tangent.some((part) => part !== 0));
}

function differs({ i, o, h }: Keyframe): boolean {
  return h !== 1 && (isApart(i) || isApart(o));
}

function isApart(handle: Handle | undefined): boolean {
  return isNode(handle) && (hasTwo(handle.x) || hasTwo(handle.y));
}

function hasTwo(side: unknown): boolean {
  if (!Array.isArray(side)) return false;
  for (let axis = 1; axis < side.length; axis += 1) if (side[axis] !== side[0]) return true;
  return false;
}
