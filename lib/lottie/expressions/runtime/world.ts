import type { ExpressionModel, PropertyFacts } from '../model.ts';
import { accepted } from './accepted.ts';
import { Evaluation } from './evaluation.ts';
import { PathValue } from './path-value.ts';
import { type RawValue, Track } from './track.ts';

export type Program = () => unknown;

/**
 * Evaluates expressions when they are asked for, and remembers their values by time. A failed one counts as if it was
 * not there.
 */
export class World {
  readonly model: ExpressionModel;
  /** The expressions that are being evaluated, each one read by that before it. */
  readonly stack: Evaluation[] = [];
  readonly failures = new Map<number, string>();
  readonly #programs = new Map<number, Program>();
  readonly #tracks = new Map<number, Track>();
  readonly #known = new Map<number, Map<number, RawValue>>();
  /** Forgets each value that counts only within the present ring. */
  readonly #partial: (() => void)[] = [];
  /** How many expressions stood on the stack where the outermost ring of those that read each other begins; 0 of none. */
  #ring = 0;

  constructor(model: ExpressionModel) {
    this.model = model;
  }

  define(id: number, program: Program): void {
    this.#programs.set(id, program);
  }

  facts(id: number): PropertyFacts {
    const facts = this.model.properties[id];
    if (facts === undefined) throw new Error(`there is no property ${id}`);
    return facts;
  }

  get current(): Evaluation {
    const current = this.stack[this.stack.length - 1];
    if (current === undefined) throw new Error('no expression is being evaluated');
    return current;
  }

  frameOf(time: number): number {
    // Frames that are whole stay whole: what a key says of its own frame counts at that frame.
    return Math.round(time * this.model.frameRate * 1e6) / 1e6;
  }

  track(id: number): Track {
    const known = this.#tracks.get(id);
    if (known !== undefined) return known;
    const track = new Track(this.facts(id).kind, this.facts(id).value);
    this.#tracks.set(id, track);
    return track;
  }

  /** Without its expression. */
  plain(id: number, time: number): RawValue {
    const { parts, size } = this.facts(id);
    if (parts !== undefined) return parts.flatMap((part) => this.plain(part, time) as number[]);
    const value = this.track(id).at(this.frameOf(time));
    return Array.isArray(value) ? value.slice(0, size) : value;
  }

  /**
   * With its expression. A property that is being evaluated is read without it: by its own expression, and by those that it
   * reads. Tools that rig limbs count on it, RubberHose for one. Source: lottie-web, "ExpressionPropertyDecorator".
   */
  read(id: number, time: number): RawValue {
    const { parts } = this.facts(id);
    if (parts !== undefined) return parts.flatMap((part) => this.read(part, time) as number[]);
    const program = this.#programs.get(id);
    if (program === undefined || this.failures.has(id) || this.#isInRing(id)) return this.plain(id, time);
    if (this.stack.length > 400) throw new Error('more than 400 expressions read each other');
    const known = this.#known.get(id) ?? new Map<number, RawValue>();
    this.#known.set(id, known);
    const moment = this.frameOf(time);
    const remembered = known.get(moment);
    if (remembered !== undefined) return remembered;
    const value = this.#evaluate(id, time, program);
    // Expressions that look at many moments of others would fill the memory.
    if (known.size > 20_000) known.clear();
    known.set(moment, value);
    this.#keepWithinRing(() => known.delete(moment));
    return value;
  }

  fail(id: number, reason: string): void {
    if (!this.failures.has(id)) this.failures.set(id, reason.slice(0, 300));
    this.#known.delete(id);
  }

  forget(): void {
    this.stack.length = 0;
    this.#ring = 0;
    this.#known.clear();
  }

  /** The form in which an expression gets a value: a number, a vector, a text or a path. */
  given(value: RawValue): unknown {
    if (!Array.isArray(value)) return typeof value === 'string' ? value : new PathValue(value);
    return value.length === 1 ? value[0] : [...value];
  }

  #evaluate(id: number, time: number, program: Program): RawValue {
    const depth = this.stack.length;
    const { composition, layer, place } = this.facts(id);
    this.stack.push(new Evaluation(id, time, `${composition}/${layer}/${place}`, this.frameOf(time)));
    try {
      const value = accepted(program(), this.facts(id));
      if (!this.failures.has(id)) return value;
    } catch (thrown) {
      this.fail(id, `${this.#messageOf(thrown)}, at frame ${Math.floor(this.frameOf(time))}`);
    } finally {
      this.stack.length = depth;
    }
    return this.plain(id, time);
  }

  /** Remembers where the ring begins: nothing within it is whole. */
  #isInRing(id: number): boolean {
    const from = this.stack.findIndex((evaluation) => evaluation.id === id);
    if (from === -1) return false;
    this.#ring = this.#ring === 0 ? from + 1 : Math.min(this.#ring, from + 1);
    return true;
  }

  #keepWithinRing(forget: () => void): void {
    if (this.#ring === 0) return;
    if (this.stack.length >= this.#ring) {
      this.#partial.push(forget);
      return;
    }
    for (const forgetPartial of this.#partial.splice(0)) forgetPartial();
    this.#ring = 0;
  }

  /** What is thrown may be anything, and its message may be code. */
  #messageOf(thrown: unknown): string {
    if (typeof thrown !== 'object' || thrown === null) return String(thrown);
    const message: unknown = Reflect.get(thrown, 'message');
    return typeof message === 'string' ? message : 'it threw something that is no error';
  }
}
