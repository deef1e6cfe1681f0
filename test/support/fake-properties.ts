/** Properties, groups and texts of the model of After Effects in fake-after-effects.ts. */

export const PropertyType = { PROPERTY: 6212, NAMED_GROUP: 6213, INDEXED_GROUP: 6214 };
export const PropertyValueType = { TEXT_DOCUMENT: 6423, COLOR: 6418, OneD: 6417 };

export function requireUnlocked(layer: { locked: boolean } | null): void {
  if (layer?.locked === true) throw new Error('the layer is locked');
}

export class FakeProperty {
  readonly propertyType = PropertyType.PROPERTY;
  readonly name: string;
  readonly matchName: string;
  readonly propertyValueType: number;
  numKeys = 0;
  expressionEnabled = false;
  value: unknown;
  /** The layer that it belongs to. */
  layer: { locked: boolean } | null = null;

  constructor(matchName: string, value: unknown, propertyValueType = PropertyValueType.OneD) {
    this.name = matchName;
    this.matchName = matchName;
    this.value = value;
    this.propertyValueType = propertyValueType;
  }

  setValue(value: unknown): void {
    requireUnlocked(this.layer);
    if (this.numKeys > 0) throw new Error('it has keyframes');
    this.value = value;
  }

  removeKey(key: number): void {
    if (key < 1 || key > this.numKeys) throw new Error(`no key ${key}`);
    this.numKeys -= 1;
  }

  valueAtTime(): unknown {
    return this.value;
  }
}

export class FakeGroup {
  readonly propertyType: number = PropertyType.NAMED_GROUP;
  name: string;
  readonly matchName: string;
  readonly members: (FakeProperty | FakeText | FakeGroup)[];

  constructor(matchName: string, ...members: (FakeProperty | FakeText | FakeGroup)[]) {
    this.name = matchName;
    this.matchName = matchName;
    this.members = members;
  }

  get numProperties(): number {
    return this.members.length;
  }

  /** Tells all that is inside which layer it belongs to. */
  set layer(layer: { locked: boolean }) {
    for (const member of this.members) member.layer = layer;
  }

  property(wanted: number | string): FakeProperty | FakeText | FakeGroup | null {
    if (typeof wanted === 'number') {
      if (wanted < 1 || wanted > this.members.length) throw new Error(`index ${wanted} is out of range`);
      return this.members[wanted - 1] ?? null;
    }
    return this.members.find(({ matchName }) => matchName === wanted) ?? null;
  }
}

/** A letter is as wide as the size, and a line as high. */
export class FakeDocument {
  text: string;
  fontSize = 40;
  font = 'Old';
  leading = 0;
  autoLeading = true;
  applyFill = false;
  fillColor = [0, 0, 0];
  readonly box: number[] | null;

  constructor(text: string, box: number[] | null = null) {
    this.text = text;
    this.box = box;
  }

  get boxText(): boolean {
    return this.box !== null;
  }

  get boxOverflow(): boolean {
    const [width = 1, height = 1] = this.box ?? [];
    const lines = Math.ceil((this.text.length * this.fontSize) / width);
    return lines * (this.autoLeading ? this.fontSize : this.leading) > height;
  }

  copy(): FakeDocument {
    return Object.assign(new FakeDocument(this.text, this.box), this);
  }
}

/** The Source Text; with several documents they are those of its keyframes, at 0, 1, 2 … seconds. */
export class FakeText {
  readonly propertyType = PropertyType.PROPERTY;
  readonly propertyValueType = PropertyValueType.TEXT_DOCUMENT;
  readonly name = 'Source Text';
  readonly matchName = 'ADBE Text Document';
  expressionEnabled = false;
  documents: FakeDocument[];
  layer: { locked: boolean } | null = null;

  constructor(...documents: FakeDocument[]) {
    this.documents = documents;
  }

  get numKeys(): number {
    return this.documents.length > 1 ? this.documents.length : 0;
  }

  get value(): FakeDocument {
    return this.keyValue(1);
  }

  keyValue(key: number): FakeDocument {
    const document = this.documents[key - 1];
    if (document === undefined) throw new Error(`no key ${key}`);
    return document.copy();
  }

  keyTime(key: number): number {
    return key - 1;
  }

  setValue(document: FakeDocument): void {
    requireUnlocked(this.layer);
    if (this.numKeys > 0) throw new Error('it has keyframes');
    this.documents = [document.copy()];
  }

  setValueAtKey(key: number, document: FakeDocument): void {
    requireUnlocked(this.layer);
    this.documents[key - 1] = document.copy();
  }
}
