import { type Animated, type Keyframe, keyframesOf, type ValueKind, valueAt } from '../document/index.ts';

/** Numbers as After Effects gives them out; scripts compare with the names. Source: After Effects Scripting Guide. */
export const PropertyType = { PROPERTY: 6212, INDEXED_GROUP: 6213, NAMED_GROUP: 6214 } as const;

export const PropertyValueType: Readonly<Record<ValueKind, number>> = {
  NO_VALUE: 6412,
  ThreeD_SPATIAL: 6413,
  ThreeD: 6414,
  TwoD_SPATIAL: 6415,
  TwoD: 6416,
  OneD: 6417,
  COLOR: 6418,
  TEXT_DOCUMENT: 6424,
};

/** What a property and a group have in common. */
export abstract class PropertyBase {
  static readonly scriptNames: readonly string[] = ['name', 'matchName', 'propertyType', 'parentProperty'];
  readonly name: string;
  readonly matchName: string;
  parentProperty: PropertyBase | null = null;

  constructor(name: string, matchName: string) {
    this.name = name;
    this.matchName = matchName;
  }

  abstract readonly propertyType: number;
}

/** How many numbers a value has; a point may leave out its depth, a colour its alpha. */
const LENGTHS: Partial<Record<ValueKind, readonly number[]>> = {
  OneD: [1],
  TwoD: [2, 3],
  TwoD_SPATIAL: [2, 3],
  ThreeD: [2, 3],
  ThreeD_SPATIAL: [2, 3],
  COLOR: [3, 4],
};

/** The frames of the composition that a property lives in. */
export interface Clock {
  frameRate: number;
  /** The frame at time 0. */
  first: number;
}

/** A property with numbers as its value. It writes into the document that it was made of. */
export class Property extends PropertyBase {
  static override readonly scriptNames: readonly string[] = [
    'value',
    'numKeys',
    'propertyValueType',
    'expression',
    'expressionEnabled',
    'canSetExpression',
    'setValue',
    'setValueAtTime',
    'setValueAtKey',
    'valueAtTime',
    'keyValue',
    'keyTime',
    'removeKey',
  ];
  readonly propertyType = PropertyType.PROPERTY;
  readonly canSetExpression = true;
  protected readonly animated: Animated;
  protected readonly clock: Clock;
  readonly #kind: ValueKind;

  constructor(name: string, matchName: string, kind: ValueKind, animated: Animated, clock: Clock) {
    super(name, matchName);
    this.animated = animated;
    this.clock = clock;
    this.#kind = kind;
  }

  get propertyValueType(): number {
    return PropertyValueType[this.#kind];
  }

  get numKeys(): number {
    return this.keys.length;
  }

  get value(): unknown {
    return this.valueAtTime(0);
  }

  get expression(): string {
    return this.animated.x ?? '';
  }

  set expression(source: string) {
    if (source === '') {
      delete this.animated.x;
      return;
    }
    this.animated.x = String(source);
    this.animated.ofJob = true;
  }

  get expressionEnabled(): boolean {
    return this.animated.x !== undefined;
  }

  /** A document keeps no expression that is switched off: it is taken out. */
  set expressionEnabled(enabled: boolean) {
    if (!enabled) delete this.animated.x;
  }

  setValue(value: unknown): void {
    if (this.numKeys > 0)
      throw new Error(`The property '${this.name}' has keyframes: use setValueAtKey or setValueAtTime.`);
    this.animated.a = 0;
    this.animated.k = this.stored(value);
    delete this.animated.sid;
  }

  valueAtTime(time: number): unknown {
    return valueAt(this.animated, this.clock.first + time * this.clock.frameRate);
  }

  setValueAtTime(time: number, value: unknown): void {
    const t = this.clock.first + time * this.clock.frameRate;
    const keys = this.keys;
    const same = keys.find((key) => Math.abs(key.t - t) < 1e-6);
    const s = listed(this.stored(value));
    if (same !== undefined) same.s = s;
    else keys.push({ t, s });
    keys.sort((a, b) => a.t - b.t);
    for (const key of keys) this.straighten(key);
    this.animated.a = 1;
    this.animated.k = keys;
  }

  setValueAtKey(index: number, value: unknown): void {
    const key = this.#key(index);
    key.s = listed(this.stored(value));
    const before = this.keys[index - 2];
    if (before?.e !== undefined) before.e = key.s;
  }

  keyValue(index: number): unknown {
    return valueAt(this.animated, this.#key(index).t);
  }

  keyTime(index: number): number {
    return (this.#key(index).t - this.clock.first) / this.clock.frameRate;
  }

  /** With its last key gone, a property stays at the value that this key had. */
  removeKey(index: number): void {
    const key = this.#key(index);
    const last = valueAt(this.animated, key.t);
    const left = this.keys.filter((other) => other !== key);
    this.animated.a = left.length === 0 ? 0 : 1;
    this.animated.k = left.length === 0 ? last : left;
  }

  protected get keys(): Keyframe[] {
    return keyframesOf(this.animated);
  }

  /** Checks a value from a script, and gives it the form of the document. */
  protected stored(value: unknown): unknown {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    const lengths = LENGTHS[this.#kind] ?? [];
    if (
      !values.every((part) => typeof part === 'number' && Number.isFinite(part)) ||
      !lengths.includes(values.length)
    ) {
      throw new Error(
        `The property '${this.name}' takes ${lengths[0] === 1 ? 'a number' : `an array of ${lengths.join(' or ')} numbers`}.`,
      );
    }
    return this.#kind === 'OneD' ? values[0] : values;
  }

  /** A key without handles would be read as one that stands still. */
  protected straighten(key: Keyframe): void {
    key.o ??= { x: [0], y: [0] };
    key.i ??= { x: [1], y: [1] };
  }

  #key(index: number): Keyframe {
    const key = this.keys[index - 1];
    if (key === undefined) throw new Error(`The property '${this.name}' has no key ${index}.`);
    return key;
  }
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Groups and properties below it, in the order of After Effects' timeline. */
export class PropertyGroup extends PropertyBase {
  static override readonly scriptNames: readonly string[] = ['numProperties', 'property'];
  readonly propertyType: number;
  readonly #children: () => readonly PropertyBase[];
  #made: readonly PropertyBase[] | null = null;

  /** `children` is asked once, and only when a script looks inside. */
  constructor(
    name: string,
    matchName: string,
    children: () => readonly PropertyBase[],
    propertyType: number = PropertyType.NAMED_GROUP,
  ) {
    super(name, matchName);
    this.#children = children;
    this.propertyType = propertyType;
  }

  get numProperties(): number {
    return this.children().length;
  }

  /** By number from 1, or by display name or match name; null if there is none. */
  property(wanted: number | string): PropertyBase | null {
    const children = this.children();
    if (typeof wanted === 'number') return children[wanted - 1] ?? null;
    return children.find((child) => child.name === wanted || child.matchName === wanted) ?? null;
  }

  children(): readonly PropertyBase[] {
    if (this.#made === null) {
      this.#made = this.#children();
      for (const child of this.#made) child.parentProperty = this;
    }
    return this.#made;
  }
}
