import type { LottieLayer } from '../../document/index.ts';
import { isNode, withValue } from '../tree.ts';

/** An effect that is switched off (`en: 0`) is not drawn; Skia draws it. */
export function withoutEffectsOff(layer: LottieLayer): LottieLayer {
  if (!Array.isArray(layer.ef)) return layer;
  const on = layer.ef.filter((effect) => !isNode(effect) || !isOff(effect.en));
  return on.length === layer.ef.length ? layer : withValue(layer, 'ef', on);
}

function isOff(enabled: unknown): boolean {
  return enabled === 0 || enabled === false;
}
