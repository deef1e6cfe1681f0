import { ease, pointOnPath } from './bezier.ts';
import { type Animated, type Handle, type Keyframe, keyframesOf } from './properties.ts';

/** The numbers of a property at a frame, as After Effects interpolates them; a single one as a number. */
export function valueAt(property: Animated, frame: number): number | number[] {
  const keys = keyframesOf(property);
  if (keys.length === 0) return single(numbers(property.k));
  const next = keys.findIndex((key) => key.t > frame);
  if (next === 0) return single(startOf(keys, 0));
  if (next === -1) return single(startOf(keys, keys.length - 1));
  return single(between(keys, next - 1, frame));
}

function between(keys: readonly Keyframe[], index: number, frame: number): number[] {
  const key = keys[index];
  const next = keys[index + 1];
  const from = startOf(keys, index);
  if (key === undefined || next === undefined || key.h === 1) return from;
  const to = key.e === undefined ? startOf(keys, index + 1) : numbers(key.e);
  const time = (frame - key.t) / (next.t - key.t);
  if (isCurved(key.to) || isCurved(key.ti)) {
    return pointOnPath(from, to, key.to ?? [], key.ti ?? [], easedShare(key, time, 0));
  }
  return from.map((value, axis) => value + ((to[axis] ?? value) - value) * easedShare(key, time, axis));
}

function isCurved(tangent: number[] | undefined): boolean {
  return tangent?.some((part) => part !== 0) ?? false;
}

/** The share of the way from a key to the next when the share `time` of the time has passed. */
export function easedShare(key: Keyframe, time: number, axis: number): number {
  if (key.o === undefined || key.i === undefined) return time;
  return ease(time, part(key.o, 'x', axis), part(key.o, 'y', axis), part(key.i, 'x', axis), part(key.i, 'y', axis));
}

function part(handle: Handle, side: 'x' | 'y', axis: number): number {
  const value = handle[side];
  return Array.isArray(value) ? (value[axis] ?? value[0] ?? 0) : value;
}

/** Old exports write a key's value as the end of the one before. */
function startOf(keys: readonly Keyframe[], index: number): number[] {
  const own = keys[index]?.s;
  return numbers(own === undefined ? keys[index - 1]?.e : own);
}

function numbers(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).map((entry) => (typeof entry === 'number' ? entry : 0));
}

function single(values: number[]): number | number[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
