import { isAnimated, keyframesOf, type LottieLayer } from '../document/index.ts';

/** Deeper than this nothing of a layer lies. */
const MOST_DEPTH = 40;

/**
 * Moves a layer in time by frames, as dragging its bar does in After Effects: its keyframes go along, which Lottie counts
 * from the beginning of the composition.
 */
export function shiftLayer(layer: LottieLayer, frames: number): void {
  for (const key of ['st', 'ip', 'op'] as const) layer[key] = (layer[key] ?? 0) + frames;
  shiftKeyframes(layer, frames, 0);
}

function shiftKeyframes(node: object, frames: number, depth: number): void {
  if (depth > MOST_DEPTH) return;
  if (isAnimated(node)) for (const key of keyframesOf(node)) key.t += frames;
  for (const part of Object.values(node))
    if (typeof part === 'object' && part !== null) shiftKeyframes(part, frames, depth + 1);
}
