import { brokenLines, type Stretch } from './line-breaks.ts';
import type { GlyphCluster } from './shaping-font.ts';
import { type LaidCluster, layoutLine, levelsOf, type TextFace } from './text-layout.ts';
import type { StyledPart } from './text-runs.ts';

/** What stands between two line ends of a text, in parts of one style each. */
export class Paragraph<Face extends TextFace> {
  readonly text: string;
  readonly #parts: readonly StyledPart[];
  /** Where each part begins. */
  readonly #starts: readonly number[];
  readonly #begins: ReadonlySet<number>;
  readonly #levels: Uint8Array;
  readonly #faceFor: (character: string, part: StyledPart) => Face;

  constructor(parts: readonly StyledPart[], faceFor: (character: string, part: StyledPart) => Face) {
    this.text = parts.map(({ text }) => text).join('');
    this.#parts = parts;
    let start = 0;
    this.#starts = parts.map(({ text }) => {
      start += text.length;
      return start - text.length;
    });
    this.#begins = new Set(this.#starts);
    this.#levels = levelsOf(this.text);
    this.#faceFor = faceFor;
  }

  /** The part of a character. */
  partAt(index: number): StyledPart {
    const part = this.#parts[this.#starts.findLastIndex((start) => start <= index)];
    if (part === undefined) throw new Error('a paragraph has at least one part');
    return part;
  }

  /** The parts of a line, those without a character of it only where it has none itself. */
  partsOf({ start, end }: Stretch): StyledPart[] {
    if (start === end) return [this.partAt(start)];
    return this.#parts.filter(({ text }, at) => {
      const begin = this.#starts[at] ?? 0;
      return begin < end && begin + text.length > start;
    });
  }

  /**
   * Its lines where it is as wide as `room`. `widthOf` says how wide a cluster is with its style, and without the tracking
   * behind it where it is the last of a line.
   */
  lines(room: number, widthOf: (cluster: GlyphCluster, part: StyledPart, isLast: boolean) => number): Stretch[] {
    return brokenLines(this.text, room, (stretch, isAtEnd) =>
      this.layout(stretch).reduce(
        (sum, { cluster }, at, { length }) =>
          sum + widthOf(cluster, this.partAt(cluster.start), isAtEnd && at === length - 1),
        0,
      ),
    );
  }

  layout({ start, end }: Stretch): LaidCluster<Face>[] {
    return layoutLine(this.text, (character, index) => this.#faceFor(character, this.partAt(index)), {
      ...{ start, end, levels: this.#levels },
      beginsAt: (index) => this.#begins.has(index),
    });
  }
}
