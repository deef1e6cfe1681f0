import type { ExpressionModel, Sample } from '../model.ts';
import { Compositions } from './composition-ref.ts';
import { defineGlobals } from './globals.ts';
import { harden } from './hardening.ts';
import { MarkerKey, Markers } from './markers.ts';
import { installMembers, NumberProperty, PathProperty, TextProperty, VectorProperty } from './property-values.ts';
import { type Program, World } from './world.ts';

/** What the process of the expressions calls. Only plain values come out: numbers and JSON. */
export class Engine {
  readonly #world: World;
  readonly #compositions: Compositions;

  constructor(model: string, target: Record<string, unknown>) {
    const world = new World(JSON.parse(model) as ExpressionModel);
    this.#world = world;
    this.#compositions = new Compositions(world);
    installMembers();
    defineGlobals(target, world);
    Math.random = () => world.current.next();
    const classes = [Engine, NumberProperty, VectorProperty, TextProperty, PathProperty, MarkerKey, Markers];
    harden(target, classes, world.model.usesEval);
    Object.freeze(this);
  }

  /** The older engine has the layer of an expression as `this`. */
  define(id: number, program: Program): void {
    const { composition, layer } = this.#world.facts(id);
    const self = () => this.#compositions.ref(composition).layerAt(layer).self();
    this.#world.define(id, () => Reflect.apply(program, self(), []));
  }

  /** The values of these frames as JSON, a run of equal ones as one sample; null when the expression fails. */
  bake(id: number, first: number, last: number): string | null {
    this.#world.stack.length = 0;
    const samples: Sample[] = [];
    let before = '';
    for (let frame = first; frame <= last; frame += 1) {
      const value = this.#world.read(id, frame / this.#world.model.frameRate);
      if (this.#world.failures.has(id)) return null;
      const text = JSON.stringify(value);
      if (text !== before) samples.push([frame, value]);
      before = text;
    }
    return JSON.stringify(samples);
  }

  fail(id: number, reason: string): void {
    this.#world.fail(id, reason);
  }

  /** The expression that was being evaluated when the time was over; -1 where there was none. */
  innermost(): number {
    return this.#world.stack[this.#world.stack.length - 1]?.id ?? -1;
  }

  failures(): string {
    return JSON.stringify([...this.#world.failures]);
  }

  /** What was evaluated with an expression that has failed since counts no more. */
  forget(): void {
    this.#world.forget();
  }
}
