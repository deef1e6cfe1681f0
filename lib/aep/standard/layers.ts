import type { LayerKind } from '../layer-data.ts';
import type { Family, Members } from './family.ts';

const GEOMETRY: Members = {
  'ADBE Extrsn Options Group': 'Geometry Options',
  'ADBE Material Options Group': 'Material Options',
  'ADBE Audio Group': 'Audio',
};

const MASKED: Members = {
  'ADBE Mask Parade': 'Masks',
  'ADBE Effect Parade': 'Effects',
  'ADBE Transform Group': 'Transform',
  'ADBE Layer Styles': 'Layer Styles',
};

const MARKER: Members = { 'ADBE Marker': 'Marker' };
const SETS: Members = { 'ADBE Layer Sets': 'Sets' };

const WITH_SOURCE: Members = {
  ...MARKER,
  'ADBE Time Remapping': 'Time Remap',
  'ADBE MTrackers': 'Motion Trackers',
  ...MASKED,
  'ADBE Plane Options Group': 'Geometry Options',
  ...GEOMETRY,
  'ADBE Data Group': 'Data',
  'ADBE Layer Overrides': 'Essential Properties',
  ...SETS,
  'ADBE Source Options Group': ['Replace Source', 'Essential Properties'],
};

/**
 * The properties of 3D models and of the solids of After Effects 2026, which are footage as well. The match name of
 * "Animation Options" (of models that move) is the one that scripts use; no record of After Effects' own answer was found.
 */
const MODEL: Members = {
  'ADBE Animation Options': 'Animation Options',
  'ADBE Compositing Options Group': 'Compositing Options',
  'ADBE3D Para Mat Parade': 'Material Assignment',
  'ADBE Displacement Options': 'Displacement Options',
  'ADBE CubeMeshOptionsSGrp': 'Mesh Options',
  'ADBE CubeBevelOptionsSGrp': 'Bevel Options',
  'ADBE SphereMeshOptionsSGrp': 'Mesh Options',
  'ADBE PlaneMeshOptionsSGrp': 'Mesh Options',
  'ADBE TorusMeshOptionsSGrp': 'Mesh Options',
  'ADBE ConeMeshOptionsSGrp': 'Mesh Options',
  'ADBE ConeBevelBevelSGrp': 'Bevel Options',
  'ADBE CylinderMeshOptionsSGrp': 'Mesh Options',
  'ADBE CylinderBevelOptionsSGrp': 'Bevel Options',
};

/** What is right under a layer. After Effects answers with the same, whether the layer is in 2D or 3D. */
export const LAYERS: Readonly<Record<LayerKind, Members>> = {
  text: { ...MARKER, 'ADBE Text Properties': 'Text', ...MASKED, ...GEOMETRY, ...SETS },
  shape: { ...MARKER, 'ADBE Root Vectors Group': 'Contents', ...MASKED, ...GEOMETRY, ...SETS },
  camera: { ...MARKER, 'ADBE Transform Group': 'Transform', 'ADBE Camera Options Group': 'Camera Options' },
  light: { ...MARKER, 'ADBE Transform Group': 'Transform', 'ADBE Light Options Group': 'Light Options' },
  footage: { ...WITH_SOURCE, ...MODEL },
  solid: WITH_SOURCE,
  null: WITH_SOURCE,
  adjustment: WITH_SOURCE,
  precomposition: WITH_SOURCE,
  audio: WITH_SOURCE,
};

/** The groups that layers of several kinds have. */
export const LAYER_GROUPS: Family = {
  fixed: {
    // A camera and a light have the same ones, those without effect included.
    'ADBE Transform Group': {
      'ADBE Anchor Point': ['Anchor Point', 'Point of Interest'],
      'ADBE Position': 'Position',
      'ADBE Position_0': 'X Position',
      'ADBE Position_1': 'Y Position',
      'ADBE Position_2': 'Z Position',
      'ADBE Scale': 'Scale',
      'ADBE Orientation': 'Orientation',
      'ADBE Rotate X': 'X Rotation',
      'ADBE Rotate Y': 'Y Rotation',
      // In 2D and in 3D.
      'ADBE Rotate Z': ['Rotation', 'Z Rotation'],
      'ADBE Opacity': 'Opacity',
      'ADBE Envir Appear in Reflect': 'Appears in Reflections',
    },
    'ADBE Audio Group': { 'ADBE Audio Levels': 'Audio Levels' },
    // In the timeline and to scripts.
    'ADBE Source Options Group': { 'ADBE Layer Source Alternate': ['Source', 'Item Cache Entry'] },
  },
  indexed: {},
  open: {
    // Their members come from the data file, and from the Essential Graphics of the source.
    'ADBE Data Group': {},
    'ADBE Layer Overrides': {},
    'ADBE Layer Sets': {},
    ...Object.fromEntries(Object.keys(MODEL).map((matchName) => [matchName, {}])),
  },
};
