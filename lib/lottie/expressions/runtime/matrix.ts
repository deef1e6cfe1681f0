/** `[a, b, c, d, e, f]`: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

interface Placement {
  anchor: readonly number[];
  position: readonly number[];
  scale: readonly number[];
  rotation: number;
}

/** From a layer's own space into that of its parent. */
export function placed({ anchor, position, scale, rotation }: Placement): Matrix {
  const [cos, sin] = [Math.cos((rotation * Math.PI) / 180), Math.sin((rotation * Math.PI) / 180)];
  const [x = 1, y = 1] = scale.map((part) => part / 100);
  const [ax = 0, ay = 0] = anchor;
  const [px = 0, py = 0] = position;
  const [a, b, c, d] = [cos * x, sin * x, -sin * y, cos * y];
  return [a, b, c, d, px - a * ax - c * ay, py - b * ax - d * ay];
}

/** `inner` first, then `outer`. */
export function after(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const size = a * d - b * c;
  if (size === 0) throw new Error('a layer without any size has no space of its own');
  return [d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size];
}

/** A point, or with `direction` a difference of points; a third dimension stays as it is. */
export function mapped([a, b, c, d, e, f]: Matrix, point: unknown, direction: boolean): number[] {
  if (!Array.isArray(point)) throw new Error('a point is an array of numbers');
  const [x = 0, y = 0, ...rest] = point.map(Number);
  const [moveX, moveY] = direction ? [0, 0] : [e, f];
  return [a * x + c * y + moveX, b * x + d * y + moveY, ...rest];
}
