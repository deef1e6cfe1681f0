import type { BezierPath, Point } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import { numberAt } from './values.ts';

const HANDLE = 0.5519;

/**
 * Round Corners: a vertex without tangents becomes an arc that begins and ends at the radius, at most half way to its
 * neighbours; vertices with tangents stay. Skia (canvaskit 0.42) leaves the first corner of a closed path as it is.
 */
export function roundCorners(path: BezierPath, item: Node, frame: number): BezierPath {
  const radius = Math.max(0, numberAt(item.r, frame, 0));
  const count = path.v.length;
  if (radius === 0 || count < 3) return path;
  const made: BezierPath = { c: path.c, v: [], i: [], o: [] };
  for (let vertex = 0; vertex < count; vertex += 1) {
    const at = path.v[vertex] ?? ZERO;
    const isEnd = !path.c && (vertex === 0 || vertex === count - 1);
    if (isEnd || !isZero(path.i[vertex]) || !isZero(path.o[vertex])) {
      push(made, at, path.i[vertex] ?? ZERO, path.o[vertex] ?? ZERO);
      continue;
    }
    const begin = toward(at, path.v[(vertex + count - 1) % count] ?? at, radius);
    const end = toward(at, path.v[(vertex + 1) % count] ?? at, radius);
    push(made, begin, ZERO, handle(begin, at));
    push(made, end, handle(end, at), ZERO);
  }
  return made;
}

const ZERO: Point = [0, 0];

function isZero(tangent: Point | undefined): boolean {
  return tangent === undefined || (tangent[0] === 0 && tangent[1] === 0);
}

function push(path: BezierPath, vertex: Point, into: Point, out: Point): void {
  path.v.push(vertex);
  path.i.push(into);
  path.o.push(out);
}

function toward(from: Point, to: Point, radius: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const share = length === 0 ? 0 : Math.min(length / 2, radius) / length;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function handle(from: Point, corner: Point): Point {
  return [(corner[0] - from[0]) * HANDLE, (corner[1] - from[1]) * HANDLE];
}
