import { type Animated, type BezierPath, withVertices } from '../../document/index.ts';
import { type Baking, bakedProperty, boundedNumber } from './baking.ts';

/** A path of one point draws nothing. */
const NOTHING: BezierPath = { c: false, v: [[0, 0]], i: [[0, 0]], o: [[0, 0]] };

/**
 * A path frame by frame. Skia draws none whose keyframes differ in their numbers of vertices, so each gets as many as the
 * largest has; from one to another of unlike numbers the path is held, since nothing sensible is between them.
 */
export function bakedPath(
  frames: readonly number[],
  baking: Baking,
  pathAt: (frame: number) => BezierPath | undefined,
): Animated {
  const paths = new Map((frames.length === 0 ? [0] : frames).map((frame) => [frame, pathAt(frame) ?? NOTHING]));
  const most = [...paths.values()].reduce((count, { v }) => Math.max(count, v.length), 0);
  baking.spend(paths.size * most);
  const counts = new Map<BezierPath, number>();
  const evenAt = (frame: number): BezierPath => {
    const path = paths.get(frame) ?? NOTHING;
    const even = rounded(withVertices(path, most));
    counts.set(even, path.v.length);
    return even;
  };
  return bakedProperty(frames, evenAt, { held: (path, next) => counts.get(path) !== counts.get(next) });
}

/** Finer than any edge, and short to write. */
export function rounded({ c, v, i, o }: BezierPath): BezierPath {
  const short = (list: BezierPath['v']): BezierPath['v'] =>
    list.map(([x, y]) => [boundedNumber(Math.round(x * 1e4) / 1e4), boundedNumber(Math.round(y * 1e4) / 1e4)]);
  return { c, v: short(v), i: short(i), o: short(o) };
}
