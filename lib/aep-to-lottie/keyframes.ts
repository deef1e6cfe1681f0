import type { Keyframe, Property, PropertyValue } from '../aep/read-project.ts';

/** A property's value in a document: one value, or keyframes; and perhaps an expression. */
export interface Animated {
  a: 0 | 1;
  k: unknown;
  x?: string;
  ix?: number;
  /** For a position, how many of its dimensions count. */
  l?: number;
}

/** How values move between keyframes, which decides what a speed is measured in. */
export type Motion =
  /** Each dimension for itself, in its own units. */
  | 'numbers'
  /** Along a path in space: the speed is pixels of the path. */
  | 'space'
  /** As a whole: the speed is in parts of the way from one keyframe to the next. */
  | 'whole'
  /** All channels with one speed, in 255ths. */
  | 'color';

interface Conversion {
  frameRate: number;
  motion: Motion;
  /** From what After Effects shows to what Lottie has. */
  value(value: PropertyValue): unknown;
}

/** The share of the way to the next keyframe that a linear keyframe's handles have. */
const LINEAR_HANDLE = 1 / 6;
/** Below this a value does not move. */
const STILL = 1e-7;
/** More frames than this are not written one by one between two keyframes. */
const MOST_SAMPLES = 20_000;

/** Larger numbers are of damaged projects, and are no place, size or time. */
const LARGEST = 1e9;

/** To a millionth, which keeps curves smooth. A document cannot say what is not a number. */
export function rounded(number: number): number {
  if (Number.isNaN(number)) return 0;
  // Adding 0 makes 0 of -0.
  return Math.round(Math.min(LARGEST, Math.max(-LARGEST, number)) * 1e6) / 1e6 + 0;
}

/** Numbers, or a list of them, as they are. */
export function plainNumbers(value: PropertyValue): unknown {
  if (typeof value === 'number') return rounded(value);
  return Array.isArray(value) ? value.map(rounded) : 0;
}

/** A property as a document has it: its only value, or its keyframes, and its expression. */
export function convertProperty(property: Property, conversion: Conversion): Animated {
  const keyframes = inOrder(property.keyframes);
  const [only] = keyframes;
  const expression = property.expression?.enabled === true ? { x: property.expression.text } : {};
  if (only === undefined) return { a: 0, k: conversion.value(property.value), ...expression };
  if (keyframes.length === 1) return { a: 0, k: conversion.value(only.value), ...expression };
  return { a: 1, k: writeKeyframes(keyframes, conversion), ...expression };
}

/** By time. On a layer that runs backwards the last comes first, and what came in goes out. */
function inOrder(keyframes: readonly Keyframe[]): Keyframe[] {
  const [first, last] = [keyframes[0], keyframes.at(-1)];
  if (first === undefined || last === undefined || first.time <= last.time) return [...keyframes];
  return keyframes.toReversed().map((keyframe) => ({
    ...keyframe,
    inInterpolation: keyframe.outInterpolation,
    outInterpolation: keyframe.inInterpolation,
    inEase: keyframe.outEase,
    outEase: keyframe.inEase,
    inTangent: keyframe.outTangent,
    outTangent: keyframe.inTangent,
  }));
}

function writeKeyframes(keyframes: readonly Keyframe[], conversion: Conversion): object[] {
  const written: object[] = [];
  for (const [at, keyframe] of keyframes.entries()) {
    const next = keyframes[at + 1];
    const start = { t: frameOf(keyframe.time, conversion), s: listed(conversion.value(keyframe.value)) };
    if (next === undefined) written.push({ ...start, ...(keyframe.outInterpolation === 'HOLD' ? { h: 1 } : {}) });
    else if (keyframe.outInterpolation === 'HOLD' || next.time <= keyframe.time) written.push({ ...start, h: 1 });
    else written.push(...writeSegment(keyframe, next, start, conversion));
  }
  return written;
}

function frameOf(time: number, { frameRate }: Conversion): number {
  return rounded(time * frameRate);
}

/** Keyframes have lists, of single numbers and paths too. */
function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

interface Handles {
  x: number[];
  y: number[];
}

function writeSegment(a: Keyframe, b: Keyframe, start: object, conversion: Conversion): object[] {
  const duration = b.time - a.time;
  const tangents = conversion.motion === 'space' ? tangentsOf(a, b) : null;
  const whole = conversion.motion === 'space' || conversion.motion === 'whole';
  const deltas = whole ? [lengthOf(a, b, conversion.motion)] : deltasOf(a, b, conversion.motion);
  const out = handles(a.outInterpolation, a.outEase, deltas, duration, whole);
  const into = handles(b.inInterpolation, b.inEase, deltas, duration, whole);
  if (out === null || into === null) return sampled(a, b, conversion);
  const shape = (values: number[]) => (whole ? rounded(values[0] ?? 0) : values.map(rounded));
  return [
    {
      o: { x: shape(out.x), y: shape(out.y) },
      i: { x: shape(into.x.map((x) => 1 - x)), y: shape(into.y.map((y) => 1 - y)) },
      ...start,
      ...(tangents === null ? {} : { to: tangents.to.map(rounded), ti: tangents.ti.map(rounded) }),
    },
  ];
}

function tangentsOf(a: Keyframe, b: Keyframe): { to: number[]; ti: number[] } | null {
  const [to, ti] = [a.outTangent ?? [], b.inTangent ?? []];
  return [...to, ...ti].some((part) => Math.abs(part) > STILL) ? { to, ti } : null;
}

/**
 * The handle of one side, for each dimension: how long it is in time and in value, both as parts of the segment. Null
 * if a dimension moves and comes back to where it was, which no such parts can say.
 */
function handles(
  interpolation: Keyframe['inInterpolation'],
  eases: Keyframe['inEase'],
  deltas: readonly number[],
  duration: number,
  whole: boolean,
): Handles | null {
  const result: Handles = { x: [], y: [] };
  const count = whole ? 1 : Math.min(deltas.length, Math.max(1, eases.length));
  for (let dimension = 0; dimension < count; dimension += 1) {
    const ease = eases[dimension] ?? eases[0];
    if (interpolation !== 'BEZIER' || ease === undefined) {
      result.x.push(LINEAR_HANDLE);
      result.y.push(LINEAR_HANDLE);
      continue;
    }
    const delta = deltas[dimension] ?? 0;
    let influence = Math.min(1, Math.max(0, ease.influence / 100));
    const speed = whole ? Math.abs(ease.speed) : ease.speed;
    // A value cannot go further along its path than to the end of it.
    if (whole && delta > STILL && speed > 0) influence = Math.min(influence, delta / (speed * duration));
    const travel = speed * influence * duration;
    if (Math.abs(delta) <= STILL) {
      if (!whole && Math.abs(travel) > 1e-4) return null;
      result.x.push(influence);
      result.y.push(influence);
      continue;
    }
    result.x.push(influence);
    result.y.push(travel / delta);
  }
  return result;
}

function numbersOf(value: PropertyValue): number[] {
  return typeof value === 'number' ? [value] : Array.isArray(value) ? value : [];
}

function deltasOf(a: Keyframe, b: Keyframe, motion: Motion): number[] {
  const [from, to] = [numbersOf(a.value), numbersOf(b.value)];
  const deltas = from.map((value, dimension) => (to[dimension] ?? value) - value);
  return motion === 'color' ? [Math.hypot(...deltas.map((delta) => delta * 255))] : deltas;
}

function lengthOf(a: Keyframe, b: Keyframe, motion: Motion): number {
  if (motion === 'whole') return 1;
  const [from, to] = [numbersOf(a.value), numbersOf(b.value)];
  return pathLength(from, to, a.outTangent ?? [], b.inTangent ?? []);
}

/** Steps that a curve is measured in. */
const STEPS = 200;

function pathLength(from: number[], to: number[], outTangent: number[], inTangent: number[]): number {
  let length = 0;
  let last = from;
  for (let step = 1; step <= STEPS; step += 1) {
    const t = step / STEPS;
    const point = from.map((start, dimension) => {
      const end = to[dimension] ?? start;
      return cubic(start, start + (outTangent[dimension] ?? 0), end + (inTangent[dimension] ?? 0), end, t);
    });
    length += Math.hypot(...point.map((value, dimension) => value - (last[dimension] ?? 0)));
    last = point;
  }
  return length;
}

function cubic(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const u = 1 - t;
  return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

/** The values of every frame in between, one after the other in straight lines. */
function sampled(a: Keyframe, b: Keyframe, conversion: Conversion): object[] {
  const { frameRate } = conversion;
  const times = [a.time];
  for (let frame = Math.floor(a.time * frameRate) + 1; frame / frameRate < b.time - 1e-6; frame += 1) {
    times.push(frame / frameRate);
    if (times.length > MOST_SAMPLES) break;
  }
  const [from, to] = [numbersOf(a.value), numbersOf(b.value)];
  const handle = { x: [LINEAR_HANDLE], y: [LINEAR_HANDLE] };
  return times.map((time) => {
    const values = from.map((start, dimension) => valueBetween(a, b, start, to[dimension] ?? start, dimension, time));
    const value = typeof a.value === 'number' ? (values[0] ?? 0) : values;
    const [o, i] = [handle, { x: [1 - LINEAR_HANDLE], y: [1 - LINEAR_HANDLE] }];
    return { o, i, t: frameOf(time, conversion), s: listed(conversion.value(value)) };
  });
}

/** One dimension's own curve of time and value: a cubic whose handles are the two eases. */
function valueBetween(a: Keyframe, b: Keyframe, from: number, to: number, dimension: number, time: number): number {
  const duration = b.time - a.time;
  const side = (interpolation: Keyframe['inInterpolation'], eases: Keyframe['inEase']) => {
    const ease = interpolation === 'BEZIER' ? (eases[dimension] ?? eases[0]) : undefined;
    const influence = ease === undefined ? LINEAR_HANDLE : Math.min(1, Math.max(0, ease.influence / 100));
    return { influence, travel: ease === undefined ? (to - from) * influence : ease.speed * influence * duration };
  };
  const [out, into] = [side(a.outInterpolation, a.outEase), side(b.inInterpolation, b.inEase)];
  const wanted = (time - a.time) / duration;
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (cubic(0, out.influence, 1 - into.influence, 1, middle) < wanted) low = middle;
    else high = middle;
  }
  return cubic(from, from + out.travel, to - into.travel, to, (low + high) / 2);
}
