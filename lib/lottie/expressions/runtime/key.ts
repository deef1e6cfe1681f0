/** A keyframe or a marker. It may be asked for the dimensions of its value; a number has one. */
export class Key {
  readonly time: number;
  readonly index: number;
  readonly value: unknown;

  constructor(time: number, index: number, value: unknown) {
    this.time = time;
    this.index = index;
    this.value = value;
    if (Array.isArray(value)) Object.assign(this, value);
    else if (typeof value === 'number') Object.assign(this, [value]);
  }

  valueOf(): unknown {
    return this.value;
  }
}
