import { isAnimated, keyframesOf, type LottieLayer } from '../../document/index.ts';
import { isNode, mapValues, type Node, nodesIn, withValue } from '../tree.ts';
import { farMask } from './far-mask.ts';

/**
 * A mask that subtracts with an opacity of 40 % leaves 60 % of what it covers; Skia leaves nothing of it, and 40 % of all
 * else (canvaskit 0.42). It is drawn as a mask that adds 60 % everywhere and one that adds all but what is covered; the mask
 * before it is what both are cut to.
 */
export function withFaintMasks(layer: LottieLayer): LottieLayer {
  const masks = nodesIn(layer.masksProperties).filter(({ mode }) => mode !== 'n');
  const faint = masks.findIndex(isFaint);
  if (faint === -1 || !canBeDrawn(masks, faint)) return layer;
  const before = masks.slice(0, faint).map((mask) => withValue(mask, 'mode', 'i'));
  const [first, second] = parts(masks[faint] ?? {});
  return withValue(layer, 'masksProperties', [first, second, ...before, ...masks.slice(faint + 1)]);
}

/** Whether Skia draws such a mask of this layer otherwise than After Effects does, and nothing can be done. */
export function hasLostFaintMask(layer: LottieLayer): boolean {
  const masks = nodesIn(layer.masksProperties).filter(({ mode }) => mode !== 'n');
  const faint = masks.filter(isFaint);
  return faint.length > 1 || (faint.length === 1 && !canBeDrawn(masks, masks.indexOf(faint[0] ?? {})));
}

function isFaint({ mode, o }: Node): boolean {
  return mode === 's' && isAnimated(o) && (keyframesOf(o).length > 0 || o.k !== 100);
}

/** What is before it must be one mask: of several, the later do not cut what the earlier add. */
function canBeDrawn(masks: readonly Node[], place: number): boolean {
  return place === 0 || (place === 1 && (masks[0]?.mode === 'a' || masks[0]?.mode === 'i'));
}

function parts(mask: Node): [Node, Node] {
  const { o, inv } = mask;
  const rest = isNode(o) ? mapValues(o, left) : o;
  return [
    { ...farMask(0), mode: 'a', inv: true, o: rest },
    { ...mask, mode: 'a', inv: inv !== true, o: { a: 0, k: 100 } },
  ];
}

function left(opacity: unknown): unknown {
  if (typeof opacity === 'number') return 100 - opacity;
  return Array.isArray(opacity) ? opacity.map(left) : opacity;
}
