import type { Codec } from '../contract/settings.ts';
import { JPEG_QUALITY } from './media-tools.ts';
import { nodeAv } from './native.ts';
import { encodePng } from './png.ts';

/** Encodes one frame of straight RGBA as PNG (with its alpha) or JPEG. */
export async function encodeImage(
  codec: Codec,
  size: { width: number; height: number },
  pixels: Buffer,
): Promise<Buffer> {
  if (codec.family === 'png') return encodePng(size, pixels);
  if (codec.family !== 'jpeg') throw new RangeError(`${codec.id} is not a picture codec`);
  const { AV_PIX_FMT_RGBA, Frame, Scaler } = nodeAv();
  using frame = Frame.fromVideoBuffer(pixels, {
    ...size,
    format: AV_PIX_FMT_RGBA,
    timeBase: { num: 1, den: 1 },
    pts: 0n,
  });
  using scaler = new Scaler();
  return await scaler.toJpeg(frame, { quality: JPEG_QUALITY });
}
