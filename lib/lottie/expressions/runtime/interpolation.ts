import { plainOf } from './vectors.ts';

/** One coordinate of a cubic curve from 0 to 1 with these handles. */
export function onCubic(first: number, second: number, t: number): number {
  const rest = 1 - t;
  return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t;
}

/** The share of the value that has changed when a share of the time has passed. The curve of time never goes back. */
export function easedShare(time: number, x1: number, y1: number, x2: number, y2: number): number {
  if (time <= 0) return 0;
  if (time >= 1) return 1;
  if (x1 === y1 && x2 === y2) return time;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 24; step += 1) {
    const middle = (low + high) / 2;
    if (onCubic(x1, x2, middle) < time) low = middle;
    else high = middle;
  }
  return onCubic(y1, y2, (low + high) / 2);
}

/** `(t, value1, value2)` or `(t, tMin, tMax, value1, value2)`. */
export function between(curve: (share: number) => number, args: readonly unknown[]): unknown {
  if (args.length < 3) throw new Error('an interpolation takes 3 or 5 arguments');
  const short = args.length < 5;
  const [first, second] = short ? [0, 1] : [Number(args[1]), Number(args[2])];
  const [from, to] = (short ? args.slice(1) : args.slice(3)).map(plainOf);
  // A range that is given backwards is turned round, with its values.
  const [begin, end, start, stop] = first <= second ? [first, second, from, to] : [second, first, to, from];
  const share = curve(begin === end ? Number(Number(args[0]) >= end) : shareOf(Number(args[0]), begin, end));
  if (!Array.isArray(start) && !Array.isArray(stop)) return mixed(Number(start), Number(stop), share);
  const [a, b] = [Array.isArray(start) ? start : [start], Array.isArray(stop) ? stop : [stop]];
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => mixed(Number(a[at]), Number(b[at]), share));
}

export function shareOf(value: number, begin: number, end: number): number {
  return Math.min(1, Math.max(0, (value - begin) / (end - begin)));
}

export function mixed(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export function linear(...args: unknown[]): unknown {
  return between((share) => share, args);
}

/** After Effects' easy ease: handles of a third, flat at both ends. */
export function ease(...args: unknown[]): unknown {
  return between((share) => easedShare(share, 1 / 3, 0, 2 / 3, 1), args);
}

export function easeIn(...args: unknown[]): unknown {
  return between((share) => easedShare(share, 1 / 3, 0, 5 / 6, 5 / 6), args);
}

export function easeOut(...args: unknown[]): unknown {
  return between((share) => easedShare(share, 1 / 6, 1 / 6, 2 / 3, 1), args);
}
