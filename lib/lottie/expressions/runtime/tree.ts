import type { TreeFacts } from '../model.ts';
import { callable, memberOf } from './callable.ts';
import { PropertyRef } from './property-ref.ts';
import { propertyValue } from './property-values.ts';
import { plainOf } from './vectors.ts';
import type { World } from './world.ts';

/** `Stroke Width` → `strokeWidth`, as expressions write a property's name. */
export function compactName(name: string): string {
  const [first = '', ...rest] = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const words = rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return first.charAt(0).toLowerCase() + first.slice(1) + words.join('');
}

/** A group of properties. Source of the names: Adobe's expression reference, "PropertyGroup", "Effect", "Mask". */
export class GroupRef {
  readonly #tree: PropertyTree;
  readonly #facts: TreeFacts;
  readonly #parent: () => unknown;

  constructor(tree: PropertyTree, facts: TreeFacts, parent: () => unknown) {
    this.#tree = tree;
    this.#facts = facts;
    this.#parent = parent;
  }

  get name(): string {
    return this.#facts.name;
  }

  get matchName(): string {
    return this.#facts.matchName;
  }

  get active(): boolean {
    return true;
  }

  get numProperties(): number {
    return this.#facts.members?.length ?? 0;
  }

  /** By number from 1, by display name or match name. */
  property(wanted: unknown): unknown {
    const members = this.#facts.members ?? [];
    const key = plainOf(wanted);
    const found =
      typeof key === 'number'
        ? members[key - 1]
        : (members.find(({ name, matchName }) => name === key || matchName === key) ??
          members.find(({ name }) => compactName(name) === key));
    if (found === undefined)
      throw new Error(`there is no “${String(wanted).slice(0, 60)}” in “${this.#facts.name.slice(0, 60)}”`);
    return this.#tree.member(found, this.#facts);
  }

  param(wanted: unknown): unknown {
    return this.property(wanted);
  }

  mask(wanted: unknown): unknown {
    return this.property(wanted);
  }

  /** A group of shapes keeps its members apart from its transform. */
  content(wanted: unknown): unknown {
    const contents = this.#facts.members?.find(({ matchName }) => matchName === 'ADBE Vectors Group');
    if (contents === undefined) return this.property(wanted);
    return this.#tree.groupOf(contents, this.#facts).property(wanted);
  }

  propertyGroup(levels = 1): unknown {
    if (levels > 1)
      return Reflect.apply(memberOf(this.#parent() as object, 'propertyGroup') as () => unknown, null, [levels - 1]);
    return this.#parent();
  }
}

/** The groups and properties of a layer, made once each. */
export class PropertyTree {
  readonly #world: World;
  readonly #layer: () => unknown;
  readonly #layerAt: (position: number) => unknown;
  readonly #groups = new Map<TreeFacts, { ref: GroupRef; made: object }>();
  readonly #properties = new Map<number, PropertyRef>();

  /** The layer that the tree is of, and the others of its composition. */
  constructor(world: World, layer: () => unknown, layerAt: (position: number) => unknown) {
    this.#world = world;
    this.#layer = layer;
    this.#layerAt = layerAt;
  }

  member(facts: TreeFacts, parent: TreeFacts | null): unknown {
    if (facts.layer !== undefined) return this.#layerAt(facts.layer);
    if (facts.property === undefined) return this.group(facts, parent);
    return this.property(facts.property, parent);
  }

  group(facts: TreeFacts, parent: TreeFacts | null): object {
    return this.#made(facts, parent).made;
  }

  groupOf(facts: TreeFacts, parent: TreeFacts | null): GroupRef {
    return this.#made(facts, parent).ref;
  }

  property(id: number, parent: TreeFacts | null): unknown {
    return propertyValue(this.ref(id, parent), this.#world.read(id, this.#world.current.time));
  }

  ref(id: number, parent: TreeFacts | null): PropertyRef {
    const known = this.#properties.get(id);
    if (known !== undefined) return known;
    const ref = new PropertyRef(this.#world, id, () => (parent === null ? this.#layer() : this.group(parent, null)));
    this.#properties.set(id, ref);
    return ref;
  }

  #made(facts: TreeFacts, parent: TreeFacts | null): { ref: GroupRef; made: object } {
    const known = this.#groups.get(facts);
    if (known !== undefined) return known;
    const ref = new GroupRef(this, facts, () => (parent === null ? this.#layer() : this.group(parent, null)));
    const members = (facts.members ?? []).map(
      (member) => [compactName(member.name), () => this.member(member, facts)] as const,
    );
    const made = callable(ref, (wanted) => ref.property(wanted), members);
    const entry = { ref, made };
    this.#groups.set(facts, entry);
    return entry;
  }
}
