import type { Members } from './family.ts';
import { facesOf } from './materials.ts';

/** What a text animator can change. After Effects answers with all of them, also with those that were not added. */
export const TEXT_ANIMATOR_PROPERTIES: Members = {
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
