import type { Keyframe, PropertyValue } from '../../lib/aep/property.ts';
import type { PropertyBase } from '../../lib/aep/property-group.ts';
import { type BodymovinKeyframe, type BodymovinPath, type BodymovinValue, isKeyframes } from './bodymovin-document.ts';

/** Where values are compared, and where what differs is written down. */
export interface Comparison {
  differences: string[];
  /** How many values agreed. */
  agreed: number;
  frameRate: number;
}

/** Exports have three decimals; float32 and float64 differ in the seventh digit. */
function close(a: number, b: number, tolerance = 0.0011): boolean {
  return Math.abs(a - b) <= tolerance + Math.abs(b) * 2e-5;
}

/** Compares two plain values, or lists of numbers as far as the export's reach. */
export function compare(to: Comparison, where: string, ours: unknown, exported: unknown, tolerance?: number): void {
  const same =
    typeof ours === 'number' && typeof exported === 'number'
      ? close(ours, exported, tolerance)
      : Array.isArray(ours) && Array.isArray(exported)
        ? exported.every((number, at) => close(Number(ours[at]), Number(number), tolerance))
        : ours === exported;
  if (same) to.agreed++;
  else to.differences.push(`${where}: ${JSON.stringify(ours)}, exported as ${JSON.stringify(exported)}`);
}

/** A group, or the layer itself, of which properties are compared. */
interface Properties {
  property(matchName: string): PropertyBase | null;
  value(matchName: string): PropertyValue;
}

/** Compares a property of a group, animated or not, and whether it has an expression. */
export function compareProperty(
  to: Comparison,
  where: string,
  group: Properties,
  matchName: string,
  exported: BodymovinValue,
): void {
  const property = group.property(matchName);
  if (!isKeyframes(exported.k)) {
    compareValue(to, where, group.value(matchName), exported.k);
    return;
  }
  const keyframes = property?.kind === 'property' ? property.keyframes : [];
  compare(to, `${where}, number of keyframes`, keyframes.length, exported.k.length);
  exported.k.forEach((keyframe, at) => {
    const ours = keyframes[at];
    if (ours !== undefined) compareKeyframe(to, `${where}[${at}]`, ours, keyframes[at + 1], keyframe);
  });
}

function compareValue(to: Comparison, where: string, ours: PropertyValue, exported: unknown): void {
  const path = pathOf(exported);
  if (path !== null) comparePath(to, where, ours, path);
  else if (typeof ours === 'number') compare(to, where, ours, Array.isArray(exported) ? exported[0] : exported);
  else compare(to, where, ours, exported);
}

function pathOf(value: unknown): BodymovinPath | null {
  const path = Array.isArray(value) ? value[0] : value;
  return typeof path === 'object' && path !== null && 'v' in path ? path : null;
}

function comparePath(to: Comparison, where: string, ours: PropertyValue, path: BodymovinPath): void {
  if (ours === null || typeof ours !== 'object' || !('kind' in ours) || ours.kind !== 'shape') {
    to.differences.push(`${where}: not a path`);
    return;
  }
  compare(to, `${where}.closed`, ours.closed, path.c);
  compare(to, `${where}.vertices`, ours.vertices.flat(), path.v.flat(), 0.002);
  compare(to, `${where}.inTangents`, ours.inTangents.flat(), path.i.flat(), 0.002);
  compare(to, `${where}.outTangents`, ours.outTangents.flat(), path.o.flat(), 0.002);
}

function compareKeyframe(
  to: Comparison,
  where: string,
  ours: Keyframe,
  next: Keyframe | undefined,
  exported: BodymovinKeyframe,
): void {
  compare(to, `${where}.time`, ours.time * to.frameRate, exported.t);
  if (exported.s !== undefined) compareValue(to, `${where}.value`, ours.value, exported.s);
  if (next === undefined) return;
  compare(to, `${where}.hold`, ours.outInterpolation === 'HOLD', exported.h === 1);
  if (exported.to) compare(to, `${where}.outTangent`, ours.outTangent, exported.to);
  if (exported.ti) compare(to, `${where}.inTangent`, next.inTangent, exported.ti);
  if (exported.o === undefined || exported.i === undefined) return;
  const ease = easeOf(ours, next);
  const dimensions = [exported.o.x].flat().length;
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const expected = [exported.o.x, exported.o.y, exported.i.x, exported.i.y].map((list) => [list].flat()[dimension]);
    compare(to, `${where}.ease[${dimension}]`, ease[dimension] ?? ease[0], expected, 0.006);
  }
}

/** The handles of the curve of value over time, as an export has them: out x and y, in x and y. */
function easeOf(from: Keyframe, to: Keyframe): number[][] {
  const duration = to.time - from.time;
  const speeds = averageSpeeds(from, to, duration);
  return speeds.map((average, dimension) => {
    const out = from.outEase[dimension] ?? from.outEase[0];
    const into = to.inEase[dimension] ?? to.inEase[0];
    const outX = from.outInterpolation === 'BEZIER' && out ? out.influence / 100 : 1 / 6;
    const inX = 1 - (to.inInterpolation === 'BEZIER' && into ? into.influence / 100 : 1 / 6);
    if (Math.abs(average) < 1e-9) return [outX, outX, inX, inX];
    const outSpeed = from.outInterpolation === 'BEZIER' && out ? out.speed : average;
    const inSpeed = to.inInterpolation === 'BEZIER' && into ? into.speed : average;
    return [outX, (outSpeed / average) * outX, inX, 1 - (inSpeed / average) * (1 - inX)];
  });
}

/** Units a second of each dimension; where there is one ease for all, along the path that the value takes. */
function averageSpeeds(from: Keyframe, to: Keyframe, duration: number): number[] {
  const [a, b] = [from.value, to.value];
  if (typeof a === 'number' && typeof b === 'number') return [(b - a) / duration];
  if (!Array.isArray(a) || !Array.isArray(b)) return [1 / duration];
  if (from.outEase.length > 1) return a.map((value, dimension) => ((b[dimension] ?? 0) - value) / duration);
  return [lengthOf(a, b, from.outTangent ?? [], to.inTangent ?? []) / duration];
}

/** The length of the bezier curve, in so many straight pieces that the error is below the tolerance. */
function lengthOf(a: number[], b: number[], out: number[], into: number[]): number {
  const pointAt = (t: number) =>
    a.map((start, at) => {
      const end = b[at] ?? 0;
      const [c, d] = [start + (out[at] ?? 0), end + (into[at] ?? 0)];
      const s = 1 - t;
      return s * s * s * start + 3 * s * s * t * c + 3 * s * t * t * d + t * t * t * end;
    });
  let length = 0;
  let before = a;
  for (let step = 1; step <= 200; step++) {
    const point = pointAt(step / 200);
    length += Math.hypot(...point.map((value, at) => value - (before[at] ?? 0)));
    before = point;
  }
  return length;
}
