import { VideoDecoder } from '../../../lib/media/decode-video.ts';

/** Straight RGBA, 8 bits. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export async function readPicture(path: string): Promise<Picture> {
  await using decoder = new VideoDecoder(path);
  const frame = await decoder.frameAt(0);
  if (frame === null) throw new Error(`${path} holds no picture`);
  return { width: frame.width, height: frame.height, pixels: Uint8Array.from(frame.pixels) };
}

/** The colour channels times alpha: what is seen of a pixel. */
export function premultiplied({ pixels, ...size }: Picture): Picture {
  const out = Uint8Array.from(pixels);
  for (let at = 0; at < out.length; at += 4) {
    const alpha = (out[at + 3] ?? 0) / 255;
    for (let channel = at; channel < at + 3; channel += 1) out[channel] = Math.round((out[channel] ?? 0) * alpha);
  }
  return { ...size, pixels: out };
}

export function onWhite({ pixels, ...size }: Picture): Picture {
  const out = Uint8Array.from(pixels);
  for (let at = 0; at < out.length; at += 4) {
    const alpha = (out[at + 3] ?? 0) / 255;
    for (let channel = at; channel < at + 3; channel += 1)
      out[channel] = Math.round((out[channel] ?? 0) * alpha + 255 * (1 - alpha));
    out[at + 3] = 255;
  }
  return { ...size, pixels: out };
}

/** The upper left part that both have. */
export function cropped({ width, height, pixels }: Picture, other: { width: number; height: number }): Picture {
  const size = { width: Math.min(width, other.width), height: Math.min(height, other.height) };
  if (size.width === width && size.height === height) return { width, height, pixels };
  const out = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1)
    out.set(pixels.subarray(y * width * 4, (y * width + size.width) * 4), y * size.width * 4);
  return { ...size, pixels: out };
}

/** No higher than this, each pixel the average of those that it stands for. Opaque. */
export function shrunk(picture: Picture, mostHeight: number): Picture {
  const step = Math.ceil(picture.height / mostHeight);
  if (step <= 1) return picture;
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.floor(side / step))) as [
    number,
    number,
  ];
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 4; channel += 1)
        pixels[(y * width + x) * 4 + channel] = averageOf(picture, { left: x * step, top: y * step, step, channel });
  return { width, height, pixels };
}

function averageOf(
  { width, height, pixels }: Picture,
  { left, top, step, channel }: { left: number; top: number; step: number; channel: number },
): number {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(height, top + step); y += 1)
    for (let x = left; x < Math.min(width, left + step); x += 1) {
      sum += pixels[(y * width + x) * 4 + channel] ?? 0;
      count += 1;
    }
  return Math.round(sum / Math.max(1, count));
}
