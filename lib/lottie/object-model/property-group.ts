import { PropertyBase, PropertyType } from './property-base.ts';

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

  /** By number from 1, or by display name or match name; null where there is none. */
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
