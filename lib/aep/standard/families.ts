import { CAMERA_AND_LIGHT } from './camera-and-light.ts';
import { EFFECTS } from './effects.ts';
import type { Family } from './family.ts';
import { LAYER_STYLES } from './layer-styles.ts';
import { LAYER_GROUPS } from './layers.ts';
import { MASKS } from './masks.ts';
import { MATERIALS } from './materials.ts';
import { SHAPE_FILTERS } from './shape-filters.ts';
import { SHAPES } from './shapes.ts';
import { TEXT } from './text.ts';
import { TRACKERS } from './trackers.ts';

/** Every group that After Effects has of its own, but for the layers themselves. */
export const FAMILIES: readonly Family[] = [
  LAYER_GROUPS,
  MASKS,
  EFFECTS,
  TRACKERS,
  TEXT,
  SHAPES,
  SHAPE_FILTERS,
  LAYER_STYLES,
  MATERIALS,
  CAMERA_AND_LIGHT,
];
