import { randomRow, seedOf } from './random.ts';

/** One expression at one time. What is random in it follows from its place and its frame: each render gives the same. */
export class Evaluation {
  readonly id: number;
  time: number;
  /** What `seedRandom` was given. */
  offset = 0;
  next: () => number;
  readonly #place: string;
  readonly #frame: number;

  constructor(id: number, time: number, place: string, frame: number) {
    this.id = id;
    this.time = time;
    this.#place = place;
    this.#frame = frame;
    this.next = () => this.#start(false);
  }

  /** `timeless` holds the numbers over all frames. */
  seed(offset: unknown, timeless: unknown): void {
    this.offset = Number(offset);
    const always = Boolean(timeless);
    this.next = () => this.#start(always);
  }

  /** The expression goes on as if it was a frame of a film with fewer frames. */
  posterize(perSecond: unknown): void {
    const rate = Number(perSecond);
    if (rate > 0) this.time = Math.floor(this.time * rate + 1e-6) / rate;
  }

  #start(timeless: boolean): number {
    this.next = randomRow(seedOf(this.#place, this.offset, timeless ? 'always' : this.#frame));
    return this.next();
  }
}
