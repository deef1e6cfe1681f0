import type { Layer, PropertyGroup } from '../aep/read-project.ts';
import type { Animated } from './keyframes.ts';
import { animated, groupOf, type LayerContext, propertyIn } from './properties.ts';

/** `ks` of a layer: where it is. A document has the rotations of all axes only of a layer in 3D. */
export function convertTransform(layer: Layer, context: LayerContext): Record<string, unknown> {
  const group = groupOf(layer.property('ADBE Transform Group'));
  const isCamera = layer.kind === 'camera' || layer.kind === 'light';
  const threeD = layer.switches.threeD || isCamera;
  const transform: Record<string, unknown> = {
    o: animated(group, 'ADBE Opacity', context, { otherwise: 100 }),
    p: convertPosition(group, threeD, context),
    a: animated(group, 'ADBE Anchor Point', context, { otherwise: [0, 0, 0] }),
    s: animated(group, 'ADBE Scale', context, { otherwise: [100, 100, 100] }),
  };
  if (!threeD) return { ...transform, r: animated(group, 'ADBE Rotate Z', context) };
  // A camera without a point of interest looks straight ahead: the document's has none then.
  if (layer.kind === 'camera' && !layer.looksAtPoint) delete transform.a;
  return {
    ...transform,
    rx: animated(group, 'ADBE Rotate X', context),
    ry: animated(group, 'ADBE Rotate Y', context),
    rz: animated(group, 'ADBE Rotate Z', context),
    or: animated(group, 'ADBE Orientation', context, { otherwise: [0, 0, 0] }),
  };
}

/** A position as a whole, or each dimension as a property of its own. */
function convertPosition(
  group: PropertyGroup | null,
  threeD: boolean,
  context: LayerContext,
): Animated | Record<string, unknown> {
  const position = propertyIn(group, 'ADBE Position');
  if (position?.dimensionsSeparated !== true)
    return animated(group, 'ADBE Position', context, { otherwise: [0, 0, 0] });
  return {
    s: true,
    x: animated(group, 'ADBE Position_0', context),
    y: animated(group, 'ADBE Position_1', context),
    ...(threeD ? { z: animated(group, 'ADBE Position_2', context) } : {}),
  };
}
