import type { Animated, Keyframe } from '../document/index.ts';
import { type Clock, Property } from './property.ts';

/** The text of a layer at one moment, as Lottie keeps it. Source: the Lottie specification, "Text Document". */
export interface LottieText {
  t?: string;
  f?: string;
  s?: number;
  fc?: number[];
  sc?: number[];
  sw?: number;
  tr?: number;
  lh?: number;
  j?: number;
  /** What our own converter says of the text's runs; see renderer/text-runs.ts. */
  ae?: unknown;
  [key: string]: unknown;
}

/** Whether a text is one of `shrunkIntoBox`. */
export function isShrunkIntoBox({ rs, mf }: LottieText): boolean {
  return rs === 2 && mf !== undefined;
}

/** Lottie counts them from 0; After Effects numbers its constants. */
export const ParagraphJustification = {
  LEFT_JUSTIFY: 7413,
  RIGHT_JUSTIFY: 7414,
  CENTER_JUSTIFY: 7415,
  FULL_JUSTIFY_LASTLINE_LEFT: 7416,
  FULL_JUSTIFY_LASTLINE_RIGHT: 7417,
  FULL_JUSTIFY_LASTLINE_CENTER: 7418,
  FULL_JUSTIFY_LASTLINE_FULL: 7419,
} as const;
const JUSTIFICATIONS = Object.values(ParagraphJustification);

/** A copy of a text with its looks: a change counts when the copy is given to `setValue`. */
export class TextDocument {
  static readonly scriptNames: readonly string[] = [
    'text',
    'font',
    'fontSize',
    'fillColor',
    'strokeColor',
    'strokeWidth',
    'applyFill',
    'applyStroke',
    'tracking',
    'leading',
    'justification',
    'boxText',
    'boxTextSize',
  ];
  readonly #node: LottieText;

  constructor(node: LottieText | string = '') {
    this.#node = typeof node === 'string' ? { t: node } : structuredClone(node);
  }

  /** The form of the document, of its own. */
  toLottie(): LottieText {
    return structuredClone(this.#node);
  }

  /** A copy that Skia makes smaller until it fits into its box, with the lines that it draws; never below `least`. */
  shrunkIntoBox(least: number, most: number): TextDocument {
    // `rs` and `mf` are Skia's own: how a text is fitted (2: only made smaller), and its smallest size.
    return new TextDocument({ ...this.#node, s: most, lh: scaled(this.#node, most), rs: 2, mf: least });
  }

  get boxText(): boolean {
    return Array.isArray(this.#node.sz);
  }

  get boxTextSize(): number[] {
    const { sz } = this.#node;
    if (!Array.isArray(sz)) throw new Error('boxTextSize: the text is not in a box.');
    return sz.map(Number);
  }

  get text(): string {
    return this.#node.t ?? '';
  }

  /** Skia draws nothing for a NUL, and a half surrogate is no character. */
  set text(value: string) {
    this.#node.t = String(value).replaceAll('\0', '').toWellFormed();
    // The new words all look like the first character of the old ones.
    delete this.#node.ae;
  }

  get font(): string {
    return this.#node.f ?? '';
  }

  set font(value: string) {
    this.#forAllRuns('f');
    this.#node.f = String(value);
  }

  get fontSize(): number {
    return this.#node.s ?? 0;
  }

  set fontSize(value: number) {
    this.#forAllRuns('s');
    this.#node.s = finite(value, 'fontSize');
  }

  get fillColor(): number[] {
    return this.#node.fc?.slice(0, 3) ?? [0, 0, 0];
  }

  set fillColor(value: number[]) {
    this.#forAllRuns('fc');
    this.#node.fc = color(value, 'fillColor');
  }

  get applyFill(): boolean {
    return this.#node.fc !== undefined;
  }

  set applyFill(value: boolean) {
    this.#forAllRuns('fc');
    if (value) this.#node.fc ??= [0, 0, 0];
    else delete this.#node.fc;
  }

  get strokeColor(): number[] {
    return this.#node.sc?.slice(0, 3) ?? [0, 0, 0];
  }

  set strokeColor(value: number[]) {
    this.#forAllRuns('sc');
    this.#node.sc = color(value, 'strokeColor');
  }

  get strokeWidth(): number {
    return this.#node.sw ?? 0;
  }

  set strokeWidth(value: number) {
    this.#forAllRuns('sw');
    this.#node.sw = finite(value, 'strokeWidth');
  }

  get applyStroke(): boolean {
    return this.#node.sc !== undefined;
  }

  set applyStroke(value: boolean) {
    this.#forAllRuns('sc');
    if (value) this.#node.sc ??= [0, 0, 0];
    else delete this.#node.sc;
  }

  get tracking(): number {
    return this.#node.tr ?? 0;
  }

  set tracking(value: number) {
    this.#forAllRuns('tr');
    this.#node.tr = finite(value, 'tracking');
  }

  get leading(): number {
    return this.#node.lh ?? 0;
  }

  set leading(value: number) {
    this.#forAllRuns('lh');
    this.#node.lh = finite(value, 'leading');
  }

  get justification(): number {
    return JUSTIFICATIONS[this.#node.j ?? 0] ?? ParagraphJustification.LEFT_JUSTIFY;
  }

  set justification(value: number) {
    const index = (JUSTIFICATIONS as readonly number[]).indexOf(value);
    if (index === -1) throw new Error('justification takes a value of ParagraphJustification.');
    this.#node.j = index;
  }

  /** What is set of a text counts for all of its characters. */
  #forAllRuns(key: string): void {
    const runs = isNode(this.#node.ae) ? this.#node.ae.runs : [];
    for (const run of Array.isArray(runs) ? runs : []) if (isNode(run)) delete run[key];
  }
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scaled({ s: size = 0, lh: leading }: LottieText, to: number): number | undefined {
  return leading === undefined || size === 0 ? leading : (leading * to) / size;
}

function finite(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} takes a number.`);
  return value;
}

function color(value: unknown, name: string): number[] {
  if (!Array.isArray(value) || value.length < 3) throw new Error(`${name} takes an array of 3 numbers from 0 to 1.`);
  return value.slice(0, 3).map((part) => finite(part, name));
}

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
