import { type BezierPath, controlPoints, type Point } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import type { Baking } from './baking.ts';
import { numberAt } from './values.ts';

const SMOOTH = 2;

/**
 * Zig Zag: each piece of a path gets so many ridges, in turn on one side of it and on the other, and its vertices become
 * ridges as well. Skia does not know it. Sources: the Lottie specification, "Zig Zag"; After Effects' own frames.
 */
export function zigZag(path: BezierPath, item: Node, frame: number, baking: Pick<Baking, 'spend'>): BezierPath {
  const size = numberAt(item.s, frame, 0);
  const ridges = Math.max(0, Math.round(numberAt(item.r, frame, 0)));
  const isSmooth = numberAt(item.pt, frame, 1) === SMOOTH;
  const count = path.v.length;
  if (count < 2) return path;
  baking.spend(count * ridges);
  const pieces = path.c ? count : count - 1;
  const made: BezierPath = { c: path.c, v: [], i: [], o: [] };
  /** Puts a ridge beside a point of the path, with tangents along it. */
  const add = ([x, y]: Point, [dx, dy]: Point, side: number, into: number, out: number): void => {
    made.v.push([x + dy * size * side, y - dx * size * side]);
    made.i.push([-dx * into, -dy * into]);
    made.o.push([dx * out, dy * out]);
  };
  let side = -1;
  for (let vertex = 0; vertex < count; vertex += 1) {
    const reach = (other: number) => (isSmooth ? distance(path, vertex, other) / ((ridges + 1) * 2) : 0);
    add(path.v[vertex] ?? [0, 0], directionAt(path, vertex), side, reach(vertex - 1), reach(vertex + 1));
    if (vertex >= pieces) break;
    const points = evenly(controlPoints(path, vertex));
    const step = isSmooth ? distance(path, vertex, vertex + 1) / ((ridges + 1) * 2) : 0;
    for (let ridge = 1; ridge <= ridges; ridge += 1) {
      side = -side;
      const t = ridge / (ridges + 1);
      add(pointAt(points, t), unit(derivativeAt(points, t)), side, step, step);
    }
    side = -side;
  }
  return made;
}

/** A straight piece is gone along at one speed. */
function evenly(points: [Point, Point, Point, Point]): [Point, Point, Point, Point] {
  const [a, b, c, d] = points;
  if (a[0] !== b[0] || a[1] !== b[1] || c[0] !== d[0] || c[1] !== d[1]) return points;
  const third = (share: number): Point => [a[0] + (d[0] - a[0]) * share, a[1] + (d[1] - a[1]) * share];
  return [a, third(1 / 3), third(2 / 3), d];
}

/** Along the path at a vertex: from its neighbour before to the one after. */
function directionAt({ v, c }: BezierPath, vertex: number): Point {
  const count = v.length;
  const before = v[c ? (vertex + count - 1) % count : Math.max(0, vertex - 1)] ?? [0, 0];
  const after = v[c ? (vertex + 1) % count : Math.min(count - 1, vertex + 1)] ?? [0, 0];
  return unit([after[0] - before[0], after[1] - before[1]]);
}

function distance({ v }: BezierPath, vertex: number, other: number): number {
  const [a, b] = [v[vertex], v[(other + v.length) % v.length]];
  return a === undefined || b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function pointAt([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const rest = 1 - t;
  const [p, q, r, s] = [rest ** 3, 3 * rest * rest * t, 3 * rest * t * t, t ** 3];
  return [a[0] * p + b[0] * q + c[0] * r + d[0] * s, a[1] * p + b[1] * q + c[1] * r + d[1] * s];
}

function derivativeAt([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const rest = 1 - t;
  const [p, q, r] = [rest * rest, 2 * rest * t, t * t];
  const axis = (k: 0 | 1) => (b[k] - a[k]) * p + (c[k] - b[k]) * q + (d[k] - c[k]) * r;
  return [axis(0), axis(1)];
}

function unit([x, y]: Point): Point {
  const length = Math.hypot(x, y);
  return length === 0 ? [0, 0] : [x / length, y / length];
}
