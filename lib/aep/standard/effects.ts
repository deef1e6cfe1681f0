import type { Family } from './family.ts';

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
