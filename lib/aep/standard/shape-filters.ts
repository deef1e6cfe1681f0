import type { Family, Members } from './family.ts';

export const SHAPE_FILTER_NAMES: Members = {
  'ADBE Vector Filter - Merge': 'Merge Paths',
  'ADBE Vector Filter - Offset': 'Offset Paths',
  'ADBE Vector Filter - PB': 'Pucker & Bloat',
  'ADBE Vector Filter - Repeater': 'Repeater',
  'ADBE Vector Filter - RC': 'Round Corners',
  'ADBE Vector Filter - Trim': 'Trim Paths',
  'ADBE Vector Filter - Twist': 'Twist',
  'ADBE Vector Filter - Roughen': 'Wiggle Paths',
  'ADBE Vector Filter - Wiggler': 'Wiggle Transform',
  'ADBE Vector Filter - Zigzag': 'Zig Zag',
};

const WIGGLE: Members = {
  'ADBE Vector Correlation': 'Correlation',
  'ADBE Vector Temporal Phase': 'Temporal Phase',
  'ADBE Vector Spatial Phase': 'Spatial Phase',
  'ADBE Vector Random Seed': 'Random Seed',
};

/** What shape layers do with the paths before them. */
export const SHAPE_FILTERS: Family = {
  fixed: {
    'ADBE Vector Filter - Merge': { 'ADBE Vector Merge Type': 'Mode' },
    'ADBE Vector Filter - Offset': {
      'ADBE Vector Offset Amount': 'Amount',
      'ADBE Vector Offset Line Join': 'Line Join',
      'ADBE Vector Offset Miter Limit': 'Miter Limit',
      'ADBE Vector Offset Copies': 'Copies',
      'ADBE Vector Offset Copy Offset': 'Copy Offset',
    },
    'ADBE Vector Filter - PB': { 'ADBE Vector PuckerBloat Amount': 'Amount' },
    'ADBE Vector Filter - Repeater': {
      'ADBE Vector Repeater Copies': 'Copies',
      'ADBE Vector Repeater Offset': 'Offset',
      'ADBE Vector Repeater Order': 'Composite',
      'ADBE Vector Repeater Transform': 'Transform',
    },
    'ADBE Vector Repeater Transform': {
      'ADBE Vector Repeater Anchor': 'Anchor Point',
      'ADBE Vector Repeater Position': 'Position',
      'ADBE Vector Repeater Scale': 'Scale',
      'ADBE Vector Repeater Rotation': 'Rotation',
      'ADBE Vector Repeater Opacity 1': 'Start Opacity',
      'ADBE Vector Repeater Opacity 2': 'End Opacity',
    },
    'ADBE Vector Filter - RC': { 'ADBE Vector RoundCorner Radius': 'Radius' },
    'ADBE Vector Filter - Trim': {
      'ADBE Vector Trim Start': 'Start',
      'ADBE Vector Trim End': 'End',
      'ADBE Vector Trim Offset': 'Offset',
      'ADBE Vector Trim Type': 'Trim Multiple Shapes',
    },
    'ADBE Vector Filter - Twist': {
      'ADBE Vector Twist Angle': 'Angle',
      'ADBE Vector Twist Center': 'Center',
    },
    'ADBE Vector Filter - Roughen': {
      'ADBE Vector Roughen Size': 'Size',
      'ADBE Vector Roughen Detail': 'Detail',
      'ADBE Vector Roughen Points': 'Points',
      'ADBE Vector Temporal Freq': 'Wiggles/Second',
      ...WIGGLE,
    },
    'ADBE Vector Filter - Wiggler': {
      'ADBE Vector Xform Temporal Freq': 'Wiggles/Second',
      ...WIGGLE,
      'ADBE Vector Wiggler Transform': 'Transform',
    },
    'ADBE Vector Wiggler Transform': {
      'ADBE Vector Wiggler Anchor': 'Anchor Point',
      'ADBE Vector Wiggler Position': 'Position',
      'ADBE Vector Wiggler Scale': 'Scale',
      'ADBE Vector Wiggler Rotation': 'Rotation',
    },
    'ADBE Vector Filter - Zigzag': {
      'ADBE Vector Zigzag Size': 'Size',
      'ADBE Vector Zigzag Detail': 'Ridges per segment',
      'ADBE Vector Zigzag Points': 'Points',
    },
  },
  indexed: {},
  open: {},
};
