/**
 * Where After Effects' properties lie in a Lottie document: key in the document, display name, match name, kind of
 * value. Sources: the Lottie specification; After Effects Scripting Guide, "Match Names".
 */

/** The names of After Effects' PropertyValueType that a Lottie document has values of. */
export type ValueKind =
  | 'NO_VALUE'
  | 'ThreeD_SPATIAL'
  | 'ThreeD'
  | 'TwoD_SPATIAL'
  | 'TwoD'
  | 'OneD'
  | 'COLOR'
  | 'TEXT_DOCUMENT';

export type PropertyRow = readonly [key: string, name: string, matchName: string, kind: ValueKind];

/** The properties in `ks`. A two-dimensional layer has no orientation. */
export const TRANSFORM: readonly PropertyRow[] = [
  ['a', 'Anchor Point', 'ADBE Anchor Point', 'ThreeD_SPATIAL'],
  ['p', 'Position', 'ADBE Position', 'ThreeD_SPATIAL'],
  ['s', 'Scale', 'ADBE Scale', 'ThreeD'],
  ['or', 'Orientation', 'ADBE Orientation', 'ThreeD_SPATIAL'],
  ['rx', 'X Rotation', 'ADBE Rotate X', 'OneD'],
  ['ry', 'Y Rotation', 'ADBE Rotate Y', 'OneD'],
  ['rz', 'Z Rotation', 'ADBE Rotate Z', 'OneD'],
  ['r', 'Rotation', 'ADBE Rotate Z', 'OneD'],
  ['o', 'Opacity', 'ADBE Opacity', 'OneD'],
];

/** The properties of a position whose dimensions are separated. */
export const SEPARATED: readonly PropertyRow[] = [
  ['x', 'X Position', 'ADBE Position_0', 'OneD'],
  ['y', 'Y Position', 'ADBE Position_1', 'OneD'],
  ['z', 'Z Position', 'ADBE Position_2', 'OneD'],
];

export const MASK: readonly PropertyRow[] = [
  ['f', 'Mask Feather', 'ADBE Mask Feather', 'TwoD'],
  ['o', 'Mask Opacity', 'ADBE Mask Opacity', 'OneD'],
  ['x', 'Mask Expansion', 'ADBE Mask Offset', 'OneD'],
];

const SHAPE_TRANSFORM: readonly PropertyRow[] = [
  ['a', 'Anchor Point', 'ADBE Vector Anchor', 'TwoD_SPATIAL'],
  ['p', 'Position', 'ADBE Vector Position', 'TwoD_SPATIAL'],
  ['s', 'Scale', 'ADBE Vector Scale', 'TwoD'],
  ['sk', 'Skew', 'ADBE Vector Skew', 'OneD'],
  ['sa', 'Skew Axis', 'ADBE Vector Skew Axis', 'OneD'],
  ['r', 'Rotation', 'ADBE Vector Rotation', 'OneD'],
  ['o', 'Opacity', 'ADBE Vector Group Opacity', 'OneD'],
];

/** Kinds of shape by their `ty`, with the name that After Effects gives them. */
export const SHAPES: Readonly<Record<string, { name: string; matchName: string; rows: readonly PropertyRow[] }>> = {
  tr: { name: 'Transform', matchName: 'ADBE Vector Transform Group', rows: SHAPE_TRANSFORM },
  fl: {
    name: 'Fill',
    matchName: 'ADBE Vector Graphic - Fill',
    rows: [
      ['c', 'Color', 'ADBE Vector Fill Color', 'COLOR'],
      ['o', 'Opacity', 'ADBE Vector Fill Opacity', 'OneD'],
    ],
  },
  st: {
    name: 'Stroke',
    matchName: 'ADBE Vector Graphic - Stroke',
    rows: [
      ['c', 'Color', 'ADBE Vector Stroke Color', 'COLOR'],
      ['o', 'Opacity', 'ADBE Vector Stroke Opacity', 'OneD'],
      ['w', 'Stroke Width', 'ADBE Vector Stroke Width', 'OneD'],
    ],
  },
  el: {
    name: 'Ellipse Path',
    matchName: 'ADBE Vector Shape - Ellipse',
    rows: [
      ['s', 'Size', 'ADBE Vector Ellipse Size', 'TwoD'],
      ['p', 'Position', 'ADBE Vector Ellipse Position', 'TwoD_SPATIAL'],
    ],
  },
  rc: {
    name: 'Rectangle Path',
    matchName: 'ADBE Vector Shape - Rect',
    rows: [
      ['s', 'Size', 'ADBE Vector Rect Size', 'TwoD'],
      ['p', 'Position', 'ADBE Vector Rect Position', 'TwoD_SPATIAL'],
      ['r', 'Roundness', 'ADBE Vector Rect Roundness', 'OneD'],
    ],
  },
  sr: {
    name: 'Polystar Path',
    matchName: 'ADBE Vector Shape - Star',
    rows: [
      ['pt', 'Points', 'ADBE Vector Star Points', 'OneD'],
      ['p', 'Position', 'ADBE Vector Star Position', 'TwoD_SPATIAL'],
      ['r', 'Rotation', 'ADBE Vector Star Rotation', 'OneD'],
      ['ir', 'Inner Radius', 'ADBE Vector Star Inner Radius', 'OneD'],
      ['or', 'Outer Radius', 'ADBE Vector Star Outer Radius', 'OneD'],
      ['is', 'Inner Roundness', 'ADBE Vector Star Inner Roundess', 'OneD'],
      ['os', 'Outer Roundness', 'ADBE Vector Star Outer Roundess', 'OneD'],
    ],
  },
  tm: {
    name: 'Trim Paths',
    matchName: 'ADBE Vector Filter - Trim',
    rows: [
      ['s', 'Start', 'ADBE Vector Trim Start', 'OneD'],
      ['e', 'End', 'ADBE Vector Trim End', 'OneD'],
      ['o', 'Offset', 'ADBE Vector Trim Offset', 'OneD'],
    ],
  },
  rd: {
    name: 'Round Corners',
    matchName: 'ADBE Vector Filter - RC',
    rows: [['r', 'Radius', 'ADBE Vector RoundCorner Radius', 'OneD']],
  },
  gf: {
    name: 'Gradient Fill',
    matchName: 'ADBE Vector Graphic - G-Fill',
    rows: [['o', 'Opacity', 'ADBE Vector Fill Opacity', 'OneD']],
  },
  gs: {
    name: 'Gradient Stroke',
    matchName: 'ADBE Vector Graphic - G-Stroke',
    rows: [
      ['o', 'Opacity', 'ADBE Vector Stroke Opacity', 'OneD'],
      ['w', 'Stroke Width', 'ADBE Vector Stroke Width', 'OneD'],
    ],
  },
};

/** Kinds of effect control by their `ty`. */
export const EFFECT_VALUES: Readonly<Record<number, ValueKind>> = {
  0: 'OneD',
  1: 'OneD',
  2: 'COLOR',
  3: 'TwoD_SPATIAL',
  4: 'OneD',
  7: 'OneD',
  10: 'OneD',
};
