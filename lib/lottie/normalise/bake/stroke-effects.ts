import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { isNode, type Node, nodesIn, withoutKeys } from '../tree.ts';

/** Values of the effect Stroke by their place. Source: Bodymovin's exports, lottie-web's "SVGStrokeEffect". */
const PLACE = { path: 0, all: 1, color: 3, size: 4, opacity: 6, start: 7, end: 8, style: 10 };
const ON_TRANSPARENT = 2;
const REVEAL = 3;

/** Whether a Stroke of a layer can be drawn: along masks that are there, over the layer or in its place. */
export function isDrawnStroke(layer: LottieLayer, effect: Node): boolean {
  return (
    effect.mn === 'ADBE Stroke' &&
    layer.ae?.adjustment !== true &&
    layer.tt === undefined &&
    layer.td === undefined &&
    strokedPaths(layer, effect).length > 0 &&
    numberOf(effect, PLACE.style) !== REVEAL
  );
}

/**
 * The effect Stroke as a layer of shapes above: the paths of the masks that it follows, with its brush. It is drawn after
 * the masks, so they do not cut it: After Effects renders masks first, then effects (players cut the brush at the mask).
 */
export function withStrokeEffects(layers: LottieLayer[]): LottieLayer[] {
  if (!layers.some((layer) => nodesIn(layer.ef).some((effect) => isDrawnStroke(layer, effect)))) return layers;
  return layers.flatMap((layer) => {
    const strokes = nodesIn(layer.ef).filter((effect) => isDrawnStroke(layer, effect));
    if (strokes.length === 0) return [layer];
    const isReplaced = strokes.some((effect) => numberOf(effect, PLACE.style) === ON_TRANSPARENT);
    const above = strokes.map((effect) => strokeLayer(layer, effect)).reverse();
    const without = { ...layer, ef: nodesIn(layer.ef).filter((effect) => !strokes.includes(effect)) };
    return [...above, isReplaced ? { ...without, hd: true } : without];
  });
}

function strokeLayer(layer: LottieLayer, effect: Node): LottieLayer {
  const value = (place: number) => controlOf(effect, place);
  const brush = {
    ty: 'st',
    c: value(PLACE.color),
    w: value(PLACE.size),
    o: inPercent(value(PLACE.opacity)),
    ...{ lc: 2, lj: 2 },
  };
  const trim = { ty: 'tm', s: value(PLACE.start), e: value(PLACE.end), o: { a: 0, k: 0 }, m: 1 };
  const paths = strokedPaths(layer, effect).map(({ pt }) => ({ ty: 'sh', ks: pt }));
  const rest = withoutKeys(
    layer,
    'ef',
    'sy',
    'masksProperties',
    'hasMask',
    'refId',
    'ind',
    't',
    'tm',
    'sc',
    'sw',
    'sh',
  );
  return { ...rest, ty: LAYER_TYPE.shape, shapes: [{ ty: 'gr', it: [...paths, trim, brush, IDENTITY] }] };
}

const IDENTITY = {
  ty: 'tr',
  ...{ p: { a: 0, k: [0, 0] }, a: { a: 0, k: [0, 0] }, s: { a: 0, k: [100, 100] } },
  ...{ r: { a: 0, k: 0 }, o: { a: 0, k: 100 } },
};

function strokedPaths(layer: LottieLayer, effect: Node): Node[] {
  const masks = nodesIn(layer.masksProperties).filter(({ pt }) => isNode(pt));
  if (numberOf(effect, PLACE.all) === 1) return masks;
  const mask = masks[numberOf(effect, PLACE.path) - 1];
  return mask === undefined ? [] : [mask];
}

function controlOf(effect: Node, place: number): unknown {
  const control = Array.isArray(effect.ef) ? (effect.ef as unknown[])[place] : undefined;
  return isNode(control) ? control.v : undefined;
}

function numberOf(effect: Node, place: number): number {
  const value = controlOf(effect, place);
  return isNode(value) && typeof value.k === 'number' ? value.k : 0;
}

/** The effect's opacity goes from 0 to 1, a shape's to 100. */
function inPercent(opacity: unknown): unknown {
  if (!isNode(opacity)) return { a: 0, k: 100 };
  const times = (value: unknown): unknown =>
    typeof value === 'number' ? value * 100 : Array.isArray(value) ? value.map(times) : value;
  if (!Array.isArray(opacity.k) || !opacity.k.some(isNode)) return { ...opacity, k: times(opacity.k) };
  return {
    ...opacity,
    k: nodesIn(opacity.k).map((key) => ({
      ...key,
      s: times(key.s),
      ...(key.e === undefined ? {} : { e: times(key.e) }),
    })),
  };
}
