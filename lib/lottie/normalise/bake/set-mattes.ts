import { LAYER_TYPE, type LottieLayer } from '../../document/index.ts';
import { type Node, nodesIn, withoutKeys } from '../tree.ts';
import { effectNumber } from './effect-values.ts';

const SET_MATTE = 'ADBE Set Matte3';
/** Values of the effect Set Matte by their place. Source: Bodymovin's exports. */
const PLACE = { layer: 0, channel: 1, inverted: 2 };
/** `tt` by the channel that is used for the matte. */
const MATTES: Readonly<Record<number, readonly [plain: number, inverted: number]>> = { 4: [1, 2], 5: [3, 4] };
/** Drawn in the composition's space, with their transform; other layers give their source as it is. */
const DRAWN_IN_PLACE: ReadonlySet<unknown> = new Set([LAYER_TYPE.shape, LAYER_TYPE.text]);

/** Whether a Set Matte can be drawn as a track matte: by alpha or luminance, as the only one that its layer has. */
export function isDrawnSetMatte(layer: LottieLayer, effect: Node): boolean {
  return (
    effect.mn === SET_MATTE &&
    layer.ae?.adjustment !== true &&
    layer.tt === undefined &&
    MATTES[effectNumber(effect, PLACE.channel)] !== undefined &&
    mattesIn(layer)[0] === effect
  );
}

/** The effects that need a track matte, or a layer without one. */
function mattesIn(layer: LottieLayer): Node[] {
  return nodesIn(layer.ef).filter(({ mn, en }) => en !== 0 && (mn === SET_MATTE || mn === 'ADBE Stroke'));
}

/**
 * The effect Set Matte as a track matte whose source is a copy of the layer that it names, before that one's masks and
 * effects. Source: Adobe's help, "Set Matte effect".
 */
export function withSetMattes(layers: LottieLayer[]): LottieLayer[] {
  if (!layers.some((layer) => activeSetMatte(layer) !== undefined)) return layers;
  let free = layers.reduce((most, { ind = 0 }) => Math.max(most, ind), 0);
  return layers.flatMap((layer) => {
    const effect = activeSetMatte(layer);
    const source = layers.find(({ ind }) => effect !== undefined && ind === effectNumber(effect, PLACE.layer));
    // A matte from no layer changes nothing.
    if (effect === undefined || source === undefined) return [layer];
    free += 1;
    const [plain, inverted] = MATTES[effectNumber(effect, PLACE.channel)] ?? [1, 2];
    const tt = effectNumber(effect, PLACE.inverted) === 1 ? inverted : plain;
    const ef = nodesIn(layer.ef).filter((other) => other !== effect);
    return [
      { ...matteSource(source, layer), ind: free, td: 1 },
      { ...layer, ef, tt, tp: free },
    ];
  });
}

function activeSetMatte(layer: LottieLayer): Node | undefined {
  return nodesIn(layer.ef).find((effect) => effect.en !== 0 && isDrawnSetMatte(layer, effect));
}

function matteSource(source: LottieLayer, layer: LottieLayer): LottieLayer {
  const plain = withoutKeys(source, 'ef', 'sy', 'masksProperties', 'hasMask', 'tt', 'tp', 'hd', 'bm');
  if (DRAWN_IN_PLACE.has(source.ty)) return plain;
  const { parent, ks } = layer;
  return { ...withoutKeys(plain, 'parent'), ks, ...(parent === undefined ? {} : { parent }) };
}
