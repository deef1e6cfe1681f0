import type { CanvasKit, Image } from 'canvaskit-wasm';
import { imageSize } from 'image-size';
import { encodePng } from '../../media/encode-image.ts';
import type { LottieAsset } from '../document/index.ts';
import type { Supersample } from './frames.ts';

/** All together: 256 MB of memory. A picture of full HD, drawn four times larger, has half of it. */
const MOST_PIXELS = 64 * 2 ** 20;

/** Others may move. */
const STILL: ReadonlySet<string> = new Set(['png', 'jpg', 'bmp']);

/**
 * Repeats each pixel, so that a picture in its own size is the same after it was drawn `factor` times larger and averaged
 * down. Skia mixes neighbours when it enlarges, which would leave it softer than After Effects draws it, and takes eight
 * times as long. The smallest come first, as far as memory allows; the others stay as they are.
 */
export function enlargePictures(
  pictures: Map<LottieAsset, Uint8Array>,
  factor: Supersample,
  skia: Pick<CanvasKit, 'MakeImageFromEncoded' | 'ColorType' | 'AlphaType' | 'ColorSpace'>,
): void {
  let left = MOST_PIXELS;
  const sized = [...pictures].flatMap(([asset, bytes]) => {
    const size = stillSize(bytes);
    return size === null ? [] : [{ asset, bytes, pixels: size.width * size.height * factor ** 2 }];
  });
  for (const { asset, bytes, pixels } of sized.toSorted((a, b) => a.pixels - b.pixels)) {
    if (pixels > left) return;
    const image = skia.MakeImageFromEncoded(bytes);
    if (image === null) continue;
    try {
      const enlarged = enlargedPng(image, factor, skia);
      if (enlarged === null) continue;
      pictures.set(asset, enlarged);
      left -= pixels;
    } finally {
      image.delete();
    }
  }
}

function stillSize(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { type, width, height } = imageSize(bytes);
    return type !== undefined && STILL.has(type) ? { width, height } : null;
  } catch {
    return null;
  }
}

function enlargedPng(
  image: Image,
  factor: number,
  { ColorType, AlphaType, ColorSpace }: Pick<CanvasKit, 'ColorType' | 'AlphaType' | 'ColorSpace'>,
): Uint8Array | null {
  const [width, height] = [image.width(), image.height()];
  const format = { colorType: ColorType.RGBA_8888, alphaType: AlphaType.Unpremul, colorSpace: ColorSpace.SRGB };
  const pixels = image.readPixels(0, 0, { ...format, width, height });
  if (!(pixels instanceof Uint8Array)) return null;
  const small = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const row = width * factor;
  const large = new Uint32Array(row * height * factor);
  for (let y = 0; y < height; y += 1) {
    const start = y * factor * row;
    for (let x = 0; x < width; x += 1)
      large.fill(small[y * width + x] ?? 0, start + x * factor, start + (x + 1) * factor);
    for (let again = 1; again < factor; again += 1) large.copyWithin(start + again * row, start, start + row);
  }
  return encodePng({ width: row, height: height * factor }, new Uint8Array(large.buffer));
}
