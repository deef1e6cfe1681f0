/** How many times larger in each direction a frame may be drawn before it is averaged down. */
export type Supersample = 1 | 2 | 4;

export const SUPERSAMPLES: readonly Supersample[] = [1, 2, 4];

/**
 * Averages squares of `factor` by `factor` premultiplied RGBA pixels into one each. Two channels are summed at a time, in
 * the halves of a number: sixteen times 255 fit.
 */
export function averageDown(
  large: Uint32Array,
  small: Uint32Array,
  { width, height, factor }: { width: number; height: number; factor: Supersample },
): void {
  const stride = width * factor;
  // Half of the count, in both halves: rounds to the nearest.
  const half = ((factor * factor) >> 1) * 0x00010001;
  const shift = Math.log2(factor) * 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let even = half;
      let odd = half;
      for (let row = y * factor; row < (y + 1) * factor; row += 1) {
        const start = row * stride + x * factor;
        for (let at = start; at < start + factor; at += 1) {
          const pixel = large[at] ?? 0;
          even += pixel & 0x00ff00ff;
          odd += (pixel >>> 8) & 0x00ff00ff;
        }
      }
      small[y * width + x] = (((odd >>> shift) & 0x00ff00ff) << 8) | ((even >>> shift) & 0x00ff00ff);
    }
  }
}

/** From premultiplied to straight RGBA, in place. */
export function unpremultiply(pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      pixels[channel] = Math.min(255, Math.round(((pixels[channel] ?? 0) * 255) / alpha));
  }
}
