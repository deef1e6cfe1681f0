import { type Animated, isAnimated, keyframesOf, LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { isNode, withValue } from '../tree.ts';

const NO_ALIGNMENT = { g: 1, a: { a: 0, k: [0, 0] } };

/**
 * Skia ignores the tracking of a text (`tr`, thousandths of its size), and knows only that of a text animator, in pixels: a
 * text with tracking gets one animator more. Found out by drawing, with canvaskit-wasm 0.42.
 */
export function withTracking(layer: LottieLayer): LottieLayer {
  if (layer.ty !== LAYER_TYPE.text || !isNode(layer.t) || !isAnimated(layer.t.d)) return layer;
  const tracking = trackingOf(layer.t.d);
  if (tracking === null) return layer;
  const { a: animators, p: path = {}, m: alignment = NO_ALIGNMENT } = layer.t;
  const all = [...(Array.isArray(animators) ? animators : []), { nm: 'tracking', a: { t: tracking } }];
  return withValue(layer, 't', { ...layer.t, p: path, m: alignment, a: all });
}

/** Pixels between letters, held from document to document; null if there are none at any time. */
function trackingOf(documents: Animated): object | null {
  const moments = keyframesOf(documents).map(({ t, s }) => ({ t, pixels: isNode(s) ? pixelsOf(s) : 0 }));
  if (moments.every(({ pixels }) => pixels === 0)) return null;
  const [first] = moments;
  if (moments.length === 1) return { a: 0, k: first?.pixels ?? 0 };
  return { a: 1, k: moments.map(({ t, pixels }) => ({ t, s: [pixels], h: 1 })) };
}

function pixelsOf({ tr: tracking, s: size }: Record<string, unknown>): number {
  return typeof tracking === 'number' && typeof size === 'number' ? (tracking / 1000) * size : 0;
}
