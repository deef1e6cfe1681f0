/** One coordinate of a cubic curve from 0 to 1 with the handles `first` and `second`. */
function curve(first: number, second: number, t: number): number {
  const rest = 1 - t;
  return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t;
}

const STEPS = 24;

/** The share of a value that has changed when the share `time` of the time has passed, on After Effects' time curve. */
export function ease(time: number, x1: number, y1: number, x2: number, y2: number): number {
  if (time <= 0) return 0;
  if (time >= 1) return 1;
  // The curve of time never goes back, so halving always closes in; 24 steps are finer than any pixel.
  let low = 0;
  let high = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (curve(x1, x2, middle) < time) low = middle;
    else high = middle;
  }
  return curve(y1, y2, (low + high) / 2);
}

const LENGTH_STEPS = 150;

/** The point at a share of the length of a path from `from` to `to`, with tangents relative to its ends. */
export function pointOnPath(
  from: readonly number[],
  to: readonly number[],
  out: readonly number[],
  into: readonly number[],
  share: number,
): number[] {
  const at = (t: number) =>
    from.map((value, axis) => coordinate(value, to[axis] ?? value, out[axis] ?? 0, into[axis] ?? 0, t));
  const points = Array.from({ length: LENGTH_STEPS + 1 }, (_, step) => at(step / LENGTH_STEPS));
  const lengths = [0];
  for (let step = 1; step <= LENGTH_STEPS; step += 1) {
    lengths.push((lengths[step - 1] ?? 0) + gap(points[step - 1] ?? [], points[step] ?? []));
  }
  const wanted = (lengths[LENGTH_STEPS] ?? 0) * share;
  const step = Math.max(
    1,
    lengths.findIndex((length) => length >= wanted),
  );
  const before = lengths[step - 1] ?? 0;
  const after = lengths[step] ?? before;
  const within = after === before ? 0 : (wanted - before) / (after - before);
  return at((step - 1 + within) / LENGTH_STEPS);
}

function coordinate(from: number, to: number, out: number, into: number, t: number): number {
  const rest = 1 - t;
  return rest ** 3 * from + 3 * rest * rest * t * (from + out) + 3 * rest * t * t * (to + into) + t ** 3 * to;
}

function gap(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? value)));
}
