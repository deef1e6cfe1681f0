import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapped, mapShapes, mapValues, type Node, withValue } from '../tree.ts';

const PAINTS = new Set(['fl', 'st']);
const COLOR_CONTROL = 2;

/**
 * A colour's fourth part is not its opacity: After Effects keeps one there and ignores it, and exports write anything
 * from 0 to 1. Skia draws by it.
 */
export function withoutColorAlpha(layer: LottieLayer): LottieLayer {
  const shaped = mapShapes(layer, (item) =>
    PAINTS.has(String(item.ty)) ? withValue(item, 'c', opaque(item.c)) : item,
  );
  return Array.isArray(shaped.ef) ? withValue(shaped, 'ef', mapped(shaped.ef as unknown[], effect)) : shaped;
}

function effect(node: unknown): unknown {
  if (!isNode(node) || !Array.isArray(node.ef)) return node;
  return withValue(node, 'ef', mapped(node.ef as unknown[], control));
}

function control(node: unknown): unknown {
  if (!isNode(node)) return node;
  if (Array.isArray(node.ef)) return effect(node);
  return node.ty === COLOR_CONTROL ? withValue(node, 'v', opaque(node.v)) : node;
}

function opaque(color: unknown): unknown {
  return mapValues(color, (value) => (isSeeThrough(value) ? [...value.slice(0, 3), 1] : value));
}

function isSeeThrough(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 3 && value[3] !== 1;
}

/** A text document, in which colours have three parts. */
export function opaqueText(text: Node): Node {
  return withValue(withValue(text, 'fc', threeParts(text.fc)), 'sc', threeParts(text.sc));
}

function threeParts(color: unknown): unknown {
  return Array.isArray(color) && color.length > 3 ? color.slice(0, 3) : color;
}
