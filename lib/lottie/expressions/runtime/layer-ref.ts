import type { LayerFacts, Rectangle, TreeFacts } from '../model.ts';
import { callable } from './callable.ts';
import type { CompositionRef } from './composition-ref.ts';
import { LayerSpace } from './layer-space.ts';
import { Markers } from './markers.ts';
import { propertyOf } from './property-of.ts';
import type { PropertyRef } from './property-ref.ts';
import { ShapeBounds } from './shape-bounds.ts';
import { compactName, memberAt, PropertyTree, playersGroups } from './tree.ts';
import type { World } from './world.ts';

/** Source of the names: Adobe's expression reference, "Layer". Times are in seconds. */
export class LayerRef extends LayerSpace {
  readonly #world: World;
  readonly #facts: LayerFacts;
  readonly #composition: CompositionRef;
  readonly #tree: PropertyTree;
  readonly #self: object;

  constructor(world: World, composition: CompositionRef, facts: LayerFacts) {
    super(world, facts, () => (facts.parent === null ? null : composition.layerAt(facts.parent)));
    this.#world = world;
    this.#facts = facts;
    this.#composition = composition;
    this.#tree = new PropertyTree(
      world,
      facts.members,
      () => this.#self,
      (at) => composition.layerAt(at).self(),
    );
    const transform = facts.members.find(({ matchName }) => matchName === 'ADBE Transform Group');
    // `position` stands for `transform.position`.
    const shorthands = (transform?.members ?? []).map(
      (member) => [compactName(member.name), () => this.#tree.member(member)] as const,
    );
    this.#self = callable(this, (wanted) => this.property(wanted), shorthands);
  }

  /** The layer as expressions hold it. */
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

  get index(): number {
    return this.#facts.index;
  }

  get inPoint(): number {
    return this.#facts.inPoint / this.#world.model.frameRate;
  }

  get outPoint(): number {
    return this.#facts.outPoint / this.#world.model.frameRate;
  }

  get startTime(): number {
    return this.#facts.startTime / this.#world.model.frameRate;
  }

  get width(): number {
    return this.#facts.width;
  }

  get height(): number {
    return this.#facts.height;
  }

  get enabled(): boolean {
    return this.#facts.enabled;
  }

  get hasVideo(): boolean {
    return true;
  }

  get hasAudio(): boolean {
    return false;
  }

  get active(): boolean {
    const { time } = this.#world.current;
    return this.#facts.enabled && time >= this.inPoint && time < this.outPoint;
  }

  get hasParent(): boolean {
    return this.#facts.parent !== null;
  }

  get parent(): unknown {
    const { parent } = this.#facts;
    return parent === null ? null : this.#composition.layerAt(parent).self();
  }

  get source(): unknown {
    const { source } = this.#facts;
    return source === null ? null : this.#composition.compositions.at(source);
  }

  get marker(): Markers {
    return new Markers([], this.#world.model.frameRate);
  }

  get transform(): unknown {
    return this.property('ADBE Transform Group');
  }

  get text(): unknown {
    return this.property('ADBE Text Properties');
  }

  get timeRemap(): unknown {
    return this.property('ADBE Time Remapping');
  }

  effect(wanted: unknown): unknown {
    return this.#in('ADBE Effect Parade', wanted);
  }

  mask(wanted: unknown): unknown {
    return this.#in('ADBE Mask Parade', wanted);
  }

  content(wanted: unknown): unknown {
    return this.#in('ADBE Root Vectors Group', wanted);
  }

  property(wanted: unknown): unknown {
    return this.#tree.member(this.#group(wanted));
  }

  propertyGroup(): unknown {
    return this.#self;
  }

  /** The time inside of the layer's source. */
  sourceTime(time: unknown = this.#world.current.time): number {
    return (Number(time) - this.startTime) / (this.#facts.stretch || 1);
  }

  /** With `extents` that of shapes holds their strokes as well. */
  sourceRectAtTime(time: unknown = this.#world.current.time, extents: unknown = false): Rectangle {
    const { sized, width, height, rects, members } = this.#facts;
    if (sized) return { left: 0, top: 0, width, height };
    const shapes = members.find(({ matchName }) => matchName === 'ADBE Root Vectors Group');
    if (shapes !== undefined) return new ShapeBounds(this.#world, Number(time), Boolean(extents)).of(shapes);
    const text = propertyOf(this.#facts, 'ADBE Text Properties', 'ADBE Text Document');
    // Shapes without any.
    if (text === null) return { left: 0, top: 0, width: 0, height: 0 };
    if (rects === null) throw new Error('the size of this layer is known only when it is drawn');
    if (this.#world.read(text, Number(time)) !== this.#world.plain(text, Number(time)))
      throw new Error('the size of a text that an expression writes is known only when it is drawn');
    const frame = this.#world.frameOf(Number(time));
    const rect = rects.findLast((one) => one.frame <= frame)?.rect ?? rects[0]?.rect;
    return { left: 0, top: 0, width: 0, height: 0, ...rect };
  }

  /** A property of this layer by its number in the model. */
  own(id: number): PropertyRef {
    return this.#tree.ref(id);
  }

  #group(wanted: unknown): TreeFacts {
    const { members } = this.#facts;
    const found =
      memberAt(members, wanted) ??
      // By these numbers other players know the groups of every layer, whatever After Effects counts before them.
      members.find(({ matchName }) => matchName === playersGroups()[Number(wanted)]);
    if (found === undefined)
      throw new Error(`the layer “${this.name.slice(0, 60)}” has no “${String(wanted).slice(0, 60)}”`);
    return found;
  }

  #in(group: string, wanted: unknown): unknown {
    return this.#tree.groupOf(this.#group(group)).property(wanted);
  }
}
