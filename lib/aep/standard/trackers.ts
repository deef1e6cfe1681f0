import type { Family } from './family.ts';

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
