import type { LottieAsset, LottieComposition, LottieDocument } from '../document/index.ts';
import type { DrawableDocument } from './frames.ts';
import { withTracking } from './tracking.ts';

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
