import { imageSize } from 'image-size';
import { LAYER_TYPE, type LottieAsset, type LottieDocument } from '../document/index.ts';

/** Sizes are rounded: a picture of nearly the same proportions is as the document says. */
const SAME = 0.01;

/**
 * A picture of other proportions than the document gives it fills the space that it has there, and is cut, as players do
 * it; Skia fits it in. Each of its layers shows a composition of that space instead, with the picture in it.
 */
export function fillPictures(document: LottieDocument, pictures: ReadonlyMap<LottieAsset, Uint8Array>): void {
  for (const [asset, bytes] of pictures) {
    const { w = 0, h = 0 } = asset;
    const size = sizeOf(bytes);
    if (size === null || w <= 0 || h <= 0 || Math.abs((size.width / size.height / w) * h - 1) <= SAME) continue;
    const id = `${asset.id} filled`;
    for (const layer of [document.layers, ...document.assets.map(({ layers }) => layers ?? [])].flat()) {
      if (layer.refId !== asset.id || layer.ty !== LAYER_TYPE.image) continue;
      Object.assign(layer, { ty: LAYER_TYPE.precomposition, refId: id, w, h });
    }
    document.assets.push({ id, layers: [pictureLayer(asset.id, size, { w, h })] });
    Object.assign(asset, { w: size.width, h: size.height });
  }
}

function pictureLayer(
  refId: string,
  { width, height }: { width: number; height: number },
  space: { w: number; h: number },
) {
  const percent = Math.max(space.w / width, space.h / height) * 100;
  const fixed = (k: number[]) => ({ a: 0, k });
  return {
    ...{ ty: LAYER_TYPE.image, refId, ip: -100_000, op: 1_000_000, st: 0 },
    ks: {
      a: fixed([width / 2, height / 2, 0]),
      p: fixed([space.w / 2, space.h / 2, 0]),
      s: fixed([percent, percent, 100]),
    },
  };
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    // No picture that it knows: Skia may draw it, or say that it does not.
    return null;
  }
}
