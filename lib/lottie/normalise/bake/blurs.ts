import type { LottieLayer } from '../../document/index.ts';
import { isNode, mapped, mapValues, type Node, withValue } from '../tree.ts';

/** How much of a blur's size is the deviation of its curve, in Skia's reading of Gaussian Blur. */
const DEVIATION = 0.3;

/** Values of an effect by their place. Source: Bodymovin's exports. */
const BOX_BLUR = { radius: 0, iterations: 1, dimensions: 2, repeatEdges: 3 };

/**
 * Box Blur and the older Gaussian Blur as the one that Skia has. A box of radius r, drawn n times, comes to a curve with the
 * variance n ((2r + 1)² - 1) / 12: nearly the same from three times on.
 */
export function withGaussianBlurs(layer: LottieLayer): LottieLayer {
  if (!Array.isArray(layer.ef)) return layer;
  return withValue(
    layer,
    'ef',
    mapped(layer.ef as unknown[], (effect) => (isNode(effect) ? asGaussian(effect) : effect)),
  );
}

function asGaussian(effect: Node): Node {
  if (!Array.isArray(effect.ef)) return effect;
  const values = (effect.ef as unknown[]).map((value) => (isNode(value) ? value.v : undefined));
  if (effect.mn === 'ADBE Box Blur2' || effect.mn === 'ADBE Box Blur') {
    const iterations = values[BOX_BLUR.iterations];
    const times = isNode(iterations) && typeof iterations.k === 'number' ? Math.max(1, iterations.k) : 1;
    const size = mapValues(values[BOX_BLUR.radius], (value) => each(value, (radius) => blurSize(radius, times)));
    return gaussian(effect, size, values[BOX_BLUR.dimensions], values[BOX_BLUR.repeatEdges]);
  }
  if (effect.mn === 'ADBE Gaussian Blur') return gaussian(effect, values[0], values[1], undefined);
  return effect;
}

function blurSize(radius: number, times: number): number {
  const side = 2 * Math.max(0, radius) + 1;
  return Math.sqrt((times * (side ** 2 - 1)) / 12) / DEVIATION;
}

function each(value: unknown, change: (number: number) => number): unknown {
  if (typeof value === 'number') return change(value);
  return Array.isArray(value) ? value.map((part) => (typeof part === 'number' ? change(part) : part)) : value;
}

function gaussian(effect: Node, size: unknown, dimensions: unknown, repeatEdges: unknown): Node {
  const fixed = (k: number) => ({ a: 0, k });
  return {
    ...effect,
    ty: 29,
    mn: 'ADBE Gaussian Blur 2',
    ef: [
      { ty: 0, nm: 'Blurriness', v: size ?? fixed(0) },
      { ty: 7, nm: 'Blur Dimensions', v: dimensions ?? fixed(1) },
      { ty: 7, nm: 'Repeat Edge Pixels', v: repeatEdges ?? fixed(0) },
    ],
  };
}
