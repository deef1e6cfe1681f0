import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { isNode, mapValues, withValue } from '../tree.ts';

/**
 * After Effects writes the colour of a solid with six digits (`sc`), and Skia reads no others; what players take from other
 * tools are three, and an opacity behind three or six.
 */
export function withSixDigits(layer: LottieLayer): LottieLayer {
  if (layer.ty !== LAYER_TYPE.solid || typeof layer.sc !== 'string') return layer;
  const digits = /^\s*#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\s*$/i.exec(layer.sc)?.[1];
  if (digits === undefined) return layer;
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const colored = withValue(layer, 'sc', `#${long.slice(0, 6)}`);
  if (long.length === 6) return colored;
  const opacity = Number.parseInt(long.slice(6), 16) / 255;
  const ks = isNode(layer.ks) ? layer.ks : {};
  const o = mapValues(isNode(ks.o) ? ks.o : { a: 0, k: 100 }, (value) => times(value, opacity));
  return { ...colored, ks: { ...ks, o } };
}

function times(value: unknown, factor: number): unknown {
  if (typeof value === 'number') return value * factor;
  return Array.isArray(value) ? value.map((part) => times(part, factor)) : value;
}
