import type { TreeFacts } from '../model.ts';
import { callable } from './callable.ts';
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

/** What is at a number, a display name or a match name of a group; a name counts as expressions write it, too. */
export function memberAt(members: readonly TreeFacts[], wanted: unknown): TreeFacts | undefined {
  const key = plainOf(wanted);
  if (typeof key === 'number')
    return members.find(({ number }) => number === key) ?? unnumbered(members)[key - 1] ?? undefined;
  return (
    members.find(({ name, matchName }) => name === key || matchName === key) ??
    members.find(({ name }) => compactName(name) === key) ??
    members.find(({ number }) => number !== undefined && number === numberInName(String(key)))
  );
}

/** Where the document says no numbers, the order is that of After Effects. */
export function unnumbered(members: readonly TreeFacts[]): readonly TreeFacts[] {
  return members.some(({ number }) => number !== undefined) ? [] : members;
}

/** `ADBE Slider Control-0001` is the first parameter of its effect; older exports write no match names. */
export function numberInName(matchName: string): number | null {
  const digits = /^ADBE .*-(\d{4})$/.exec(matchName)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Source: what lottie-web's expressions answer to these numbers. */
export function playersGroups(): Readonly<Record<number, string>> {
  return {
    1: 'ADBE Transform Group',
    2: 'ADBE Root Vectors Group',
    4: 'ADBE Effect Parade',
    6: 'ADBE Transform Group',
  };
}

/** A group of properties. Source of the names: Adobe's expression reference, "PropertyGroup", "Effect", "Mask". */
export class GroupRef {
  readonly #tree: PropertyTree;
  readonly #facts: TreeFacts;

  constructor(tree: PropertyTree, facts: TreeFacts) {
    this.#tree = tree;
    this.#facts = facts;
  }

  get name(): string {
    return this.#facts.name;
  }

  /** Bodymovin renames `name` in what it exports. */
  get _name(): string {
    return this.name;
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

  /** Its number in the group above. */
  get propertyIndex(): number {
    return this.#tree.numberOf(this.#facts);
  }

  /** By number from 1, by display name or match name. */
  property(wanted: unknown): unknown {
    const found = memberAt(this.#facts.members ?? [], wanted);
    if (found === undefined)
      throw new Error(`there is no “${String(wanted).slice(0, 60)}” in “${this.#facts.name.slice(0, 60)}”`);
    return this.#tree.member(found);
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
    return this.#tree.groupOf(contents).property(wanted);
  }

  /** So many levels up; the layer where there is no group above. */
  propertyGroup(levels = 1): unknown {
    return this.#tree.above(this.#facts, levels);
  }
}

/** The groups and properties of a layer, made once each. */
export class PropertyTree {
  readonly #world: World;
  readonly #members: readonly TreeFacts[];
  readonly #layer: () => unknown;
  readonly #layerAt: (position: number) => unknown;
  readonly #above = new Map<TreeFacts, TreeFacts | null>();
  readonly #holders = new Map<number, TreeFacts>();
  readonly #groups = new Map<TreeFacts, { ref: GroupRef; made: object }>();
  readonly #properties = new Map<number, PropertyRef>();

  /** The layer that the tree is of, and the others of its composition. */
  constructor(
    world: World,
    members: readonly TreeFacts[],
    layer: () => unknown,
    layerAt: (position: number) => unknown,
  ) {
    this.#world = world;
    this.#members = members;
    this.#layer = layer;
    this.#layerAt = layerAt;
    this.#note(members, null);
  }

  member(facts: TreeFacts): unknown {
    if (facts.layer !== undefined) return this.#layerAt(facts.layer);
    return facts.property === undefined ? this.#made(facts).made : this.property(facts.property);
  }

  groupOf(facts: TreeFacts): GroupRef {
    return this.#made(facts).ref;
  }

  property(id: number): unknown {
    return propertyValue(this.ref(id), this.#world.read(id, this.#world.current.time));
  }

  /** A property by its number in the model. */
  ref(id: number): PropertyRef {
    const known = this.#properties.get(id);
    if (known !== undefined) return known;
    const ref = new PropertyRef(this.#world, id, this, this.#holders.get(id) ?? null);
    this.#properties.set(id, ref);
    return ref;
  }

  /** What is so many levels above a group or a property; the layer at the top and beyond. */
  above(facts: TreeFacts | null, levels: unknown): unknown {
    let at = facts;
    for (let level = Number(levels); level > 0 && at !== null; level -= 1) at = this.#above.get(at) ?? null;
    return at === null ? this.#layer() : this.#made(at).made;
  }

  numberOf(facts: TreeFacts): number {
    const siblings = this.#above.get(facts)?.members ?? this.#members;
    return facts.number ?? siblings.indexOf(facts) + 1;
  }

  #note(members: readonly TreeFacts[], above: TreeFacts | null): void {
    for (const member of members) {
      this.#above.set(member, above);
      if (member.property !== undefined) this.#holders.set(member.property, member);
      this.#note(member.members ?? [], member);
    }
  }

  #made(facts: TreeFacts): { ref: GroupRef; made: object } {
    const known = this.#groups.get(facts);
    if (known !== undefined) return known;
    const ref = new GroupRef(this, facts);
    const members = (facts.members ?? []).map(
      (member) => [compactName(member.name), () => this.member(member)] as const,
    );
    const made = callable(ref, (wanted) => ref.property(wanted), members);
    const entry = { ref, made };
    this.#groups.set(facts, entry);
    return entry;
  }
}
