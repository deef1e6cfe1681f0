/** A range of code points, both included. */
export type CodePointRange = readonly [first: number, last: number];

/** Largest code point of Unicode. */
const LAST_CODE_POINT = 0x10ffff;

/**
 * The characters of a font. As text it is short enough to keep for every font of a machine: gap and length of each range,
 * in base 36, so that a font of 30,000 Chinese characters takes about ten kilobytes.
 */
export class CharacterSet {
  readonly #firsts: number[] = [];
  readonly #lasts: number[] = [];

  /** The ranges may overlap, and come in any order. */
  constructor(ranges: Iterable<CodePointRange>) {
    const sorted = [...ranges].sort(([a], [b]) => a - b);
    for (const [first, last] of sorted) this.#add(first, Math.min(last, LAST_CODE_POINT));
  }

  /** Adds a range that begins where the one before begins, or later. */
  #add(first: number, last: number): void {
    if (last < first) return;
    const previous = this.#lasts.at(-1) ?? -2;
    if (first > previous + 1) {
      this.#firsts.push(first);
      this.#lasts.push(last);
    } else if (last > previous) this.#lasts[this.#lasts.length - 1] = last;
  }

  has(codePoint: number): boolean {
    let low = 0;
    let high = this.#firsts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (codePoint < (this.#firsts[middle] ?? 0)) high = middle - 1;
      else if (codePoint > (this.#lasts[middle] ?? 0)) low = middle + 1;
      else return true;
    }
    return false;
  }

  get size(): number {
    return this.#firsts.reduce((size, first, index) => size + (this.#lasts[index] ?? 0) - first + 1, 0);
  }

  toString(): string {
    let at = 0;
    return this.#firsts
      .map((first, index) => {
        const last = this.#lasts[index] ?? first;
        const part =
          first === last ? (first - at).toString(36) : `${(first - at).toString(36)}-${(last - first).toString(36)}`;
        at = last;
        return part;
      })
      .join(',');
  }

  /** Reads what `toString` wrote; a part that it cannot have written ends the set. */
  static parse(text: string): CharacterSet {
    const set = new CharacterSet([]);
    let at = 0;
    for (const part of text === '' ? [] : text.split(',')) {
      const dash = part.indexOf('-');
      const gap = Number.parseInt(dash === -1 ? part : part.slice(0, dash), 36);
      const length = dash === -1 ? 0 : Number.parseInt(part.slice(dash + 1), 36);
      if (Number.isNaN(gap + length)) break;
      set.#add(at + gap, Math.min(at + gap + length, LAST_CODE_POINT));
      at += gap + length;
    }
    return set;
  }
}
