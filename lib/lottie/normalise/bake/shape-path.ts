import { type BezierPath, isAnimated, type Point, pathAt } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import { numberAt, numbersAt } from './values.ts';

/** How far the handles of a quarter of a circle reach; measured on After Effects' own frames. */
const QUARTER = 0.5523;
/** More cannot be told apart. */
const MOST_POINTS = 10_000;
const REVERSED = 3;

type PathOf = (item: Node, frame: number) => BezierPath | null;

/** The kinds of shape that are a path, and the path of each at a frame. Source: the Lottie specification, "Shapes". */
const PATHS: Readonly<Record<string, PathOf>> = {
  sh: ({ ks }, frame) => (isAnimated(ks) ? pathAt(ks, frame) : null),
  rc: rectangle,
  el: ellipse,
  sr: polystar,
};

/** Which properties of each kind move its path. */
export const PATH_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  sh: ['ks'],
  rc: ['s', 'p', 'r'],
  el: ['s', 'p'],
  sr: ['pt', 'p', 'r', 'ir', 'or', 'is', 'os'],
};

export function isPathItem({ ty }: Node): boolean {
  return typeof ty === 'string' && Object.hasOwn(PATHS, ty);
}

export function shapePath(item: Node, frame: number): BezierPath | null {
  return isPathItem(item) ? (PATHS[String(item.ty)]?.(item, frame) ?? null) : null;
}

function polystar(item: Node, frame: number): BezierPath {
  const [centerX = 0, centerY = 0] = numbersAt(item.p, frame, [0, 0]);
  const points = Math.min(MOST_POINTS, Math.max(0, Math.floor(numberAt(item.pt, frame, 5))));
  const isStar = item.sy !== 2;
  const count = isStar ? points * 2 : points;
  const direction = item.d === REVERSED ? -1 : 1;
  const outer = { radius: numberAt(item.or, frame, 0), roundness: numberAt(item.os, frame, 0) / 100 };
  const inner = isStar ? { radius: numberAt(item.ir, frame, 0), roundness: numberAt(item.is, frame, 0) / 100 } : outer;
  const path: BezierPath = { c: true, v: [], i: [], o: [] };
  const step = (2 * Math.PI) / Math.max(1, count);
  let angle = (numberAt(item.r, frame, 0) * Math.PI) / 180 - Math.PI / 2;
  for (let vertex = 0; vertex < count; vertex += 1) {
    const { radius, roundness } = isStar && vertex % 2 === 1 ? inner : outer;
    // A quarter of the way to the next vertex of its kind, along its circle: a polygon has half as many of them.
    const reach = ((2 * Math.PI * radius) / (count * (isStar ? 2 : 4))) * roundness * direction;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    path.v.push([centerX + x * radius, centerY + y * radius]);
    path.i.push([y * reach, -x * reach]);
    path.o.push([-y * reach, x * reach]);
    angle += step * direction;
  }
  return path;
}

function ellipse(item: Node, frame: number): BezierPath {
  const [centerX = 0, centerY = 0] = numbersAt(item.p, frame, [0, 0]);
  const [width = 0, height = 0] = numbersAt(item.s, frame, [0, 0]);
  const [x, y] = [width / 2, height / 2];
  const path: BezierPath = {
    c: true,
    v: [
      [centerX, centerY - y],
      [centerX + x, centerY],
      [centerX, centerY + y],
      [centerX - x, centerY],
    ],
    i: [
      [-x * QUARTER, 0],
      [0, -y * QUARTER],
      [x * QUARTER, 0],
      [0, y * QUARTER],
    ],
    o: [
      [x * QUARTER, 0],
      [0, y * QUARTER],
      [-x * QUARTER, 0],
      [0, -y * QUARTER],
    ],
  };
  return item.d === REVERSED ? reversed(path) : path;
}

/** Begins at its upper right corner, behind that if it is round, and goes clockwise. Source: the Lottie specification, "Rectangle". */
function rectangle(item: Node, frame: number): BezierPath {
  const [centerX = 0, centerY = 0] = numbersAt(item.p, frame, [0, 0]);
  const [width = 0, height = 0] = numbersAt(item.s, frame, [0, 0]);
  const [x, y] = [width / 2, height / 2];
  const radius = Math.min(Math.abs(numberAt(item.r, frame, 0)), Math.abs(x), Math.abs(y));
  const corners: Point[] = [
    [x, -y],
    [x, y],
    [-x, y],
    [-x, -y],
  ];
  const path: BezierPath = { c: true, v: [], i: [], o: [] };
  const add = (at: Point, into: Point, out: Point) => {
    path.v.push([centerX + at[0], centerY + at[1]]);
    path.i.push(into);
    path.o.push(out);
  };
  for (const [place, corner] of corners.entries()) {
    if (radius === 0) {
      add(corner, [0, 0], [0, 0]);
      continue;
    }
    const before = toward(corner, corners[(place + 3) % 4] ?? corner, radius);
    const after = toward(corner, corners[(place + 1) % 4] ?? corner, radius);
    add(before, [0, 0], scaled(corner, before));
    add(after, scaled(corner, after), [0, 0]);
  }
  if (radius > 0) {
    // The corner's own curve comes last.
    for (const list of [path.v, path.i, path.o]) list.push(...list.splice(0, 1));
  }
  return item.d === REVERSED ? reversed(path) : path;
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return [from[0] + ((to[0] - from[0]) / length) * distance, from[1] + ((to[1] - from[1]) / length) * distance];
}

/** The handle of a rounded corner, from where its curve begins. */
function scaled(corner: Point, begin: Point): Point {
  return [(corner[0] - begin[0]) * QUARTER, (corner[1] - begin[1]) * QUARTER];
}

/** The same curve the other way round, from the same vertex. */
function reversed({ c, v, i, o }: BezierPath): BezierPath {
  const turned = <Item>(list: Item[]): Item[] => [...list.slice(0, 1), ...list.slice(1).reverse()];
  return { c, v: turned(v), i: turned(o), o: turned(i) };
}
