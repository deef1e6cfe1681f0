import { eachDimension, plainOf } from './vectors.ts';

/** FNV-1a over the parts: the same number on every machine. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('/')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash;
}

/** The seed's own row of numbers from 0 to 1 (mulberry32). */
export function randomRow(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `()`, `(most)` or `(least, most)`, of numbers or vectors. */
export function inRange(next: () => number, args: readonly unknown[]): unknown {
  const [least, most] = args.length < 2 ? [0, plainOf(args[0] ?? 1)] : args.map(plainOf);
  if (!Array.isArray(least) && !Array.isArray(most)) return Number(least) + (Number(most) - Number(least)) * next();
  const from = Array.isArray(least) ? least : eachDimension(most, 0, () => Number(least));
  return eachDimension(from, most, (a, b) => a + (b - a) * next());
}

/** Nine in ten lie from 0 to 1. Box and Muller's way; 1.645 deviations hold nine in ten. */
export function gaussian(next: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - next()));
  return 0.5 + (radius * Math.cos(2 * Math.PI * next()) * 0.5) / 1.645;
}

/** Smooth noise from -1 to 1 over points of up to three dimensions: random at whole numbers, eased between them. */
export function smoothNoise(seed: number, point: readonly number[]): number {
  const [x = 0, y = 0, z = 0] = point;
  const cell = [Math.floor(x), Math.floor(y), Math.floor(z)] as const;
  const share = (value: number, at: number) => (value - at) ** 2 * (3 - 2 * (value - at));
  const [a, b, c] = [share(x, cell[0]), share(y, cell[1]), share(z, cell[2])];
  let total = 0;
  for (let corner = 0; corner < 8; corner += 1) {
    const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = (i ? a : 1 - a) * (j ? b : 1 - b) * (k ? c : 1 - c);
    if (weight > 0) total += weight * (randomRow(seedOf(seed, cell[0] + i, cell[1] + j, cell[2] + k))() * 2 - 1);
  }
  return total;
}

/** `octaves` layers of noise over time, each twice as fast and weaker by `fall`. */
export function wiggled(seed: number, time: number, octaves: number, fall: number): number {
  let total = 0;
  for (let octave = 0; octave < Math.min(octaves, 10); octave += 1) {
    total += smoothNoise(seedOf(seed, octave), [time * 2 ** octave]) * fall ** octave;
  }
  return total;
}
