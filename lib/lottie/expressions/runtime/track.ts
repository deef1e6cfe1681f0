import type { Keyframe } from '../../document/index.ts';
import type { ExpressionKind, PathData } from '../model.ts';
import { easedShare } from './interpolation.ts';
import { mixedPaths } from './path-value.ts';

export type RawValue = number[] | string | PathData;

/** The value of a property by frame, without its expression. Source: the Lottie specification, "Animated properties". */
export class Track {
  readonly keys: readonly Keyframe[];
  readonly #kind: ExpressionKind;
  readonly #still: unknown;
  /** Points along the curved way after a key, and how far each is from the key. */
  readonly #ways = new Map<Keyframe, { points: number[][]; lengths: number[] }>();

  constructor(kind: ExpressionKind, value: unknown) {
    this.#kind = kind;
    this.#still = value;
    this.keys = Array.isArray(value)
      ? value.filter((key): key is Keyframe => typeof key === 'object' && key !== null && typeof key.t === 'number')
      : [];
  }

  at(frame: number): RawValue {
    const { keys } = this;
    if (keys.length === 0) return this.#raw(this.#still);
    const next = keys.findIndex((key) => key.t > frame);
    if (next === 0) return this.keyValue(0);
    return next === -1 ? this.keyValue(keys.length - 1) : this.#between(next - 1, frame);
  }

  /** Old exports write a key's value as the end of the one before. */
  keyValue(index: number): RawValue {
    return this.#raw(this.keys[index]?.s ?? this.keys[index - 1]?.e);
  }

  #between(index: number, frame: number): RawValue {
    const [key, next] = [this.keys[index], this.keys[index + 1]];
    const from = this.keyValue(index);
    if (key === undefined || next === undefined || key.h === 1 || typeof from === 'string') return from;
    const to = key.e === undefined ? this.keyValue(index + 1) : this.#raw(key.e);
    const time = (frame - key.t) / (next.t - key.t);
    if (!Array.isArray(from)) return mixedPaths(from, to as PathData, this.#share(key, time, 0));
    if (!Array.isArray(to)) return from;
    if ([key.to, key.ti].some((tangent) => tangent?.some((part) => part !== 0)))
      return this.#along(key, from, to, this.#share(key, time, 0));
    return from.map((value, axis) => value + ((to[axis] ?? value) - value) * this.#share(key, time, axis));
  }

  #share({ o, i }: Keyframe, time: number, axis: number): number {
    if (o === undefined || i === undefined) return time;
    const part = (value: number | number[]) => (Array.isArray(value) ? (value[axis] ?? value[0] ?? 0) : value);
    return easedShare(time, part(o.x), part(o.y), part(i.x), part(i.y));
  }

  /** Even speed along the curve, as After Effects moves a layer on its motion path. */
  #along(key: Keyframe, from: readonly number[], to: readonly number[], share: number): number[] {
    const { points, lengths } = this.#wayOf(key, from, to);
    const wanted = (lengths.at(-1) ?? 0) * share;
    const step = Math.max(
      1,
      lengths.findIndex((length) => length >= wanted),
    );
    const [before, after] = [lengths[step - 1] ?? 0, lengths[step] ?? 0];
    const within = after === before ? 0 : (wanted - before) / (after - before);
    return (points[step - 1] ?? from).map((value, axis) => value + ((points[step]?.[axis] ?? value) - value) * within);
  }

  #wayOf(key: Keyframe, from: readonly number[], to: readonly number[]): { points: number[][]; lengths: number[] } {
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const points = Array.from({ length: 151 }, (_, step) =>
      from.map((start, axis) => {
        const [t, rest, end] = [step / 150, 1 - step / 150, to[axis] ?? start];
        const [out, into] = [start + (key.to?.[axis] ?? 0), end + (key.ti?.[axis] ?? 0)];
        return rest ** 3 * start + 3 * rest * rest * t * out + 3 * rest * t * t * into + t ** 3 * end;
      }),
    );
    const lengths = [0];
    for (const [step, point] of points.entries()) {
      const before = points[step - 1];
      if (before !== undefined)
        lengths.push((lengths[step - 1] ?? 0) + Math.hypot(...point.map((value, axis) => value - (before[axis] ?? 0))));
    }
    const way = { points, lengths };
    this.#ways.set(key, way);
    return way;
  }

  #raw(value: unknown): RawValue {
    if (this.#kind === 'numbers')
      return (Array.isArray(value) ? value : [value]).map((part) => (typeof part === 'number' ? part : 0));
    const single: unknown = Array.isArray(value) ? value[0] : value;
    const node = (typeof single === 'object' && single !== null ? single : {}) as Partial<PathData> & { t?: unknown };
    if (this.#kind === 'text') return typeof node.t === 'string' ? node.t : '';
    return { v: node.v ?? [], i: node.i ?? [], o: node.o ?? [], c: node.c === true };
  }
}
