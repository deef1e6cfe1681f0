import { AV_PIX_FMT_RGBA } from 'node-av/constants';
import type { Codec } from '../contract/settings.ts';
import { JPEG_QUALITY } from './media-tools.ts';
import { Frame, Scaler } from './native.ts';

/** Encodes one frame of straight RGBA as PNG (with its alpha) or JPEG. */
export async function encodeImage(
  codec: Codec,
  size: { width: number; height: number },
  pixels: Buffer,
): Promise<Buffer> {
  using frame = Frame.fromVideoBuffer(pixels, {
    ...size,
    format: AV_PIX_FMT_RGBA,
    timeBase: { num: 1, den: 1 },
    pts: 0n,
  });
  using scaler = new Scaler();
  if (codec.family === 'png') return await scaler.toPng(frame, { format: 'rgba' });
  if (codec.family === 'jpeg') return await scaler.toJpeg(frame, { quality: JPEG_QUALITY });
  throw new RangeError(`${codec.id} is not a picture codec`);
}
