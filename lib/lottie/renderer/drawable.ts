import {
  type Animated,
  isAnimated,
  keyframesOf,
  LAYER_TYPE,
  type LottieAsset,
  type LottieComposition,
  type LottieDocument,
  type LottieLayer,
} from '../document/index.ts';
import type { DrawableDocument } from './frames.ts';

export interface DrawableParts {
  fonts: ReadonlyMap<string, Uint8Array>;
  pictures: ReadonlyMap<LottieAsset, Uint8Array>;
}

/**
 * Makes the document that is drawn for a composition: Lottie players draw the top one only, and find files by name, so
 * the composition is put to the top and each picture gets a name of its own.
 */
export function drawableDocument(
  document: LottieDocument,
  composition: LottieComposition,
  parts: DrawableParts,
): DrawableDocument {
  const files = new Map<string, Uint8Array>(parts.fonts);
  const assets = document.assets.map((asset, index) => {
    const bytes = parts.pictures.get(asset);
    if (asset.layers !== undefined) return { ...asset, layers: asset.layers.map(withTracking) };
    if (bytes === undefined) return asset;
    const name = `picture_${index}`;
    files.set(name, bytes);
    return { ...asset, u: '', p: name, e: 0 };
  });
  const { width, height, first, end } = composition;
  const json = JSON.stringify({
    ...document,
    w: width,
    h: height,
    ip: first,
    op: end,
    layers: composition.layers.map(withTracking),
    assets,
  });
  return { json, files };
}

/**
 * Skia passes over the tracking of a text (`tr`, thousandths of its size), and knows only that of a text animator, in
 * pixels: a text with tracking is drawn with an animator more. Found out by drawing, with canvaskit-wasm 0.42.
 */
function withTracking(layer: LottieLayer): LottieLayer {
  if (layer.ty !== LAYER_TYPE.text || !isNode(layer.t) || !isAnimated(layer.t.d)) return layer;
  const tracking = trackingOf(layer.t.d);
  if (tracking === null) return layer;
  const { a: animators, p: path = {}, m: alignment = NO_ALIGNMENT } = layer.t;
  const all = [...(Array.isArray(animators) ? animators : []), { nm: 'tracking', a: { t: tracking } }];
  return { ...layer, t: { ...layer.t, p: path, m: alignment, a: all } };
}

const NO_ALIGNMENT = { g: 1, a: { a: 0, k: [0, 0] } };

/** Pixels between letters, held from document to document; null where there are none at any time. */
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

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
