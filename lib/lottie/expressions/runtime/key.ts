/** A keyframe or a marker. That of a vector may be asked for its dimensions. */
export class Key {
  readonly time: number;
  readonly index: number;
  readonly value: unknown;

  constructor(time: number, index: number, value: unknown) {
    this.time = time;
    this.index = index;
    this.value = value;
    if (Array.isArray(value)) Object.assign(this, value);
  }

  valueOf(): unknown {
    return this.value;
  }
}
