import type { Family } from './family.ts';

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
