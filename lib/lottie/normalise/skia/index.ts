import type { LottieDocument, LottieLayer } from '../../document/index.ts';
import { mapLayerLists, mapLayers } from '../tree.ts';
import { withOpenedCompositions } from './collapsed.ts';
import { withoutColorAlpha } from './color-alpha.ts';
import { withWholeDashes } from './dashes.ts';
import { withoutEffectsOff } from './effects-off.ts';
import { withFaintMasks } from './faint-masks.ts';
import { withGradientSamples } from './gradient-samples.ts';
import { withHardStops } from './hard-stops.ts';
import { withoutHiddenFlag } from './hidden-flag.ts';
import { withHidingMasks } from './hiding-masks.ts';
import { withIndices } from './indices.ts';
import { withIsolatedBlends } from './isolated-blends.ts';
import { withoutEmptyMattes } from './mattes.ts';
import { withMirroredSkewAxis } from './skew-axis.ts';
import { withSixDigits } from './solid-colors.ts';
import { withPlainText } from './text-characters.ts';
import { withTracking } from './tracking.ts';

const RULES: readonly ((layer: LottieLayer) => LottieLayer)[] = [
  withoutEffectsOff,
  withoutColorAlpha,
  withMirroredSkewAxis,
  withGradientSamples,
  withHardStops,
  withWholeDashes,
  withoutHiddenFlag,
  withFaintMasks,
  withHidingMasks,
  withIsolatedBlends,
  withSixDigits,
  withPlainText,
  withTracking,
];

/** The same picture, written as Skia reads it. */
export function fitForSkia(document: LottieDocument): LottieDocument {
  const fit = mapLayers(document, (layer) => RULES.reduce((made, rule) => rule(made), layer));
  return withOpenedCompositions(mapLayerLists(fit, (layers) => withIndices(withoutEmptyMattes(layers))));
}
