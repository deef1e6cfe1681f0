import { memberNames, memberOf } from './callable.ts';
import { PathValue } from './path-value.ts';
import { PropertyRef } from './property-ref.ts';
import type { RawValue } from './track.ts';

/**
 * Properties stand for their values: these are a number, a vector, a text and a path that know their property, and have
 * its members (see `installMembers`).
 */
export class NumberProperty extends Number {
  constructor(ref: PropertyRef, value: number) {
    super(value);
    remember(this, ref);
  }
}

export class VectorProperty extends Array<number> {
  /** What is made of one is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  constructor(ref: PropertyRef, values: readonly number[]) {
    super();
    for (const value of values) this.push(value);
    remember(this, ref);
  }
}

export class TextProperty extends String {
  constructor(ref: PropertyRef, value: string) {
    super(value);
    remember(this, ref);
  }
}

export class PathProperty extends PathValue {
  constructor(ref: PropertyRef, value: Exclude<RawValue, string | number[]>) {
    super(value);
    remember(this, ref);
  }

  override points(time?: unknown): number[][] {
    return this.#at(time)?.points() ?? super.points();
  }

  override inTangents(time?: unknown): number[][] {
    return this.#at(time)?.inTangents() ?? super.inTangents();
  }

  override outTangents(time?: unknown): number[][] {
    return this.#at(time)?.outTangents() ?? super.outTangents();
  }

  override pointOnPath(share?: unknown, time?: unknown): number[] {
    return this.#at(time)?.pointOnPath(share) ?? super.pointOnPath(share);
  }

  override tangentOnPath(share?: unknown, time?: unknown): number[] {
    return this.#at(time)?.tangentOnPath(share) ?? super.tangentOnPath(share);
  }

  override normalOnPath(share?: unknown, time?: unknown): number[] {
    return this.#at(time)?.normalOnPath(share) ?? super.normalOnPath(share);
  }

  #at(time: unknown): PathValue | null {
    return time === undefined ? null : (refOf(this).valueAtTime(time) as PathValue);
  }
}

export function remember(target: object, ref: PropertyRef): void {
  Object.defineProperty(target, 'ref', { value: ref });
}

export function refOf(target: object): PropertyRef {
  const ref: unknown = Reflect.get(target, 'ref');
  if (!(ref instanceof PropertyRef)) throw new Error('this is no property');
  return ref;
}

/** Once for all: what a property can do stands in the classes of its values. */
export function installMembers(): void {
  for (const type of [NumberProperty, VectorProperty, TextProperty, PathProperty]) {
    for (const name of memberNames(PropertyRef.prototype)) {
      const get = function (this: object): unknown {
        return memberOf(refOf(this), name);
      };
      Object.defineProperty(type.prototype, name, { get, configurable: true });
    }
  }
}

export function propertyValue(ref: PropertyRef, value: RawValue): object {
  if (typeof value === 'string') return new TextProperty(ref, value);
  if (!Array.isArray(value)) return new PathProperty(ref, value);
  const [first] = value;
  return value.length === 1 && first !== undefined ? new NumberProperty(ref, first) : new VectorProperty(ref, value);
}
