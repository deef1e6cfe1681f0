import type { Animated, Keyframe } from '../document/index.ts';
import { type Clock, Property } from './property.ts';
import { type LottieText, TextDocument } from './text-document.ts';

/** A layer's Source Text. Lottie lists its documents as keyframes, a single one at time 0 as well. */
export class TextProperty extends Property {
  constructor(animated: Animated, clock: Clock) {
    super('Source Text', 'ADBE Text Document', 'TEXT_DOCUMENT', animated, clock);
  }

  override get numKeys(): number {
    return this.keys.length > 1 ? this.keys.length : 0;
  }

  override valueAtTime(time: number): TextDocument {
    const frame = this.clock.first + time * this.clock.frameRate;
    return new TextDocument(documentOf(this.keys.findLast((key) => key.t <= frame) ?? this.keys[0]));
  }

  override keyValue(index: number): TextDocument {
    return new TextDocument(documentOf(this.keys[index - 1]));
  }

  override setValue(value: unknown): void {
    if (this.numKeys > 0) throw new Error('Source Text has keyframes: use setValueAtKey or setValueAtTime.');
    this.animated.k = [{ t: this.keys[0]?.t ?? 0, s: this.stored(value) }];
    delete this.animated.sid;
  }

  override setValueAtKey(index: number, value: unknown): void {
    const key = this.keys[index - 1];
    if (key === undefined) throw new Error(`Source Text has no key ${index}.`);
    key.s = this.stored(value);
  }

  override setValueAtTime(time: number, value: unknown): void {
    const t = this.clock.first + time * this.clock.frameRate;
    const others = this.keys.filter((key) => Math.abs(key.t - t) >= 1e-6);
    this.animated.k = [...others, { t, s: this.stored(value) }].sort((a, b) => a.t - b.t);
  }

  override removeKey(index: number): void {
    const left = this.keys.filter((_, position) => position !== index - 1);
    if (left.length > 0) this.animated.k = left;
  }

  protected override stored(value: unknown): LottieText {
    if (value instanceof TextDocument) return value.toLottie();
    if (typeof value !== 'string') throw new Error('Source Text takes a TextDocument or a string.');
    const document = this.valueAtTime(0);
    document.text = value;
    return document.toLottie();
  }
}

function documentOf(key: Keyframe | undefined): LottieText {
  return typeof key?.s === 'object' && key.s !== null ? (key.s as LottieText) : {};
}
