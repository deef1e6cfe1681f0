import { type Animated, isAnimated } from '../template/lottie-animated.ts';
import type { LottieDocument, LottieLayer } from '../template/lottie-document.ts';
import { layerNameOf } from '../template/lottie-document.ts';

/** A property that an expression drives. */
export interface FoundExpression {
  layer: string;
  /** Its place in the document: `ks.o`, `shapes.0.it.1.c`. */
  property: string;
  animated: Animated & { x: string };
}

/** Every expression of a document, in the order of its layers. */
export function findExpressions(document: LottieDocument): FoundExpression[] {
  const found: FoundExpression[] = [];
  const lists = [document.layers, ...document.assets.map((asset) => asset.layers ?? [])];
  for (const layer of lists.flat()) search(layer, layerNameOf(document, layer), [], found);
  return found;
}

/** Deeper than this nothing of a layer lies. */
const MOST_DEPTH = 40;

function search(node: LottieLayer | object, layer: string, path: string[], found: FoundExpression[]): void {
  if (path.length > MOST_DEPTH) return;
  if (isAnimated(node) && typeof node.x === 'string') {
    found.push({ layer, property: path.join('.'), animated: node as FoundExpression['animated'] });
  }
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) search(value, layer, [...path, key], found);
  }
}
