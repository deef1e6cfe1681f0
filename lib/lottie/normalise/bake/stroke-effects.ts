import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { isNode, mapValues, type Node, nodesIn, withoutKeys } from '../tree.ts';
import { effectNumber, effectValue } from './effect-values.ts';
import { isDrawnSetMatte } from './set-mattes.ts';

/** Values of the effect Stroke by their place. Source: Bodymovin's exports, lottie-web's "SVGStrokeEffect". */
const PLACE = { path: 0, all: 1, color: 3, size: 4, opacity: 6, start: 7, end: 8, style: 10 };
const ON_TRANSPARENT = 2;
const REVEAL = 3;
const ALPHA_MATTE = 1;

/** Whether a Stroke of a layer can be drawn: along masks that are there, and by a matte of its own if it reveals. */
export function isDrawnStroke(layer: LottieLayer, effect: Node): boolean {
  return (
    effect.mn === 'ADBE Stroke' &&
    !nodesIn(layer.ef).some((other) => isDrawnSetMatte(layer, other)) &&
    layer.ae?.adjustment !== true &&
    layer.tt === undefined &&
    layer.td === undefined &&
    strokedPaths(layer, effect).length > 0
  );
}

/**
 * The effect Stroke as a layer of shapes above: the paths of the masks that it follows, with its brush. It is drawn after
 * the masks, so they do not cut it: After Effects renders masks first, then effects (players cut the brush at the mask).
 */
export function withStrokeEffects(layers: LottieLayer[]): LottieLayer[] {
  if (!layers.some((layer) => nodesIn(layer.ef).some((effect) => isDrawnStroke(layer, effect)))) return layers;
  let free = layers.reduce((most, { ind = 0 }) => Math.max(most, ind), 0);
  return layers.flatMap((layer) => {
    const strokes = nodesIn(layer.ef).filter((effect) => isDrawnStroke(layer, effect));
    if (strokes.length === 0) return [layer];
    const style = (wanted: number) => strokes.some((effect) => effectNumber(effect, PLACE.style) === wanted);
    const above = strokes.map((effect) => strokeLayer(layer, effect)).reverse();
    const without = { ...layer, ef: nodesIn(layer.ef).filter((effect) => !strokes.includes(effect)) };
    if (style(ON_TRANSPARENT)) return [...above, { ...without, hd: true }];
    if (!style(REVEAL)) return [...above, without];
    free += 1;
    const [shown] = strokes.filter((effect) => effectNumber(effect, PLACE.style) === REVEAL);
    const matte = { ...strokeLayer(layer, shown ?? {}), ind: free, td: 1 };
    return [matte, { ...without, tt: ALPHA_MATTE, tp: free }];
  });
}

function strokeLayer(layer: LottieLayer, effect: Node): LottieLayer {
  const value = (place: number) => effectValue(effect, place);
  const brush = {
    ty: 'st',
    c: value(PLACE.color),
    w: mapValues(value(PLACE.size), doubled),
    o: timesHundred(value(PLACE.opacity)),
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
  if (effectNumber(effect, PLACE.all) === 1) return masks;
  const mask = masks[effectNumber(effect, PLACE.path) - 1];
  return mask === undefined ? [] : [mask];
}

/** A brush's size is its radius. Source: lottie-web, "SVGStrokeEffect". */
function doubled(size: unknown): unknown {
  return typeof size === 'number' ? size * 2 : Array.isArray(size) ? size.map(doubled) : size;
}

/** The effect's opacity goes from 0 to 1, a shape's to 100. */
function timesHundred(opacity: unknown): unknown {
  const times = (value: unknown): unknown =>
    typeof value === 'number' ? value * 100 : Array.isArray(value) ? value.map(times) : value;
  return isNode(opacity) ? mapValues(opacity, times) : { a: 0, k: 100 };
}
