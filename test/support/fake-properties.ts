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
    if (this.numKeys > 0) throw new Error('it has keyframes');
    this.#set(value);
  }

  setValueAtKey(key: number, value: unknown): void {
    this.#requireKey(key);
    this.#set(value);
  }

  removeKey(key: number): void {
    this.#requireKey(key);
    this.numKeys -= 1;
  }

  /** Time remapping is off, and hidden, without a keyframe. */
  protected get isHidden(): boolean {
    return false;
  }

  #requireKey(key: number): void {
    if (key < 1 || key > this.numKeys) throw new Error(`no key ${key}`);
  }

  #set(value: unknown): void {
    requireUnlocked(this.layer);
    if (this.isHidden) throw new Error('the property or a parent property is hidden');
    requireForm(value, this.value);
    this.value = value;
  }

  valueAtTime(): unknown {
    return this.value;
  }
}

/** Off in a new layer: `timeRemapEnabled` shows it, with a keyframe at each end of the source. */
export class FakeTimeRemap extends FakeProperty {
  constructor() {
    super('ADBE Time Remapping', 0);
  }

  protected override get isHidden(): boolean {
    return this.numKeys === 0;
  }
}

/** A number for a number; for an array one of as many numbers, or without the third of a position. */
function requireForm(value: unknown, old: unknown): void {
  if (!Array.isArray(old)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('the value is not a number');
    return;
  }
  // One of the script's realm, whose arrays have the methods of ES3.
  const parts: unknown[] = Array.isArray(value) ? Array.from(value) : [];
  const isLong = parts.length === old.length || (old.length === 3 && parts.length === 2);
  if (!isLong || !parts.every((part) => typeof part === 'number' && Number.isFinite(part)))
    throw new Error(`the value is not an array of ${old.length} numbers`);
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
  applyStroke = false;
  #fillColor = [0, 0, 0];
  #strokeColor = [0, 0, 0];
  readonly box: number[] | null;

  constructor(text: string, box: number[] | null = null) {
    this.text = text;
    this.box = box;
  }

  get fillColor(): number[] {
    if (!this.applyFill) throw new Error('fillColor: the text has no fill');
    return this.#fillColor;
  }

  set fillColor(color: number[]) {
    this.#fillColor = color;
    this.applyFill = true;
  }

  get strokeColor(): number[] {
    if (!this.applyStroke) throw new Error('strokeColor: the text has no stroke');
    return this.#strokeColor;
  }

  set strokeColor(color: number[]) {
    this.#strokeColor = color;
    this.applyStroke = true;
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
    const copy = Object.assign(new FakeDocument(this.text, this.box), this);
    copy.#fillColor = this.#fillColor;
    copy.#strokeColor = this.#strokeColor;
    return copy;
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
