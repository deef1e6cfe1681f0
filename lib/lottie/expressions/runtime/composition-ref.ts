import type { CompositionFacts } from '../model.ts';
import { callable, memberOf } from './callable.ts';
import { LayerRef } from './layer-ref.ts';
import { Markers } from './markers.ts';
import type { World } from './world.ts';

/** Source of the names: Adobe's expression reference, "Comp". */
export class CompositionRef {
  readonly compositions: Compositions;
  readonly #world: World;
  readonly #facts: CompositionFacts;
  readonly #layers = new Map<number, LayerRef>();
  readonly #self: object;

  constructor(world: World, compositions: Compositions, facts: CompositionFacts) {
    this.#world = world;
    this.compositions = compositions;
    this.#facts = facts;
    this.#self = callable(this, (wanted) => this.layer(wanted));
  }

  self(): object {
    return this.#self;
  }

  get name(): string {
    return this.#facts.name;
  }

  /** Bodymovin renames `name` in what it exports. */
  get _name(): string {
    return this.name;
  }

  get width(): number {
    return this.#facts.width;
  }

  get height(): number {
    return this.#facts.height;
  }

  get duration(): number {
    return this.#facts.end / this.#world.model.frameRate;
  }

  get frameDuration(): number {
    return 1 / this.#world.model.frameRate;
  }

  get numLayers(): number {
    return this.#facts.layers.length;
  }

  get displayStartTime(): number {
    return 0;
  }

  get pixelAspect(): number {
    return 1;
  }

  get marker(): Markers {
    return new Markers(this.#facts.markers, this.#world.model.frameRate);
  }

  /** By number, by name, or so many after another layer. */
  layer(wanted: unknown, relative?: unknown): unknown {
    if (typeof wanted === 'function') return this.layer(Number(memberOf(wanted, 'index')) + Number(relative));
    const { layers } = this.#facts;
    const number = typeof wanted === 'number' || wanted instanceof Number ? Math.round(Number(wanted)) : null;
    const at = layers.findIndex(({ name, index }) => (number === null ? name === String(wanted) : index === number));
    if (layers[at] === undefined)
      throw new Error(`the composition “${this.name.slice(0, 60)}” has no layer ${String(wanted).slice(0, 60)}`);
    return this.layerAt(at).self();
  }

  layerAt(position: number): LayerRef {
    const known = this.#layers.get(position);
    const facts = this.#facts.layers[position];
    if (known !== undefined) return known;
    if (facts === undefined) throw new Error('there is no such layer');
    const layer = new LayerRef(this.#world, this, facts);
    this.#layers.set(position, layer);
    return layer;
  }
}

/** Those of the document. */
export class Compositions {
  readonly #world: World;
  readonly #made = new Map<number, CompositionRef>();

  constructor(world: World) {
    this.#world = world;
  }

  ref(position: number): CompositionRef {
    const known = this.#made.get(position);
    const facts = this.#world.model.compositions[position];
    if (known !== undefined) return known;
    if (facts === undefined) throw new Error('there is no such composition');
    const made = new CompositionRef(this.#world, this, facts);
    this.#made.set(position, made);
    return made;
  }

  at(position: number): object {
    return this.ref(position).self();
  }

  named(name: unknown): object {
    const { compositions } = this.#world.model;
    const found = compositions.findIndex((facts) => facts.name === String(name));
    // Old exports keep no names: where one composition only has none, it is meant.
    const unnamed = compositions.filter(({ isNamed }) => !isNamed);
    const only = unnamed.length === 1 && unnamed[0] !== undefined ? compositions.indexOf(unnamed[0]) : -1;
    const at = found === -1 ? only : found;
    if (at === -1) throw new Error(`there is no composition “${String(name).slice(0, 60)}”`);
    return this.at(at);
  }
}
