import type { Chunk } from './chunks.ts';

type Point = [number, number];

/** As After Effects' Shape: pixels; tangents are relative to their vertex. */
export interface ShapePath {
  kind: 'shape';
  closed: boolean;
  vertices: Point[];
  inTangents: Point[];
  outTangents: Point[];
}

/** `shph`: 3 bytes, flags, then the bounds. */
const HEADER_SIZE = 20;
const OPEN = 0x08;
const POINT_SIZE = 8;

/**
 * The paths of `LIST om-s`, one for each keyframe (or the only one): `omks` holds `LIST shap` for each, and that
 * - `shph`, 24 bytes: flags at 3 (bit 3: open), then four float32 at 4: left, top, right, bottom;
 * - `LIST list`: `lhd3` with the number of points, `ldat` with x and y in float32 for each: vertex, its out tangent,
 *   the next vertex's in tangent, and so on around. All are absolute, as fractions of the bounds in `shph`.
 *
 * A mask's bounds are themselves fractions of the layer's size: `scale` is that size, and [1, 1] for a shape layer.
 * Source: LottieFiles/lottie-docs, docs/aep.md.
 */
export function readShapePaths(container: Chunk, scale: Point): ShapePath[] {
  const paths: ShapePath[] = [];
  for (const shap of container.first('omks')?.children() ?? []) {
    if (shap.id === 'shap') paths.push(readShapePath(shap, scale));
  }
  return paths;
}

function readShapePath(shap: Chunk, scale: Point): ShapePath {
  const path: ShapePath = { kind: 'shape', closed: true, vertices: [], inTangents: [], outTangents: [] };
  const header = shap.first('shph')?.fields(HEADER_SIZE);
  const data = shap.first('list')?.first('ldat');
  if (!header) return path;
  path.closed = (header.getUint8(3) & OPEN) === 0;
  const bounds = [4, 8, 12, 16].map((at) => header.getFloat32(at));
  const [left = 0, top = 0, right = 0, bottom = 0] = bounds;
  const points = data?.fields(0);
  if (!points) return path;
  const count = Math.floor(points.byteLength / POINT_SIZE);
  const pointAt = (index: number): Point => {
    const x = points.getFloat32(index * POINT_SIZE);
    const y = points.getFloat32(index * POINT_SIZE + 4);
    return [(left + (right - left) * x) * scale[0], (top + (bottom - top) * y) * scale[1]];
  };
  for (let at = 0; at + 2 < count; at += 3) {
    const vertex = pointAt(at);
    path.vertices.push(vertex);
    path.outTangents.push(difference(pointAt(at + 1), vertex));
    path.inTangents.push(difference(pointAt(at === 0 ? count - (count % 3) - 1 : at - 1), vertex));
  }
  return path;
}

function difference(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1]];
}
