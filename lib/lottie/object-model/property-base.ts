import type { ValueKind } from '../document/index.ts';

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
