import type { PathData, Rectangle, TreeFacts } from '../model.ts';
import type { World } from './world.ts';

/** `[a, b, c, d, e, f]`: x becomes a x + c y + e, y becomes b x + d y + f. */
type Affine = readonly number[];

/** How large the shapes of a layer are at a time, by their paths: what changes paths afterwards (trim, offset) counts not. */
export class ShapeBounds {
  readonly #world: World;
  readonly #time: number;
  readonly #strokes: boolean;
  #left = Number.POSITIVE_INFINITY;
  #top = Number.POSITIVE_INFINITY;
  #right = Number.NEGATIVE_INFINITY;
  #bottom = Number.NEGATIVE_INFINITY;

  /** With `strokes` the half of a stroke that is outside of its path is part of it. */
  constructor(world: World, time: number, strokes: boolean) {
    this.#world = world;
    this.#time = time;
    this.#strokes = strokes;
  }

  of(contents: TreeFacts): Rectangle {
    this.#add(contents.members ?? [], [1, 0, 0, 1, 0, 0], 0);
    if (this.#left > this.#right) return { left: 0, top: 0, width: 0, height: 0 };
    const [left, top] = [this.#left, this.#top];
    return { left, top, width: this.#right - left, height: this.#bottom - top };
  }

  #add(members: readonly TreeFacts[], place: Affine, stroke: number): void {
    const widths = members.map((member) => this.#number(member, 'ADBE Vector Stroke Width', 0));
    const reach = this.#strokes ? Math.max(stroke, ...widths.map((width) => width / 2)) : 0;
    for (const member of members) {
      const points = this.#pointsOf(member);
      for (const point of points) this.#include(point, place, reach);
      if (member.matchName !== 'ADBE Vector Group') continue;
      const within = member.members ?? [];
      const transform = within.find(({ matchName }) => matchName === 'ADBE Vector Transform Group');
      const shapes = within.find(({ matchName }) => matchName === 'ADBE Vectors Group');
      this.#add(shapes?.members ?? [], combined(place, this.#placeOf(transform)), reach);
    }
  }

  #pointsOf(shape: TreeFacts): readonly (readonly number[])[] {
    const named = (part: string) => `ADBE Vector ${part}`;
    if (shape.matchName === 'ADBE Vector Shape - Rect') {
      const [width = 0, height = 0] = this.#vector(shape, named('Rect Size'), [0, 0]);
      const [x = 0, y = 0] = this.#vector(shape, named('Rect Position'), [0, 0]);
      return [-1, 1].flatMap((h) => [-1, 1].map((v) => [x + (h * width) / 2, y + (v * height) / 2]));
    }
    if (shape.matchName === 'ADBE Vector Shape - Ellipse') {
      const [width = 0, height = 0] = this.#vector(shape, named('Ellipse Size'), [0, 0]);
      const [x = 0, y = 0] = this.#vector(shape, named('Ellipse Position'), [0, 0]);
      return around(64, (turn) => [x + (Math.cos(turn) * width) / 2, y + (Math.sin(turn) * height) / 2]);
    }
    if (shape.matchName === 'ADBE Vector Shape - Star') return this.#starOf(shape);
    const path = shape.members?.find(({ matchName }) => matchName === 'ADBE Vector Shape')?.property;
    return path === undefined ? [] : alongPath(this.#world.read(path, this.#time) as PathData);
  }

  /** The corners of a star or polygon; round ones reach a little further. */
  #starOf(star: TreeFacts): readonly (readonly number[])[] {
    const count = Math.min(Math.max(Math.round(this.#number(star, 'ADBE Vector Star Points', 0)), 0), 1_000);
    const [x = 0, y = 0] = this.#vector(star, 'ADBE Vector Star Position', [0, 0]);
    const first = ((this.#number(star, 'ADBE Vector Star Rotation', 0) - 90) * Math.PI) / 180;
    const outer = this.#number(star, 'ADBE Vector Star Outer Radius', 0);
    return around(count, (turn) => [x + Math.cos(first + turn) * outer, y + Math.sin(first + turn) * outer]);
  }

  #placeOf(transform: TreeFacts | undefined): Affine {
    if (transform === undefined) return [1, 0, 0, 1, 0, 0];
    const [ax = 0, ay = 0] = this.#vector(transform, 'ADBE Vector Anchor', [0, 0]);
    const [px = 0, py = 0] = this.#vector(transform, 'ADBE Vector Position', [0, 0]);
    const [sx = 100, sy = 100] = this.#vector(transform, 'ADBE Vector Scale', [100, 100]);
    const turn = (this.#number(transform, 'ADBE Vector Rotation', 0) * Math.PI) / 180;
    const skew = (-this.#number(transform, 'ADBE Vector Skew', 0) * Math.PI) / 180;
    const axis = (this.#number(transform, 'ADBE Vector Skew Axis', 0) * Math.PI) / 180;
    const skewed = combined(combined(turned(-axis), [1, 0, Math.tan(skew), 1, 0, 0]), turned(axis));
    const scaled = combined(skewed, [sx / 100, 0, 0, sy / 100, 0, 0]);
    return combined([1, 0, 0, 1, px, py], combined(turned(turn), combined(scaled, [1, 0, 0, 1, -ax, -ay])));
  }

  #include([x = 0, y = 0]: readonly number[], [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Affine, reach: number): void {
    const [h, v] = [a * x + c * y + e, b * x + d * y + f];
    const [wide, high] = [reach * Math.hypot(a, c), reach * Math.hypot(b, d)];
    this.#left = Math.min(this.#left, h - wide);
    this.#right = Math.max(this.#right, h + wide);
    this.#top = Math.min(this.#top, v - high);
    this.#bottom = Math.max(this.#bottom, v + high);
  }

  #number(group: TreeFacts, matchName: string, missing: number): number {
    return this.#vector(group, matchName, [missing])[0] ?? missing;
  }

  #vector(group: TreeFacts, matchName: string, missing: number[]): number[] {
    const id = group.members?.find((member) => member.matchName === matchName)?.property;
    const value = id === undefined ? missing : this.#world.read(id, this.#time);
    return Array.isArray(value) ? value : missing;
  }
}

export function combined([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Affine, inner: Affine): Affine {
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function turned(angle: number): Affine {
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
}

export function around(count: number, at: (turn: number) => number[]): number[][] {
  return Array.from({ length: count }, (_, index) => at((index / count) * 2 * Math.PI));
}

/** Points of a path close enough to each other for its bounds. */
export function alongPath({ v, i, o, c }: PathData): number[][] {
  const steps = 16;
  const ends = c ? v.length : v.length - 1;
  const found = v.map((point) => [...point]);
  for (let at = 0; at < ends; at += 1) {
    const [from, to] = [v[at] ?? [0, 0], v[(at + 1) % v.length] ?? [0, 0]];
    const [out, into] = [o[at] ?? [0, 0], i[(at + 1) % v.length] ?? [0, 0]];
    for (let step = 1; step < steps; step += 1) {
      const share = step / steps;
      found.push(
        [0, 1].map((axis) => {
          const [start = 0, end = 0] = [from[axis], to[axis]];
          const [first, second] = [start + (out[axis] ?? 0), end + (into[axis] ?? 0)];
          return cubicAt([start, first, second, end], share);
        }),
      );
    }
  }
  return found;
}

export function cubicAt([start = 0, first = 0, second = 0, end = 0]: readonly number[], share: number): number {
  const rest = 1 - share;
  return rest ** 3 * start + 3 * rest * rest * share * first + 3 * rest * share * share * second + share ** 3 * end;
}
