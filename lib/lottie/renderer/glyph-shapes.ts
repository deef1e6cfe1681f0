import type { GlyphCluster, ShapingFont } from './shaping-font.ts';

type Point = [x: number, y: number];

/** A closed path as Lottie writes it: corners, and the handles before and after each, relative to it. */
interface LottiePath {
  c: true;
  v: Point[];
  i: Point[];
  o: Point[];
}

/** Lottie's glyphs are in hundredths of an em, with y down. */
const HUNDRED = 100;

/** The outlines of a cluster as the shapes of a glyph. */
export function shapesOf(face: ShapingFont, { glyphs }: GlyphCluster): object[] {
  const paths = glyphs.flatMap(({ id, x, y }) => pathsOf(face, id, x, y));
  return paths.length === 0 ? [] : [{ ty: 'gr', it: paths.map((k) => ({ ty: 'sh', ks: { a: 0, k } })) }];
}

function pathsOf(face: ShapingFont, glyph: number, left: number, up: number): LottiePath[] {
  const paths: LottiePath[] = [];
  const place = (x = 0, y = 0): Point => [(left + x) * HUNDRED, -(up + y) * HUNDRED];
  for (const command of face.outline(glyph)) {
    const path = paths.at(-1);
    if (command.type === 'move') {
      paths.push({ c: true, v: [place(...command.points)], i: [[0, 0]], o: [[0, 0]] });
    } else if (path === undefined) {
    } else if (command.type === 'line') {
      addCorner(path, place(...command.points), [0, 0]);
    } else if (command.type === 'curve') {
      const [outX, outY, inX, inY, x, y] = command.points;
      const from = path.v.at(-1) ?? [0, 0];
      const to = place(x, y);
      path.o[path.o.length - 1] = minus(place(outX, outY), from);
      addCorner(path, to, minus(place(inX, inY), to));
    } else {
      closePath(path);
    }
  }
  return paths.filter(({ v }) => v.length > 1);
}

function addCorner(path: LottiePath, corner: Point, handle: Point): void {
  path.v.push(corner);
  path.i.push(handle);
  path.o.push([0, 0]);
}

/** Fonts come back to the first corner before they close a path: it is not a corner of its own. */
function closePath(path: LottiePath): void {
  const [first] = path.v;
  const last = path.v.at(-1);
  if (first === undefined || last === undefined || path.v.length < 2 || distance(first, last) > 1e-6) return;
  path.i[0] = path.i.at(-1) ?? [0, 0];
  for (const list of [path.v, path.i, path.o]) list.pop();
}

function minus([x, y]: Point, [fromX, fromY]: Point): Point {
  return [x - fromX, y - fromY];
}

function distance([x, y]: Point, [toX, toY]: Point): number {
  return Math.hypot(x - toX, y - toY);
}
