import type { RawValue } from './track.ts';

/** How fast the value changes from one to another; texts and paths have no speed. */
export function rawSteps(from: RawValue, to: RawValue, duration: number): RawValue {
  if (!Array.isArray(from) || !Array.isArray(to)) throw new Error('only numbers have a velocity');
  return from.map((value, axis) => ((to[axis] ?? value) - value) / duration);
}

export function rawDistance(from: RawValue, to: RawValue): number {
  const steps = rawSteps(from, to, 1);
  return Math.hypot(...(steps as number[]));
}

/** `from`, moved by `times` the way from `first` to `last`. */
export function rawMoved(from: RawValue, first: RawValue, last: RawValue, times: number): RawValue {
  if (!Array.isArray(from) || !Array.isArray(first) || !Array.isArray(last)) return from;
  return from.map((value, axis) => value + ((last[axis] ?? 0) - (first[axis] ?? 0)) * times);
}
