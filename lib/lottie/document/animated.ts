import type { LottieDocument, LottieLayer } from './document.ts';

/** A property of a Lottie document: a value, or keyframes. Source: the Lottie specification, "Animated properties". */
export interface Animated {
  /** 1 where `k` lists keyframes; old exports leave it out. */
  a?: number;
  k: unknown;
  /** An expression; Skia does not know them, so they are baked into keyframes before a render. */
  x?: string;
  /** The job has set the expression: one that fails is a fault of the job, and not of its template. */
  ofJob?: boolean;
  /** A slot that gives the value from outside. */
  sid?: string;
}

/** A keyframe. `o` and `i` are the handles of the time curve from this key to the next; `to` and `ti` those of the path. */
export interface Keyframe {
  /** Frame. */
  t: number;
  s?: unknown;
  /** The value at the next key, in old exports. */
  e?: unknown;
  i?: Handle;
  o?: Handle;
  to?: number[];
  ti?: number[];
  /** 1: the value stands still until the next key. */
  h?: number;
}

export interface Handle {
  x: number | number[];
  y: number | number[];
}

export function isAnimated(value: unknown): value is Animated {
  return typeof value === 'object' && value !== null && 'k' in value;
}

/** The keyframes of a property; none where it has one value. */
export function keyframesOf({ k }: Animated): Keyframe[] {
  if (!Array.isArray(k)) return [];
  return k.filter((key): key is Keyframe => typeof key === 'object' && key !== null && typeof key.t === 'number');
}

/** A property that an expression drives. */
export interface FoundExpression {
  /** Its place in the layer: `ks.o`, `shapes.0.it.1.c`. */
  place: string;
  animated: Animated & { x: string };
}

/** Deeper than this nothing of a layer lies. */
const MOST_DEPTH = 40;

/** Every expression of a layer, in the order of the document. */
export function expressionsOf(layer: LottieLayer): FoundExpression[] {
  const found: FoundExpression[] = [];
  search(layer, [], found);
  return found;
}

function search(node: object, path: readonly string[], found: FoundExpression[]): void {
  if (path.length > MOST_DEPTH) return;
  if (isAnimated(node) && typeof node.x === 'string' && node.x.trim() !== '')
    found.push({ place: path.join('.'), animated: node as FoundExpression['animated'] });
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) search(value, [...path, key], found);
  }
}

/** Whether anything in a document is driven by an expression. */
export function hasExpressions({ layers, assets }: LottieDocument): boolean {
  return [layers, ...assets.map((asset) => asset.layers ?? [])].some((list) =>
    list.some((layer) => expressionsOf(layer).length > 0),
  );
}
