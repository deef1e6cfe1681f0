import Psd, { ColorMode, type Layer } from '@webtoon/psd';
import type { DecodedFrame } from '../../media/media-tools.ts';
import type { LottieAsset } from '../document/index.ts';

type PhotoshopLayer = NonNullable<NonNullable<LottieAsset['ae']>['photoshopLayer']>;

const OTHER_COLOURS: ReadonlySet<ColorMode> = new Set([ColorMode.Cmyk, ColorMode.Lab, ColorMode.Multichannel]);

/** Four bytes a pixel. */
const RGBA = 4;

/**
 * A layer of a Photoshop file as footage of this size: cut to its own edges where that is its size, else at its place in
 * the whole picture. Its opacity and blend mode count nothing, as they are those of the layer in After Effects; its mask
 * does. Throws an `Error` if the file has no such layer, or cannot be read.
 */
export async function photoshopLayer(
  bytes: Uint8Array,
  wanted: PhotoshopLayer,
  { width, height }: { width: number; height: number },
): Promise<DecodedFrame> {
  const file = Psd.parse(new Uint8Array(bytes).buffer);
  if (OTHER_COLOURS.has(file.colorMode)) throw new Error('its colours are CMYK or Lab; save it in RGB');
  const layer = findLayer(file.layers, wanted);
  const pixels = await layer.composite(false);
  await applyMask(layer, pixels);
  const isCut = layer.width === width && layer.height === height;
  const from = isCut ? { x: layer.left, y: layer.top } : { x: 0, y: 0 };
  const size = isCut ? { width, height } : { width: file.width, height: file.height };
  const out = Buffer.alloc(size.width * size.height * RGBA);
  for (let y = 0; y < layer.height; y += 1) {
    const row = y + layer.top - from.y;
    if (row < 0 || row >= size.height) continue;
    const left = layer.left - from.x;
    const first = Math.max(0, -left);
    const end = Math.min(layer.width, size.width - left);
    if (end <= first) continue;
    const start = y * layer.width;
    out.set(pixels.subarray((start + first) * RGBA, (start + end) * RGBA), (row * size.width + left + first) * RGBA);
  }
  return { ...size, pixels: out };
}

/** By its edges, since groups count as layers for some and not for others; by its place if they have changed since. */
function findLayer(layers: readonly Layer[], { index, top, left, bottom, right }: PhotoshopLayer): Layer {
  const alike = layers.filter(
    (layer) =>
      layer.top === top && layer.left === left && layer.width === right - left && layer.height === bottom - top,
  );
  const [only] = alike;
  const atPlace = layers.at(-1 - index);
  const found = alike.length === 1 ? only : (alike.find((layer) => layer === atPlace) ?? only ?? atPlace);
  if (found === undefined) throw new Error(`it has ${layers.length} layers, and none in place ${index + 1}`);
  return found;
}

/** A mask covers a part of the layer; around it counts its background. */
async function applyMask(layer: Layer, pixels: Uint8ClampedArray): Promise<void> {
  const mask = await layer.userMask();
  if (mask === undefined || layer.maskData.flags.layerMaskDisabled) return;
  const { top, left, bottom, right, backgroundColor } = layer.maskData;
  for (let at = 0; at < layer.width * layer.height; at += 1) {
    const x = layer.left + (at % layer.width);
    const y = layer.top + Math.floor(at / layer.width);
    const isInside = x >= left && x < right && y >= top && y < bottom;
    const share = isInside ? (mask[(y - top) * (right - left) + x - left] ?? 0) : backgroundColor;
    pixels[at * RGBA + 3] = Math.round(((pixels[at * RGBA + 3] ?? 0) * share) / 255);
  }
}
