import type { LottieDocument, LottieLayer } from '../../document/index.ts';
import { mapLayerLists, mapLayers, mapShapeLists, type Node } from '../tree.ts';
import { withAdjustmentLayers } from './adjustment-layers.ts';
import { Baking, MOST_BAKED_NUMBERS } from './baking.ts';
import { withGaussianBlurs } from './blurs.ts';
import { withMeasuredDashes } from './dashed-paths.ts';
import { withEases } from './eases.ts';
import type { PathGeometry } from './geometry.ts';
import { withGradientMidpoints } from './gradients.ts';
import { withMasks } from './masks.ts';
import { withModifiers } from './modifiers.ts';
import { withMorphingPaths } from './morphing-paths.ts';
import { withEllipses, withPolystars } from './polystars.ts';
import { withRepeaters } from './repeaters.ts';
import { withSetMattes } from './set-mattes.ts';
import { withStrokeEffects } from './stroke-effects.ts';

/** In their order: a repeater repeats what the rules before it have made. */
const SHAPE_RULES: readonly ((items: Node[], baking: Baking) => Node[])[] = [
  withModifiers,
  withPolystars,
  withEllipses,
  withMorphingPaths,
  withGradientMidpoints,
  withRepeaters,
];

/**
 * What Skia lacks, in terms of what it has; frame by frame where it moves. Throws `TooMuchToBake`.
 */
export function baked(document: LottieDocument, geometry: PathGeometry): LottieDocument {
  const baking = new Baking(geometry, { left: MOST_BAKED_NUMBERS });
  const stroked = mapLayerLists(withAdjustmentLayers(document), (layers) => withStrokeEffects(withSetMattes(layers)));
  return mapLayers(stroked, (layer) => bakedLayer(withGaussianBlurs(layer), baking.for(layer)));
}

function bakedLayer(layer: LottieLayer, baking: Baking): LottieLayer {
  const shaped = mapShapeLists(layer, (items) => {
    const made = SHAPE_RULES.reduce((list, rule) => rule(list, baking), items);
    return made.length === items.length && made.every((item, place) => item === items[place]) ? items : made;
  });
  return withEases(withMasks(withMeasuredDashes(shaped, baking), baking), baking);
}
