import type { EffectParameter } from './effect-definition.ts';
import type { PropertyValue } from './property.ts';
import type { PropertyContext } from './property-context.ts';
import { inShownUnits, unitFactors } from './property-layout.ts';

/** What After Effects leaves out of the file, where it is always the same. Source: the user interface's own defaults. */
const DEFAULTS: Readonly<Record<string, number | readonly number[]>> = {
  'ADBE Scale': [100, 100, 100],
  'ADBE Orientation': [0, 0, 0],
  'ADBE Rotate X': 0,
  'ADBE Rotate Y': 0,
  'ADBE Rotate Z': 0,
  'ADBE Mask Feather': [0, 0],
  'ADBE Mask Opacity': 100,
  'ADBE Mask Offset': 0,
  'ADBE Vector Blend Mode': 1,
  'ADBE Vector Composite Order': 1,
  'ADBE Vector Anchor': [0, 0],
  'ADBE Vector Position': [0, 0],
  'ADBE Vector Scale': [100, 100],
  'ADBE Vector Skew': 0,
  'ADBE Vector Skew Axis': 0,
  'ADBE Vector Rotation': 0,
  'ADBE Vector Group Opacity': 100,
  'ADBE Vector Shape Direction': 1,
  'ADBE Vector Rect Size': [100, 100],
  'ADBE Vector Rect Position': [0, 0],
  'ADBE Vector Rect Roundness': 0,
  'ADBE Vector Ellipse Size': [100, 100],
  'ADBE Vector Ellipse Position': [0, 0],
  'ADBE Vector Star Type': 1,
  'ADBE Vector Star Points': 5,
  'ADBE Vector Star Position': [0, 0],
  'ADBE Vector Star Rotation': 0,
  'ADBE Vector Star Inner Radius': 50,
  'ADBE Vector Star Outer Radius': 100,
  'ADBE Vector Star Inner Roundess': 0,
  'ADBE Vector Star Outer Roundess': 0,
  'ADBE Vector Fill Color': [1, 0, 0, 1],
  'ADBE Vector Fill Opacity': 100,
  'ADBE Vector Fill Rule': 1,
  'ADBE Vector Stroke Color': [1, 1, 1, 1],
  'ADBE Vector Stroke Opacity': 100,
  'ADBE Vector Stroke Width': 2,
  'ADBE Vector Stroke Line Cap': 1,
  'ADBE Vector Stroke Line Join': 1,
  'ADBE Vector Stroke Miter Limit': 4,
  'ADBE Vector Stroke Offset': 0,
  'ADBE Vector Grad Type': 1,
  'ADBE Vector Grad Start Pt': [0, 0],
  'ADBE Vector Grad End Pt': [100, 0],
  'ADBE Vector Grad HiLite Length': 0,
  'ADBE Vector Grad HiLite Angle': 0,
  'ADBE Vector Merge Type': 1,
  'ADBE Vector Offset Amount': 10,
  'ADBE Vector Repeater Copies': 3,
  'ADBE Vector Repeater Offset': 0,
  'ADBE Vector RoundCorner Radius': 10,
  'ADBE Vector Trim Start': 0,
  'ADBE Vector Trim End': 100,
  'ADBE Vector Trim Offset': 0,
  'ADBE Vector Trim Type': 1,
};

/**
 * The value of a property that is not in the file, because it was never changed. Undefined if it is not known.
 * Where it depends on the layer, so does the result: a null's opacity is 0 and its anchor
 * point its corner; any other anchor point is the source's centre.
 */
export function defaultValue(matchName: string, context: PropertyContext): PropertyValue | undefined {
  const [width, height] = context.sourceSize ?? [0, 0];
  switch (matchName) {
    case 'ADBE Opacity':
      return context.nullLayer ? 0 : 100;
    case 'ADBE Anchor Point':
      return context.nullLayer ? [0, 0, 0] : [width / 2, height / 2, 0];
    case 'ADBE Position':
      return [context.compSize[0] / 2, context.compSize[1] / 2, 0];
  }
  const value = Object.hasOwn(DEFAULTS, matchName) ? DEFAULTS[matchName] : undefined;
  return typeof value === 'object' ? [...value] : value;
}

/** The value that an effect's control has where the layer says nothing of it, in the units that are shown. */
export function parameterValue(parameter: EffectParameter, context: PropertyContext): PropertyValue {
  if (parameter.value === null) return null;
  const factors = unitFactors(parameter.matchName, parameter.control === 'TWO_D', context);
  const shown = inShownUnits(parameter.value, { color: parameter.control === 'COLOR' }, factors);
  return shown.length === 1 ? (shown[0] ?? null) : shown;
}
