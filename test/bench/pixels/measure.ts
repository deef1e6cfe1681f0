import type { Picture } from './picture.ts';

/** How far one picture is from another. */
export interface Distance {
  /** The mean difference over all channels, from 0 to 255. */
  mean: number;
  /** Percent of the pixels of which a channel differs by more than 16, or what the caller says. */
  differing: number;
  /** Percent of the pixels that are outside of the range of the 3 by 3 pixels around them. */
  off: number;
}

const DIFFERS = 16;
const OFF = 8;

/** Both of one size. `off` is what a shift of less than a pixel does not explain. */
export function distance(truth: Picture, drawn: Picture, channels: 3 | 4, differs = DIFFERS): Distance {
  const { width, height, pixels } = truth;
  let sum = 0;
  let differing = 0;
  let off = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      let most = 0;
      for (let channel = 0; channel < channels; channel += 1) {
        const gap = Math.abs((pixels[at + channel] ?? 0) - (drawn.pixels[at + channel] ?? 0));
        sum += gap;
        most = Math.max(most, gap);
      }
      if (most > differs) differing += 1;
      if (most > OFF && isOff(truth, drawn, x, y, channels)) off += 1;
    }
  }
  const count = width * height;
  return { mean: sum / count / channels, differing: (differing / count) * 100, off: (off / count) * 100 };
}

function isOff({ width, height, pixels }: Picture, drawn: Picture, x: number, y: number, channels: number): boolean {
  for (let channel = 0; channel < channels; channel += 1) {
    let least = 255;
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        const value = pixels[(row * width + column) * 4 + channel] ?? 0;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    const value = drawn.pixels[(y * width + x) * 4 + channel] ?? 0;
    if (value < least - OFF || value > most + OFF) return true;
  }
  return false;
}

/** The worst of several moments, each number by itself. */
export function worst(distances: readonly Distance[]): Distance {
  return distances.reduce(
    (a, b) => ({
      mean: Math.max(a.mean, b.mean),
      differing: Math.max(a.differing, b.differing),
      off: Math.max(a.off, b.off),
    }),
    { mean: 0, differing: 0, off: 0 },
  );
}

export function average(distances: readonly Distance[]): Distance {
  const over = (key: keyof Distance) =>
    distances.reduce((sum, one) => sum + one[key], 0) / Math.max(1, distances.length);
  return { mean: over('mean'), differing: over('differing'), off: over('off') };
}
