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

/** Motion trackers and their points. Source: public scripts that read and write them; no record of a whole list was found. */
export const TRACKERS: Family = {
  fixed: {
    'ADBE MTracker Pt': {
      'ADBE MTracker Pt Feature Center': 'Feature Center',
      'ADBE MTracker Pt Feature Size': 'Feature Size',
      'ADBE MTracker Pt Search Ofst': 'Search Offset',
      'ADBE MTracker Pt Search Size': 'Search Size',
      'ADBE MTracker Pt Confidence': 'Confidence',
      'ADBE MTracker Pt Attach Pt': 'Attach Point',
      'ADBE MTracker Pt Attach Pt Ofst': 'Attach Point Offset',
    },
  },
  indexed: {
    'ADBE MTrackers': { 'ADBE MTracker': 'Tracker' },
    'ADBE MTracker': { 'ADBE MTracker Pt': 'Track Point' },
  },
  open: {},
};

/** Masks of layers, and the masks that an effect keeps to. */
export const MASKS: Family = {
  fixed: {
    'ADBE Mask Atom': {
      'ADBE Mask Shape': 'Mask Path',
      'ADBE Mask Feather': 'Mask Feather',
      'ADBE Mask Opacity': 'Mask Opacity',
      'ADBE Mask Offset': 'Mask Expansion',
    },
    'ADBE Effect Mask': { 'ADBE Effect Path Stream Ref': 'Mask Reference' },
  },
  indexed: {
    'ADBE Mask Parade': { 'ADBE Mask Atom': 'Mask' },
    'ADBE Effect Mask Parade': { 'ADBE Effect Mask': 'Mask Reference' },
  },
  open: {},
};

/** What effects have beside their own controls, which their definitions name (see `effect-definition.ts`). */
export const EFFECTS: Family = {
  fixed: {
    'ADBE Effect Built In Params': {
      'ADBE Effect Mask Parade': 'Masks',
      'ADBE Effect Mask Opacity': 'Effect Opacity',
      'ADBE Force CPU GPU': 'GPU Rendering',
    },
  },
  indexed: { 'ADBE Effect Parade': {} },
  open: {},
};

/** After Effects puts it at the end of every effect. */
export const EFFECT_MEMBERS = { 'ADBE Effect Built In Params': 'Compositing Options' } as const;
