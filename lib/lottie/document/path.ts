import { type Animated, type Keyframe, keyframesOf } from './properties.ts';
import { easedShare } from './value-at.ts';

/** A path of cubic curves: vertices, and their tangents relative to them. Source: the Lottie specification, "Bezier". */
export interface BezierPath {
  c: boolean;
  v: Point[];
  i: Point[];
  o: Point[];
}

export type Point = [x: number, y: number];

/** The path of a `sh` or of a mask at a frame; null if it has none that can be read. */
export function pathAt(property: Animated, frame: number): BezierPath | null {
  const keys = keyframesOf(property);
  if (keys.length === 0) return bezierPath(property.k);
  const next = keys.findIndex((key) => key.t > frame);
  if (next === 0) return startOf(keys, 0);
  if (next === -1) return startOf(keys, keys.length - 1);
  const key = keys[next - 1];
  const from = startOf(keys, next - 1);
  const to = key?.e === undefined ? startOf(keys, next) : bezierPath(key.e);
  const end = keys[next];
  if (key === undefined || end === undefined || from === null || to === null || key.h === 1) return from;
  return mixed(from, to, easedShare(key, (frame - key.t) / (end.t - key.t), 0));
}

function startOf(keys: readonly Keyframe[], index: number): BezierPath | null {
  const own = keys[index]?.s;
  return bezierPath(own === undefined ? keys[index - 1]?.e : own);
}

/** A keyframe keeps its path in a list of one. */
function bezierPath(value: unknown): BezierPath | null {
  const path = Array.isArray(value) ? value[0] : value;
  if (typeof path !== 'object' || path === null || !Array.isArray(path.v)) return null;
  const v: Point[] = path.v.map(pointOf);
  const tangents = (list: unknown) => v.map((_, place) => pointOf(Array.isArray(list) ? list[place] : undefined));
  return { c: path.c === true, v, i: tangents(path.i), o: tangents(path.o) };
}

/** What of the path of a keyframe cannot change on the way to another: its number of vertices, and whether it is closed. */
export function formOf(value: unknown): string | null {
  const path = Array.isArray(value) ? value[0] : value;
  if (typeof path !== 'object' || path === null || !Array.isArray(path.v)) return null;
  return `${path.v.length} ${path.c === true ? 'closed' : 'open'}`;
}

function pointOf(value: unknown): Point {
  const [x, y] = Array.isArray(value) ? value : [0, 0];
  return [numberOf(x), numberOf(y)];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** After Effects gives the path with fewer vertices more of them, on the path as it is, and then moves each to its place. */
function mixed(from: BezierPath, to: BezierPath, share: number): BezierPath {
  const count = Math.max(from.v.length, to.v.length);
  const [a, b] = [withVertices(from, count), withVertices(to, count)];
  const mix = (one: Point[], other: Point[]): Point[] =>
    one.map(([x, y], place) => {
      const [toX, toY] = other[place] ?? [x, y];
      return [x + (toX - x) * share, y + (toY - y) * share];
    });
  return { c: share < 1 ? from.c : to.c, v: mix(a.v, b.v), i: mix(a.i, b.i), o: mix(a.o, b.o) };
}

/** The same curve with so many vertices: the longest piece is cut in half until there are enough. */
export function withVertices(path: BezierPath, count: number): BezierPath {
  if (path.v.length >= count || path.v.length === 0) return path;
  let made = path;
  while (made.v.length < count) made = cut(made, longestPiece(made));
  return made;
}

function longestPiece(path: BezierPath): number {
  const pieces = path.c || path.v.length < 2 ? path.v.length : path.v.length - 1;
  let longest = 0;
  let most = -1;
  for (let piece = 0; piece < pieces; piece += 1) {
    const [a = ORIGIN, , , d = ORIGIN] = controlPoints(path, piece);
    const length = Math.hypot(d[0] - a[0], d[1] - a[1]);
    if (length > most) [longest, most] = [piece, length];
  }
  return longest;
}

const ORIGIN: Point = [0, 0];

/** The four control points of the piece that begins at a vertex. */
export function controlPoints(path: BezierPath, piece: number): [Point, Point, Point, Point] {
  const next = (piece + 1) % path.v.length;
  const a = path.v[piece] ?? ORIGIN;
  const d = path.v[next] ?? ORIGIN;
  return [a, plus(a, path.o[piece] ?? ORIGIN), plus(d, path.i[next] ?? ORIGIN), d];
}

/** Puts a vertex in the middle of a piece. Source: de Casteljau. */
function cut(path: BezierPath, piece: number): BezierPath {
  const next = (piece + 1) % path.v.length;
  const [a, b, c, d] = controlPoints(path, piece);
  const [ab, bc, cd] = [middle(a, b), middle(b, c), middle(c, d)];
  const [abc, bcd] = [middle(ab, bc), middle(bc, cd)];
  const vertex = middle(abc, bcd);
  const o = path.o.with(piece, minus(ab, a));
  const i = path.i.with(next, minus(cd, d));
  return {
    c: path.c,
    v: path.v.toSpliced(piece + 1, 0, vertex),
    i: i.toSpliced(piece + 1, 0, minus(abc, vertex)),
    o: o.toSpliced(piece + 1, 0, minus(bcd, vertex)),
  };
}

function middle(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function plus(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1]];
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}
