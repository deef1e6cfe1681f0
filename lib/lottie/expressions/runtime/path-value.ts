import type { PathData } from '../model.ts';
import { placeOnPath } from './path-way.ts';

/** A path as expressions see it; tangents are relative to their points, as in Lottie. */
export class PathValue {
  readonly #data: PathData;

  constructor(data: PathData) {
    this.#data = data;
  }

  /** Each call gives arrays of its own, which an expression may change. */
  points(): number[][] {
    return this.#data.v.map((point) => [...point]);
  }

  inTangents(): number[][] {
    return this.#data.i.map((point) => [...point]);
  }

  outTangents(): number[][] {
    return this.#data.o.map((point) => [...point]);
  }

  isClosed(): boolean {
    return this.#data.c;
  }

  pointOnPath(share: unknown = 0.5): number[] {
    return placeOnPath(this.#data, Number(share)).point;
  }

  tangentOnPath(share: unknown = 0.5): number[] {
    return placeOnPath(this.#data, Number(share)).direction;
  }

  normalOnPath(share: unknown = 0.5): number[] {
    const [x, y] = placeOnPath(this.#data, Number(share)).direction;
    return [-y, x];
  }
}

export function createPath(points?: unknown, inTangents?: unknown, outTangents?: unknown, closed = true): PathValue {
  const square = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ];
  const v = pairsOf(points ?? square);
  return new PathValue({ v, i: tangentsOf(inTangents, v), o: tangentsOf(outTangents, v), c: Boolean(closed) });
}

export function tangentsOf(given: unknown, points: readonly number[][]): number[][] {
  const pairs = given === undefined || given === null ? [] : pairsOf(given);
  if (pairs.length === 0) return points.map(() => [0, 0]);
  if (pairs.length !== points.length) throw new Error('a path needs a tangent for each point, or none');
  return pairs;
}

export function pairsOf(list: unknown): number[][] {
  if (!Array.isArray(list)) throw new Error('a path is made of arrays of points');
  return list.map((point: unknown) => {
    const [x, y] = Array.isArray(point) ? point.map(Number) : [];
    if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y))
      throw new Error('a point of a path is an array of two numbers');
    return [x, y];
  });
}

/** Between two paths with as many points; else the first one. */
export function mixedPaths(from: PathData, to: PathData, share: number): PathData {
  if (from.v.length !== to.v.length) return from;
  const mix = (a: readonly number[][], b: readonly number[][]) =>
    a.map((point, at) => point.map((value, axis) => value + ((b[at]?.[axis] ?? value) - value) * share));
  return { v: mix(from.v, to.v), i: mix(from.i, to.i), o: mix(from.o, to.o), c: from.c };
}
