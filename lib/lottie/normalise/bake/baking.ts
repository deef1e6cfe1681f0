import {
  type Animated,
  type BezierPath,
  isAnimated,
  type Keyframe,
  keyframesOf,
  type LottieLayer,
  type Point,
} from '../../document/index.ts';
import { isNode } from '../tree.ts';
import type { Join, PathGeometry } from './geometry.ts';

/** Baking would write more than this: the document asks for more than a renderer should draw. */
export const MOST_BAKED_NUMBERS = 4_000_000;

/** An outline that crosses itself so often takes Skia half a second to offset, once. */
const MOST_CROSSINGS = 8_000;
/** Each counts as so many of them: a hundred frames of a path with 400 are what a document may ask for. */
const NUMBERS_OF_A_CROSSING = 100;
const ORIGIN: Point = [0, 0];

/** A document whose baked form would be too large. */
export class TooMuchToBake extends Error {
  override name = 'TooMuchToBake';
}

/** What the rules of baking need to know of a layer: its frames, what computes outlines, and how much may be written yet. */
export class Baking {
  readonly geometry: PathGeometry;
  readonly #budget: { left: number };
  readonly #first: number;
  readonly #end: number;

  constructor(geometry: PathGeometry, budget: { left: number }, { ip, op }: Pick<LottieLayer, 'ip' | 'op'> = {}) {
    this.geometry = geometry;
    this.#budget = budget;
    this.#first = Math.floor(ip ?? Number.NEGATIVE_INFINITY);
    this.#end = Math.ceil(op ?? Number.POSITIVE_INFINITY);
  }

  for(layer: LottieLayer): Baking {
    return new Baking(this.geometry, this.#budget, layer);
  }

  /** The frames at which any of the properties may differ from the frame before; none if all stand still. */
  framesOf(properties: readonly unknown[]): number[] {
    const times = properties.flatMap((property) => keysOf(property).map(({ t }) => t));
    if (times.length === 0) return [];
    const [least, most] = times.reduce(([a, b], t) => [Math.min(a, t), Math.max(b, t)], [times[0] ?? 0, times[0] ?? 0]);
    const first = Math.max(Math.floor(least), this.#first);
    const last = Math.min(Math.ceil(most), this.#end);
    if (last <= first) return [Math.max(first, last)];
    this.spend(last - first);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  /**
   * `PathGeometry.offset`, as far as it ends soon: the time that Skia takes grows faster than the number of places where the
   * path crosses itself (measured: 3,000 take 0.1 s, 50,000 take 12 s). Throws `TooMuchToBake`.
   */
  offset(path: BezierPath, amount: number, corners: { join: Join; miterLimit: number }): BezierPath[] {
    // To look for them takes time as well.
    this.spend(Math.ceil((path.v.length * path.v.length) / 100));
    const crossings = crossingsOf(path.v);
    if (crossings > MOST_CROSSINGS)
      throw new TooMuchToBake(
        `an outline in it is to be offset that crosses itself at ${crossings} places, and ${MOST_CROSSINGS} are allowed; give it simpler paths`,
      );
    this.spend(crossings * NUMBERS_OF_A_CROSSING);
    return this.geometry.offset(path, amount, corners);
  }

  /** Counts numbers that a finer picture would need, if there is room for them. */
  affords(numbers: number): boolean {
    if (numbers > this.#budget.left) return false;
    this.#budget.left -= numbers;
    return true;
  }

  /** Counts numbers that will be written. Throws `TooMuchToBake`. */
  spend(numbers: number): void {
    this.#budget.left -= numbers;
    if (this.#budget.left < 0)
      throw new TooMuchToBake(
        `what moves in it makes more than ${MOST_BAKED_NUMBERS} numbers, frame by frame; give it fewer frames or simpler paths`,
      );
  }
}

/** How often the polygon of these vertices crosses itself: near enough to the curves for a limit. */
function crossingsOf(vertices: readonly Point[]): number {
  let crossings = 0;
  const end = (index: number) => vertices[(index + 1) % vertices.length] ?? ORIGIN;
  for (const [one, from] of vertices.entries()) {
    for (let other = one + 2; other < vertices.length; other += 1) {
      if (cross(from, end(one), vertices[other] ?? ORIGIN, end(other))) crossings += 1;
    }
  }
  return crossings;
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function side(from: Point, to: Point, point: Point): boolean {
  return (to[0] - from[0]) * (point[1] - from[1]) > (to[1] - from[1]) * (point[0] - from[0]);
}

/** Keyframes of a property, or of its dimensions if they are apart. */
function keysOf(property: unknown): Keyframe[] {
  if (!isNode(property)) return [];
  if (property.s === true) return [property.x, property.y, property.z].flatMap(keysOf);
  return isAnimated(property) ? keyframesOf(property) : [];
}

/** One value, or one for each frame; between frames in a straight line, or held if `held` says so of a value and the next. */
export function bakedProperty<Value>(
  frames: readonly number[],
  valueAt: (frame: number) => Value,
  { held = () => false }: { held?: (value: Value, next: Value) => boolean } = {},
): Animated {
  if (frames.length <= 1) return { a: 0, k: bounded(valueAt(frames[0] ?? 0)) };
  const values = frames.map((frame) => bounded(valueAt(frame)));
  const texts = values.map((value) => JSON.stringify(value));
  const keys = frames.flatMap((frame, index) => {
    const value = values[index] as Value;
    const next = values[index + 1];
    // What stands still for a while needs a key at its beginning and one at its end.
    const own = texts[index];
    const isStill = index > 0 && own === texts[index - 1] && own === texts[index + 1];
    if (isStill && index < frames.length - 1) return [];
    const hold = next !== undefined && held(value, next);
    return [{ t: frame, s: Array.isArray(value) ? value : [value], ...LINEAR, ...(hold ? { h: 1 } : {}) }];
  });
  return keys.length === 1 ? { a: 0, k: values[0] } : { a: 1, k: keys };
}

/** Beyond it nothing is seen, and JSON has no infinity: Skia would not read the property at all. */
const FARTHEST = 1e7;

export function boundedNumber(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(FARTHEST, Math.max(-FARTHEST, value));
}

function bounded<Value>(value: Value): Value {
  if (typeof value === 'number') return boundedNumber(value) as Value;
  return Array.isArray(value) ? (value.map(bounded) as Value) : value;
}

/** Without handles Skia reads a key as one that is held. */
const LINEAR = { o: { x: [0], y: [0] }, i: { x: [1], y: [1] } };
