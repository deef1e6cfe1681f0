import { readFile } from 'node:fs/promises';
import { imageSize } from 'image-size';
import { reasonOf } from '../../errors.ts';
import { encodePng } from '../../media/encode-image.ts';
import type { DecodedFrame, MediaTools } from '../../media/media-tools.ts';
import type { LottieAsset } from '../document/index.ts';
import { RenderFailure } from './command-line.ts';

/** What Skia draws as it is, by the content of the file. */
const DRAWN_BY_SKIA: ReadonlySet<string> = new Set(['png', 'jpg', 'webp', 'gif', 'bmp', 'ico']);

/**
 * The picture of an asset in a form that Skia reads. Photoshop files (or the layer of one that the asset shows), TIFF and
 * other still pictures are decoded, and handed on as PNG. Throws `RenderFailure` if it cannot be decoded.
 */
export async function readPicture(
  asset: LottieAsset & { p: string },
  tools: Pick<MediaTools, 'openVideo'>,
): Promise<Uint8Array> {
  const bytes = await readFile(asset.p);
  const type = typeOf(bytes);
  if (type !== null && DRAWN_BY_SKIA.has(type)) return bytes;
  try {
    const { width, height, pixels } = await decoded(asset, type === 'psd' ? bytes : null, tools);
    return encodePng({ width, height }, pixels);
  } catch (cause) {
    throw new RenderFailure(`The footage file ${asset.p} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

async function decoded(
  asset: LottieAsset & { p: string },
  photoshop: Uint8Array | null,
  tools: Pick<MediaTools, 'openVideo'>,
): Promise<DecodedFrame> {
  const layer = asset.ae?.photoshopLayer;
  if (photoshop !== null && layer !== undefined) {
    // Its reader is loaded for such files only.
    const { photoshopLayer } = await import('./photoshop-layer.ts');
    return await photoshopLayer(photoshop, layer, { width: asset.w ?? 0, height: asset.h ?? 0 });
  }
  await using reader = tools.openVideo(asset.p, 1);
  const picture = await reader.frameAt(0);
  if (picture === null) throw new Error('it holds no picture');
  return photoshop === null ? picture : withoutWhite(picture);
}

function typeOf(bytes: Uint8Array): string | null {
  try {
    return imageSize(bytes).type ?? null;
  } catch {
    return null;
  }
}

/** Photoshop keeps the picture of all layers mixed with white where it is not opaque; After Effects takes that out again. */
function withoutWhite({ width, height, pixels }: DecodedFrame): DecodedFrame {
  const out = Buffer.from(pixels);
  for (let at = 0; at < out.length; at += 4) {
    const alpha = (out[at + 3] ?? 0) / 255;
    if (alpha === 0 || alpha === 1) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      out[channel] = Math.min(255, Math.max(0, Math.round(255 - (255 - (out[channel] ?? 0)) / alpha)));
  }
  return { width, height, pixels: out };
}
