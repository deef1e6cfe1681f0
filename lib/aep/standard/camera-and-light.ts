import type { Family } from './family.ts';

export const CAMERA_AND_LIGHT: Family = {
  fixed: {
    'ADBE Camera Options Group': {
      'ADBE Camera Zoom': 'Zoom',
      'ADBE Camera Depth of Field': 'Depth of Field',
      'ADBE Camera Focus Distance': 'Focus Distance',
      'ADBE Camera Aperture': 'Aperture',
      'ADBE Camera Blur Level': 'Blur Level',
      // From After Effects 2026 on.
      'ADBE Camera Focus Area Width': 'Focus Area Width',
      'ADBE Camera Split Blur Level': 'Near, Far Blur Level',
      'ADBE Iris Shape': 'Iris Shape',
      'ADBE Iris Rotation': 'Iris Rotation',
      'ADBE Iris Roundness': 'Iris Roundness',
      'ADBE Iris Aspect Ratio': 'Iris Aspect Ratio',
      'ADBE Iris Diffraction Fringe': 'Iris Diffraction Fringe',
      'ADBE Iris Highlight Gain': 'Highlight Gain',
      'ADBE Iris Highlight Threshold': 'Highlight Threshold',
      // So spelt.
      'ADBE Iris Hightlight Saturation': 'Highlight Saturation',
    },
    // All types of lights have these.
    'ADBE Light Options Group': {
      'ADBE Light Env Atom': 'Source',
      'ADBE Light Backgd Visible': 'Background Visible',
      'ADBE Light Backgd Opacity': 'Background Opacity',
      'ADBE Light Backgd Blur': 'Background Blur',
      'ADBE Light Intensity': 'Intensity',
      'ADBE Light Color': 'Color',
      'ADBE Light Cone Angle': 'Cone Angle',
      'ADBE Light Cone Feather 2': 'Cone Feather',
      'ADBE Light Falloff Type': 'Falloff',
      'ADBE Light Falloff Start': 'Radius',
      'ADBE Light Falloff Distance': 'Falloff Distance',
      'ADBE Casts Shadows': 'Casts Shadows',
      'ADBE Light Shadow Darkness': 'Shadow Darkness',
      'ADBE Light Shadow Diffusion': 'Shadow Diffusion',
    },
  },
  indexed: {},
  open: {
    // The picture around the scene of an environment light.
    'ADBE Light Env Atom': {},
  },
};
