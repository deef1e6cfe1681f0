import type { Family, Members } from './family.ts';
import { facesOf } from './materials.ts';

/** What a text animator can change. After Effects answers with all of them, also with those that were not added. */
const TEXT_ANIMATOR_PROPERTIES: Members = {
  'ADBE Text Anchor Point 3D': 'Anchor Point',
  'ADBE Text Position 3D': 'Position',
  'ADBE Text Scale 3D': 'Scale',
  // Only in old projects.
  'ADBE Text Anchor Point': 'Anchor Point',
  'ADBE Text Position': 'Position',
  'ADBE Text Scale': 'Scale',
  'ADBE Text Skew': 'Skew',
  'ADBE Text Skew Axis': 'Skew Axis',
  'ADBE Text Rotation X': 'X Rotation',
  'ADBE Text Rotation Y': 'Y Rotation',
  // With all characters in one plane, and with each in 3D.
  'ADBE Text Rotation': ['Rotation', 'Z Rotation'],
  'ADBE Text Opacity': 'Opacity',
  'ADBE Text Fill Opacity': 'Fill Opacity',
  'ADBE Text Stroke Opacity': 'Stroke Opacity',
  'ADBE Text Fill Color': 'Fill Color',
  'ADBE Text Stroke Color': 'Stroke Color',
  'ADBE Text Fill Hue': 'Fill Hue',
  'ADBE Text Stroke Hue': 'Stroke Hue',
  'ADBE Text Fill Saturation': 'Fill Saturation',
  'ADBE Text Stroke Saturation': 'Stroke Saturation',
  'ADBE Text Fill Brightness': 'Fill Brightness',
  'ADBE Text Stroke Brightness': 'Stroke Brightness',
  ...facesOf('ADBE 3DText', {
    RGB: 'Color',
    Hue: 'Hue',
    Sat: 'Saturation',
    Bright: 'Brightness',
    Opacity: 'Opacity',
  }),
  'ADBE 3DText Bevel Depth': 'Bevel Depth',
  'ADBE 3DText Extrude Depth': 'Extrusion Depth',
  'ADBE Text Stroke Width': 'Stroke Width',
  'ADBE Text Line Anchor': 'Line Anchor',
  'ADBE Text Track Type': 'Tracking Type',
  'ADBE Text Tracking Amount': 'Tracking Amount',
  'ADBE Text Character Change Type': 'Character Alignment',
  'ADBE Text Character Range': 'Character Range',
  'ADBE Text Character Replace': 'Character Value',
  'ADBE Text Character Offset': 'Character Offset',
  'ADBE Text Line Spacing': 'Line Spacing',
  'ADBE Text Blur': 'Blur',
};

const MODE: Members = { 'ADBE Text Selector Mode': 'Mode' };
const BASED_ON: Members = { 'ADBE Text Range Type2': 'Based On' };

export const TEXT: Family = {
  fixed: {
    'ADBE Text Properties': {
      'ADBE Text Document': 'Source Text',
      'ADBE Text Path Options': 'Path Options',
      'ADBE Text More Options': 'More Options',
      'ADBE Text Animators': 'Animators',
    },
    'ADBE Text Path Options': {
      'ADBE Text Path': 'Path',
      'ADBE Text Reverse Path': 'Reverse Path',
      'ADBE Text Perpendicular To Path': 'Perpendicular To Path',
      'ADBE Text Force Align Path': 'Force Alignment',
      'ADBE Text First Margin': 'First Margin',
      'ADBE Text Last Margin': 'Last Margin',
    },
    'ADBE Text More Options': {
      'ADBE Text Anchor Point Option': 'Anchor Point Grouping',
      'ADBE Text Anchor Point Align': 'Grouping Alignment',
      'ADBE Text Render Order': 'Fill & Stroke',
      'ADBE Text Character Blend Mode': 'Inter-Character Blending',
      // From After Effects 2026 on.
      'ADBE Text Variable Font Spacing': 'Variable Font Spacing',
    },
    'ADBE Text Animator': {
      'ADBE Text Selectors': 'Selectors',
      'ADBE Text Animator Properties': 'Properties',
    },
    'ADBE Text Selector': {
      // By percent and by index: one set is shown, the other is there as well.
      'ADBE Text Percent Start': 'Start',
      'ADBE Text Percent End': 'End',
      'ADBE Text Percent Offset': 'Offset',
      'ADBE Text Index Start': 'Start',
      'ADBE Text Index End': 'End',
      'ADBE Text Index Offset': 'Offset',
      'ADBE Text Range Advanced': 'Advanced',
    },
    'ADBE Text Range Advanced': {
      'ADBE Text Range Units': 'Units',
      ...BASED_ON,
      ...MODE,
      'ADBE Text Selector Max Amount': 'Amount',
      'ADBE Text Range Shape': 'Shape',
      'ADBE Text Selector Smoothness': 'Smoothness',
      'ADBE Text Levels Max Ease': 'Ease High',
      'ADBE Text Levels Min Ease': 'Ease Low',
      'ADBE Text Randomize Order': 'Randomize Order',
      'ADBE Text Random Seed': 'Random Seed',
    },
    'ADBE Text Wiggly Selector': {
      ...MODE,
      'ADBE Text Wiggly Max Amount': 'Max Amount',
      'ADBE Text Wiggly Min Amount': 'Min Amount',
      ...BASED_ON,
      'ADBE Text Temporal Freq': 'Wiggles/Second',
      'ADBE Text Character Correlation': 'Correlation',
      'ADBE Text Temporal Phase': 'Temporal Phase',
      'ADBE Text Spatial Phase': 'Spatial Phase',
      'ADBE Text Wiggly Lock Dim': 'Lock Dimensions',
      'ADBE Text Wiggly Random Seed': 'Random Seed',
    },
    'ADBE Text Expressible Selector': {
      ...BASED_ON,
      'ADBE Text Expressible Amount': 'Amount',
    },
  },
  indexed: {
    'ADBE Text Animators': { 'ADBE Text Animator': 'Animator' },
    'ADBE Text Selectors': {
      'ADBE Text Selector': 'Range Selector',
      'ADBE Text Wiggly Selector': 'Wiggly Selector',
      'ADBE Text Expressible Selector': 'Expression Selector',
    },
  },
  open: {
    // A variable font adds its axes, under names of its own.
    'ADBE Text Animator Properties': TEXT_ANIMATOR_PROPERTIES,
  },
};
