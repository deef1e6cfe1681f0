import type { MarkerFacts } from '../model.ts';
import { Key } from './key.ts';

/** Source of the names: Adobe's expression reference, "MarkerKey". */
export class MarkerKey extends Key {
  readonly comment: string;
  readonly duration: number;

  constructor({ time, duration, comment }: MarkerFacts, index: number, frameRate: number) {
    super(time / frameRate, index, comment);
    this.comment = comment;
    this.duration = duration / frameRate;
  }
}

/** The markers of a composition, or of a layer, of which Lottie keeps none. */
export class Markers {
  readonly #keys: readonly MarkerKey[];

  constructor(markers: readonly MarkerFacts[], frameRate: number) {
    this.#keys = markers.map((facts, at) => new MarkerKey(facts, at + 1, frameRate));
  }

  get numKeys(): number {
    return this.#keys.length;
  }

  key(wanted: unknown): MarkerKey {
    const found =
      typeof wanted === 'number'
        ? this.#keys[wanted - 1]
        : this.#keys.find(({ comment }) => comment === String(wanted));
    if (found === undefined) throw new Error(`there is no marker ${String(wanted).slice(0, 60)}`);
    return found;
  }

  nearestKey(time: unknown): MarkerKey {
    const gaps = this.#keys.map((key) => Math.abs(key.time - Number(time)));
    return this.key(gaps.indexOf(Math.min(...gaps)) + 1);
  }
}
