import type { TreeFacts } from '../model.ts';
import { Key } from './key.ts';
import { looped } from './looping.ts';
import { seedOf, wiggled } from './random.ts';
import { rawDistance, rawSteps } from './raw-values.ts';
import type { RawValue } from './track.ts';
import type { PropertyTree } from './tree.ts';
import type { World } from './world.ts';

/** What expressions may ask of a property. Source of the names: Adobe's expression reference, "Property". */
export class PropertyRef {
  readonly #world: World;
  readonly #id: number;
  readonly #tree: PropertyTree;
  readonly #holder: TreeFacts | null;

  /** `holder`: its place in the tree of its layer; null if it has none there. */
  constructor(world: World, id: number, tree: PropertyTree, holder: TreeFacts | null) {
    this.#world = world;
    this.#id = id;
    this.#tree = tree;
    this.#holder = holder;
  }

  get value(): unknown {
    return this.valueAtTime(this.#world.current.time);
  }

  get name(): string {
    return this.#world.facts(this.#id).name;
  }

  /** Bodymovin renames `name` in what it exports. */
  get _name(): string {
    return this.name;
  }

  get numKeys(): number {
    const keys = this.#track.keys.length;
    // Lottie lists a text as a key even where there is one only.
    return this.#world.facts(this.#id).kind === 'text' && keys === 1 ? 0 : keys;
  }

  get velocity(): unknown {
    return this.velocityAtTime(this.#world.current.time);
  }

  get speed(): number {
    return this.speedAtTime(this.#world.current.time);
  }

  /** Its number in its group. */
  get propertyIndex(): number {
    return this.#holder === null ? 1 : this.#tree.numberOf(this.#holder);
  }

  /** So many levels up; the layer at the top. */
  propertyGroup(levels: unknown = 1): unknown {
    return this.#tree.above(this.#holder, levels);
  }

  valueAtTime(time: unknown): unknown {
    return this.#world.given(this.#at(Number(time)));
  }

  velocityAtTime(time: unknown): unknown {
    const at = Number(time);
    return this.#world.given(rawSteps(this.#at(at - 0.0005), this.#at(at + 0.0005), 0.001));
  }

  speedAtTime(time: unknown): number {
    return rawDistance(this.#at(Number(time) - 0.0005), this.#at(Number(time) + 0.0005)) / 0.001;
  }

  key(index: unknown): Key {
    const { keys } = this.#track;
    const key = keys[Number(index) - 1];
    if (key === undefined) throw new Error(`the property has no key ${String(index).slice(0, 40)}`);
    const value = this.#world.given(this.#plain(key.t / this.#world.model.frameRate));
    return new Key(key.t / this.#world.model.frameRate, Number(index), value);
  }

  nearestKey(time: unknown): Key {
    const frame = Number(time) * this.#world.model.frameRate;
    const gaps = this.#track.keys.map((key) => Math.abs(key.t - frame));
    return this.key(gaps.indexOf(Math.min(...gaps)) + 1);
  }

  loopIn(type: unknown = 'cycle', keys: unknown = 0): unknown {
    const { first, last } = this.#span(0, Number(keys));
    return this.#looped(String(type), first, last, false);
  }

  loopOut(type: unknown = 'cycle', keys: unknown = 0): unknown {
    const { first, last } = this.#span(Number(keys), 0);
    return this.#looped(String(type), first, last, true);
  }

  loopInDuration(type: unknown = 'cycle', duration: unknown = 0): unknown {
    const { first, last } = this.#span(0, 0);
    return this.#looped(String(type), first, Number(duration) > 0 ? first + Number(duration) : last, false);
  }

  loopOutDuration(type: unknown = 'cycle', duration: unknown = 0): unknown {
    const { first, last } = this.#span(0, 0);
    return this.#looped(String(type), Number(duration) > 0 ? last - Number(duration) : first, last, true);
  }

  wiggle(frequency: unknown, amount: unknown, octaves: unknown = 1, fall: unknown = 0.5, time?: unknown): unknown {
    const { current } = this.#world;
    const at = time === undefined ? current.time : Number(time);
    const value = this.#at(at);
    if (!Array.isArray(value)) return this.#world.given(value);
    const { composition, layer, place } = this.#world.facts(this.#id);
    const moved = value.map((part, axis) => {
      const reach = Number(Array.isArray(amount) ? (amount[axis] ?? 0) : amount);
      const seed = seedOf(composition, layer, place, current.offset, axis);
      return part + reach * wiggled(seed, at * Number(frequency), Number(octaves), Number(fall));
    });
    return this.#world.given(moved);
  }

  /** The mean of the values around a time. */
  smooth(width: unknown = 0.2, samples: unknown = 5, time?: unknown): unknown {
    const at = time === undefined ? this.#world.current.time : Number(time);
    const count = Math.min(Math.max(Math.floor(Number(samples)), 1), 1_000);
    const step = count > 1 ? Number(width) / (count - 1) : 0;
    const values = Array.from({ length: count }, (_, index) => this.#at(at + (index - (count - 1) / 2) * step));
    const [first] = values;
    if (!Array.isArray(first)) return this.valueAtTime(at);
    const lists = values as number[][];
    return this.#world.given(first.map((_, axis) => lists.reduce((sum, list) => sum + (list[axis] ?? 0), 0) / count));
  }

  get #track() {
    const { parts } = this.#world.facts(this.#id);
    return this.#world.track(parts?.[0] ?? this.#id);
  }

  #at(time: number): RawValue {
    return this.#world.read(this.#id, time);
  }

  #plain(time: number): RawValue {
    return this.#world.plain(this.#id, time);
  }

  /** From key to key; a number of keys leaves out those before, or those after. */
  #span(fromEnd: number, fromStart: number): { first: number; last: number } {
    const times = this.#track.keys.map((key) => key.t / this.#world.model.frameRate);
    const end = times.length - 1;
    const first = fromEnd > 0 ? Math.max(0, end - fromEnd) : 0;
    const last = fromStart > 0 ? Math.min(end, fromStart) : end;
    return { first: times[first] ?? 0, last: times[last] ?? 0 };
  }

  #looped(type: string, first: number, last: number, out: boolean): unknown {
    const time = this.#world.current.time;
    return this.#world.given(looped((at) => this.#plain(at), { type, first, last, time, out }));
  }
}
