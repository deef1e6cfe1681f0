import type { Family, Members } from './family.ts';
import { facesOf } from './materials.ts';
import { SHAPE_FILTER_NAMES } from './shape-filters.ts';

const DIRECTION: Members = { 'ADBE Vector Shape Direction': 'Shape Direction' };
const BLEND_MODE: Members = { 'ADBE Vector Blend Mode': 'Blend Mode' };
const COMPOSITE: Members = { ...BLEND_MODE, 'ADBE Vector Composite Order': 'Composite' };
const FILL_RULE: Members = { 'ADBE Vector Fill Rule': 'Fill Rule' };
const FILL_OPACITY: Members = { 'ADBE Vector Fill Opacity': 'Opacity' };

const GRADIENT: Members = {
  'ADBE Vector Grad Type': 'Type',
  'ADBE Vector Grad Start Pt': 'Start Point',
  'ADBE Vector Grad End Pt': 'End Point',
  'ADBE Vector Grad HiLite Length': 'Highlight Length',
  'ADBE Vector Grad HiLite Angle': 'Highlight Angle',
  // From After Effects 2026 on.
  'ADBE Vector Grad Scale': 'Scale',
  'ADBE Vector Grad Rotation': 'Rotation',
  'ADBE Vector Grad Colors': 'Colors',
};

const STROKE: Members = {
  'ADBE Vector Stroke Opacity': 'Opacity',
  'ADBE Vector Stroke Width': 'Stroke Width',
  'ADBE Vector Stroke Line Cap': 'Line Cap',
  'ADBE Vector Stroke Line Join': 'Line Join',
  'ADBE Vector Stroke Miter Limit': 'Miter Limit',
  'ADBE Vector Stroke Dashes': 'Dashes',
  'ADBE Vector Stroke Taper': 'Taper',
  'ADBE Vector Stroke Wave': 'Wave',
};

/** What "Contents" can hold. A path that was drawn is named after its tool: "Rectangle Path 1". */
const CONTENTS: Members = {
  'ADBE Vector Group': 'Group',
  'ADBE Vector Shape - Rect': ['Rectangle Path', 'Rectangle'],
  'ADBE Vector Shape - Ellipse': ['Ellipse Path', 'Ellipse'],
  'ADBE Vector Shape - Star': ['Polystar Path', 'Polystar'],
  'ADBE Vector Shape - Group': 'Path',
  'ADBE Vector Graphic - Fill': 'Fill',
  'ADBE Vector Graphic - Stroke': 'Stroke',
  'ADBE Vector Graphic - G-Fill': 'Gradient Fill',
  'ADBE Vector Graphic - G-Stroke': 'Gradient Stroke',
  ...SHAPE_FILTER_NAMES,
};

/** Groups, paths, fills and strokes of shape layers. */
export const SHAPES: Family = {
  fixed: {
    'ADBE Vector Group': {
      ...BLEND_MODE,
      'ADBE Vectors Group': 'Contents',
      'ADBE Vector Transform Group': 'Transform',
      'ADBE Vector Materials Group': 'Material Options',
    },
    'ADBE Vector Transform Group': {
      'ADBE Vector Anchor': 'Anchor Point',
      'ADBE Vector Position': 'Position',
      'ADBE Vector Scale': 'Scale',
      'ADBE Vector Skew': 'Skew',
      'ADBE Vector Skew Axis': 'Skew Axis',
      'ADBE Vector Rotation': 'Rotation',
      'ADBE Vector Group Opacity': 'Opacity',
    },
    'ADBE Vector Materials Group': facesOf('ADBE Vec3D', { RGB: 'Color' }),
    'ADBE Vector Shape - Rect': {
      ...DIRECTION,
      'ADBE Vector Rect Size': 'Size',
      'ADBE Vector Rect Position': 'Position',
      'ADBE Vector Rect Roundness': 'Roundness',
    },
    'ADBE Vector Shape - Ellipse': {
      ...DIRECTION,
      'ADBE Vector Ellipse Size': 'Size',
      'ADBE Vector Ellipse Position': 'Position',
    },
    'ADBE Vector Shape - Star': {
      ...DIRECTION,
      'ADBE Vector Star Type': 'Type',
      'ADBE Vector Star Points': 'Points',
      'ADBE Vector Star Position': 'Position',
      'ADBE Vector Star Rotation': 'Rotation',
      'ADBE Vector Star Inner Radius': 'Inner Radius',
      'ADBE Vector Star Outer Radius': 'Outer Radius',
      // So spelt.
      'ADBE Vector Star Inner Roundess': 'Inner Roundness',
      'ADBE Vector Star Outer Roundess': 'Outer Roundness',
    },
    'ADBE Vector Shape - Group': { ...DIRECTION, 'ADBE Vector Shape': 'Path' },
    'ADBE Vector Graphic - Fill': {
      ...COMPOSITE,
      ...FILL_RULE,
      'ADBE Vector Fill Color': 'Color',
      ...FILL_OPACITY,
    },
    'ADBE Vector Graphic - Stroke': { ...COMPOSITE, 'ADBE Vector Stroke Color': 'Color', ...STROKE },
    'ADBE Vector Graphic - G-Fill': { ...COMPOSITE, ...FILL_RULE, ...GRADIENT, ...FILL_OPACITY },
    'ADBE Vector Graphic - G-Stroke': { ...COMPOSITE, ...GRADIENT, ...STROKE },
    // All are there, dashes that were not added included.
    'ADBE Vector Stroke Dashes': {
      'ADBE Vector Stroke Dash 1': 'Dash',
      'ADBE Vector Stroke Gap 1': 'Gap',
      'ADBE Vector Stroke Dash 2': 'Dash 2',
      'ADBE Vector Stroke Gap 2': 'Gap 2',
      'ADBE Vector Stroke Dash 3': 'Dash 3',
      'ADBE Vector Stroke Gap 3': 'Gap 3',
      'ADBE Vector Stroke Offset': 'Offset',
    },
    'ADBE Vector Stroke Taper': {
      'ADBE Vector Taper Length Units': 'Length Units',
      'ADBE Vector Taper Start Length': 'Start Length',
      'ADBE Vector Taper End Length': 'End Length',
      // The lengths once more, in pixels.
      'ADBE Vector Taper StartWidthPx': 'Start Length',
      'ADBE Vector Taper EndWidthPx': 'End Length',
      'ADBE Vector Taper Start Width': 'Start Width',
      'ADBE Vector Taper End Width': 'End Width',
      'ADBE Vector Taper Start Ease': 'Start Ease',
      'ADBE Vector Taper End Ease': 'End Ease',
    },
    'ADBE Vector Stroke Wave': {
      'ADBE Vector Taper Wave Amount': 'Amount',
      'ADBE Vector Taper Wave Units': 'Units',
      'ADBE Vector Taper Wavelength': 'Wavelength',
      'ADBE Vector Taper Wave Cycles': 'Cycles',
      'ADBE Vector Taper Wave Phase': 'Phase',
    },
  },
  indexed: {
    'ADBE Root Vectors Group': CONTENTS,
    'ADBE Vectors Group': CONTENTS,
  },
  open: {},
};
