import type { PathData } from '../model.ts';

/** A place on a path, and the way that it goes on from there. */
export interface PathPlace {
  point: [number, number];
  direction: [number, number];
}

/** The place at a share of a path's length, from 0 to 1. */
export function placeOnPath(path: PathData, share: number): PathPlace {
  const places = placesOf(path);
  const [first] = places;
  if (first === undefined) throw new Error('a path without points has no places');
  const lengths = [0];
  for (const [at, { point }] of places.entries()) {
    const before = places[at - 1]?.point;
    if (before !== undefined)
      lengths.push((lengths[at - 1] ?? 0) + Math.hypot(point[0] - before[0], point[1] - before[1]));
  }
  const wanted = (lengths[lengths.length - 1] ?? 0) * Math.min(1, Math.max(0, share));
  const next = lengths.findIndex((length) => length >= wanted);
  const [from, to] = [places[Math.max(0, next - 1)] ?? first, places[next] ?? first];
  const [before, after] = [lengths[Math.max(0, next - 1)] ?? 0, lengths[next] ?? 0];
  const within = after === before ? 0 : (wanted - before) / (after - before);
  const mix = (axis: 0 | 1) => from.point[axis] + (to.point[axis] - from.point[axis]) * within;
  return { point: [mix(0), mix(1)], direction: to.direction };
}

/** So close to each other that the way between two of them is as good as straight. */
export function placesOf({ v, i, o, c }: PathData): PathPlace[] {
  const places: PathPlace[] = [];
  const segments = c ? v.length : v.length - 1;
  for (let at = 0; at < segments; at += 1) {
    const next = (at + 1) % v.length;
    const curve = [0, 1].map((axis) => {
      const [start, end] = [v[at]?.[axis] ?? 0, v[next]?.[axis] ?? 0];
      return [start, start + (o[at]?.[axis] ?? 0), end + (i[next]?.[axis] ?? 0), end] as const;
    });
    for (let step = places.length === 0 ? 0 : 1; step <= 64; step += 1) {
      const [x = 0, y = 0] = curve.map((points) => onCurve(points, step / 64));
      const [right = 0, down = 0] = curve.map((points) => slopeOf(points, step / 64));
      const speed = Math.hypot(right, down) || 1;
      places.push({ point: [x, y], direction: [right / speed, down / speed] });
    }
  }
  return places;
}

export function onCurve([a, b, c, d]: readonly [number, number, number, number], t: number): number {
  const rest = 1 - t;
  return rest ** 3 * a + 3 * rest * rest * t * b + 3 * rest * t * t * c + t ** 3 * d;
}

/** A handle that lies on its point gives no direction there: the slope is taken a little way in. */
export function slopeOf(points: readonly [number, number, number, number], t: number): number {
  const [from, to] = [Math.max(0, t - 1e-4), Math.min(1, t + 1e-4)];
  return (onCurve(points, to) - onCurve(points, from)) / (to - from);
}
