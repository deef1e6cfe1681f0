import { type Animated, isAnimated, type LottieLayer } from '../document/index.ts';

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
