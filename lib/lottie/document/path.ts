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

/** The control points of a cubic curve. */
type Piece = [Point, Point, Point, Point];

/** The path of a `sh` or of a mask at a frame; null if it has none that can be read. */
export function pathAt(property: Animated, frame: number): BezierPath | null {
  const keys = keyframesOf(property);
  if (keys.length === 0) return pathOf(property.k);
  const next = keys.findIndex((key) => key.t > frame);
  if (next === 0) return startOf(keys, 0);
  if (next === -1) return startOf(keys, keys.length - 1);
  const key = keys[next - 1];
  const from = startOf(keys, next - 1);
  const to = key?.e === undefined ? startOf(keys, next) : pathOf(key.e);
  const end = keys[next];
  if (key === undefined || end === undefined || from === null || to === null || key.h === 1) return from;
  return mixed(from, to, easedShare(key, (frame - key.t) / (end.t - key.t), 0));
}

function startOf(keys: readonly Keyframe[], index: number): BezierPath | null {
  const own = keys[index]?.s;
  return pathOf(own === undefined ? keys[index - 1]?.e : own);
}

/** The path that a property holds, or one of its keyframes, which keeps it in a list of one; null if there is none. */
export function pathOf(value: unknown): BezierPath | null {
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
export function controlPoints(path: BezierPath, piece: number): Piece {
  const next = (piece + 1) % path.v.length;
  const a = path.v[piece] ?? ORIGIN;
  const d = path.v[next] ?? ORIGIN;
  return [a, plus(a, path.o[piece] ?? ORIGIN), plus(d, path.i[next] ?? ORIGIN), d];
}

/** The same curve, the piece that begins at each vertex cut into so many, at even shares of it. */
export function withCutPieces(path: BezierPath, counts: readonly number[]): BezierPath {
  const made: BezierPath = { c: path.c, v: [], i: [], o: [] };
  let into = path.i[0] ?? ORIGIN;
  const add = ([a, b, c, d]: Piece) => {
    made.v.push(a);
    made.i.push(into);
    made.o.push(minus(b, a));
    into = minus(c, d);
  };
  const pieces = path.c ? path.v.length : path.v.length - 1;
  for (let piece = 0; piece < pieces; piece += 1) {
    let rest = controlPoints(path, piece);
    for (let left = counts[piece] ?? 1; left > 1; left -= 1) {
      const [first, second] = split(rest, 1 / left);
      add(first);
      rest = second;
    }
    add(rest);
  }
  const end = path.v.at(-1);
  if (path.c) made.i.splice(0, 1, into);
  else if (end !== undefined) add([end, plus(end, path.o.at(-1) ?? ORIGIN), end, end]);
  return made;
}

/** Puts a vertex in the middle of a piece. */
function cut(path: BezierPath, piece: number): BezierPath {
  const next = (piece + 1) % path.v.length;
  const [[a, b, c, vertex], [, e, f, d]] = split(controlPoints(path, piece), 1 / 2);
  const o = path.o.with(piece, minus(b, a));
  const i = path.i.with(next, minus(f, d));
  return {
    c: path.c,
    v: path.v.toSpliced(piece + 1, 0, vertex),
    i: i.toSpliced(piece + 1, 0, minus(c, vertex)),
    o: o.toSpliced(piece + 1, 0, minus(e, vertex)),
  };
}

/** Source: de Casteljau. */
function split([a, b, c, d]: Piece, share: number): [Piece, Piece] {
  const [ab, bc, cd] = [between(a, b, share), between(b, c, share), between(c, d, share)];
  const [abc, bcd] = [between(ab, bc, share), between(bc, cd, share)];
  const vertex = between(abc, bcd, share);
  return [
    [a, ab, abc, vertex],
    [vertex, bcd, cd, d],
  ];
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

function plus(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1]];
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}
