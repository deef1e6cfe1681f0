/** A property stands for its value in arithmetic and in conditions: the plain value of whatever is given. */
export function plainOf(value: unknown): unknown {
  const boxed = value instanceof Number || value instanceof String || value instanceof Boolean;
  return boxed ? value.valueOf() : value;
}

/** Vectors of unlike lengths: what is missing counts as 0. A number beside a vector counts as its first dimension. */
export function eachDimension(left: unknown, right: unknown, work: (a: number, b: number) => number): number[] {
  const a = Array.isArray(left) ? left : [left];
  const b = Array.isArray(right) ? right : [right];
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, at) => work(Number(a[at] ?? 0), Number(b[at] ?? 0)));
}

export function sum(left: unknown, right: unknown): unknown {
  const a = plainOf(left);
  const b = plainOf(right);
  const vectors = (Array.isArray(a) || Array.isArray(b)) && typeof a !== 'string' && typeof b !== 'string';
  return vectors ? eachDimension(a, b, (x, y) => x + y) : (a as number) + (b as number);
}

export function difference(left: unknown, right: unknown): unknown {
  const a = plainOf(left);
  const b = plainOf(right);
  return Array.isArray(a) || Array.isArray(b) ? eachDimension(a, b, (x, y) => x - y) : (a as number) - (b as number);
}

/** A vector with each dimension changed by one number; null if neither is a vector. */
export function scaled(left: unknown, right: unknown, work: (a: number, b: number) => number): number[] | null {
  if (Array.isArray(left) && Array.isArray(right) && right.length !== 1 && left.length !== 1)
    throw new Error('a vector cannot be multiplied or divided by a vector');
  if (Array.isArray(left)) return left.map((part) => work(Number(part), Number(right)));
  return Array.isArray(right) ? right.map((part) => work(Number(left), Number(part))) : null;
}

export function product(left: unknown, right: unknown): unknown {
  const a = plainOf(left);
  const b = plainOf(right);
  return scaled(a, b, (x, y) => x * y) ?? (a as number) * (b as number);
}

export function quotient(left: unknown, right: unknown): unknown {
  const a = plainOf(left);
  const b = plainOf(right);
  return scaled(a, b, (x, y) => x / y) ?? (a as number) / (b as number);
}

export function remainder(left: unknown, right: unknown): unknown {
  const a = plainOf(left);
  const b = plainOf(right);
  return scaled(a, b, (x, y) => x % y) ?? (a as number) % (b as number);
}

export function negative(value: unknown): unknown {
  const plain = plainOf(value);
  return Array.isArray(plain) ? plain.map((part) => -Number(part)) : -(plain as number);
}

/** `target[key] += value` and its like: the target is looked up once. */
export function assigned(
  target: Record<PropertyKey, unknown>,
  key: PropertyKey,
  work: (left: unknown, right: unknown) => unknown,
  value: unknown,
): unknown {
  const result = work(target[key], value);
  target[key] = result;
  return result;
}

export function dotProduct(left: unknown, right: unknown): number {
  return eachDimension(left, right, (a, b) => a * b).reduce((total, part) => total + part, 0);
}

export function crossProduct(left: unknown, right: unknown): number[] {
  const [a = 0, b = 0, c = 0] = eachDimension(left, [0, 0, 0], (x) => x);
  const [d = 0, e = 0, f = 0] = eachDimension(right, [0, 0, 0], (x) => x);
  return [b * f - c * e, c * d - a * f, a * e - b * d];
}

/** The length of a vector, or the distance of two points. */
export function distance(from: unknown, to: unknown = 0): number {
  return Math.hypot(...eachDimension(plainOf(from), plainOf(to), (a, b) => a - b));
}

export function normalized(vector: unknown): unknown {
  const size = distance(vector);
  return size === 0 ? vector : quotient(vector, size);
}

export function clamped(value: unknown, least: unknown, most: unknown): unknown {
  const plain = plainOf(value);
  const limit = (part: unknown, at: number): number => {
    const limits = [plainOf(least), plainOf(most)].map((end) => Number(Array.isArray(end) ? end[at] : end));
    return Math.min(Math.max(Number(part), Math.min(...limits)), Math.max(...limits));
  };
  return Array.isArray(plain) ? plain.map(limit) : limit(plain, 0);
}
