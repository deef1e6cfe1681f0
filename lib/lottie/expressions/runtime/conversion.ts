import { plainOf } from './vectors.ts';

/** Colours are `[red, green, blue, alpha]` and `[hue, saturation, lightness, alpha]`, each from 0 to 1. */
export function rgbToHsl(color: readonly unknown[]): number[] {
  const [red = 0, green = 0, blue = 0, alpha = 1] = color.map((part) => Number(part));
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const chroma = most - least;
  const lightness = (most + least) / 2;
  if (chroma === 0) return [0, 0, lightness, alpha];
  const saturation = chroma / (1 - Math.abs(2 * lightness - 1));
  const sector =
    most === red
      ? ((green - blue) / chroma + 6) % 6
      : most === green
        ? (blue - red) / chroma + 2
        : (red - green) / chroma + 4;
  return [sector / 6, saturation, lightness, alpha];
}

export function hslToRgb(color: readonly unknown[]): number[] {
  const [hue = 0, saturation = 0, lightness = 0, alpha = 1] = color.map((part) => Number(part));
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const at = (((offset + hue * 12) % 12) + 12) % 12;
    return lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return [channel(0), channel(8), channel(4), alpha];
}

/** `#rgb`, `#rrggbb` or `#rrggbbaa`, with or without its mark. */
export function hexToRgb(text: unknown): number[] {
  const digits = String(plainOf(text)).replace(/^#|^0x/i, '');
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const channel = (at: number) => Number.parseInt(long.slice(at, at + 2) || 'ff', 16) / 255;
  return [channel(0), channel(2), channel(4), channel(6)];
}

export function degreesToRadians(degrees: unknown): number {
  return (Number(degrees) * Math.PI) / 180;
}

export function radiansToDegrees(radians: unknown): number {
  return (Number(radians) * 180) / Math.PI;
}

/** `H:MM:SS:FF`. */
export function timecodeOf(time: number, base: number): string {
  const frames = Math.floor(Math.abs(time) * base + 1e-6);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(frames / base);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frames % base];
  return `${time < 0 ? '-' : ''}${parts.map(two).join(':')}`;
}

/** The orientation in which a layer's z axis points from one place to another. Source: Adobe's expression reference, "lookAt". */
export function lookAt(from: unknown, to: unknown): number[] {
  const [x = 0, y = 0, z = 0] = [0, 1, 2].map((axis) => coordinate(to, axis) - coordinate(from, axis));
  return [-radiansToDegrees(Math.atan2(y, z)), radiansToDegrees(Math.atan2(x, Math.hypot(y, z))), 0];
}

export function coordinate(point: unknown, axis: number): number {
  return Array.isArray(point) ? Number(point[axis] ?? 0) : 0;
}
