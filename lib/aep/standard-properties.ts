import type { LayerKind } from './layer-data.ts';
import type { Family, Members } from './standard/family.ts';
import { LAYER_STYLES } from './standard/layer-styles.ts';
import { LAYER_GROUPS, LAYERS } from './standard/layers.ts';
import { MATERIALS } from './standard/materials.ts';
import { CAMERA_AND_LIGHT, EFFECT_MEMBERS, EFFECTS, MASKS, TRACKERS } from './standard/others.ts';
import { SHAPE_FILTERS } from './standard/shape-filters.ts';
import { SHAPES } from './standard/shapes.ts';
import { TEXT } from './standard/text.ts';

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

/** What is in a group before anybody changes anything: a project leaves out what is at its default. */
type StandardChildren =
  /** These match names, always, whether or not the project has them; and none besides. */
  | { kind: 'fixed'; children: readonly string[] }
  /** Only what the user put there, which the project has: effects, masks, contents, animators, … */
  | { kind: 'indexed' }
  /** Nothing: it is no group. */
  | { kind: 'property' }
  /** Not known, or not all of it: effects, essential properties, what an animator changes, … */
  | { kind: 'unknown' };

const fixed = groups((family) => family.fixed);
const indexed = groups((family) => family.indexed);
const open = groups((family) => family.open);

function groups(part: (family: Family) => Readonly<Record<string, Members>>): ReadonlyMap<string, readonly string[]> {
  const entries = FAMILIES.flatMap((family) => Object.entries(part(family)));
  return new Map(entries.map(([matchName, members]) => [matchName, Object.keys(members)]));
}

const known = new Set([
  ...[...fixed.values(), ...open.values()].flat(),
  ...Object.values(LAYERS).flatMap((members) => Object.keys(members)),
  ...Object.keys(EFFECT_MEMBERS),
]);

/** What After Effects puts into the group of this match name. */
export function standardChildren(matchName: string): StandardChildren {
  const children = fixed.get(matchName);
  if (children !== undefined) return { kind: 'fixed', children };
  if (indexed.has(matchName)) return { kind: 'indexed' };
  return { kind: known.has(matchName) && !open.has(matchName) ? 'property' : 'unknown' };
}

/** The match names right under a layer of this kind, in the order of After Effects. */
export function standardGroups(kind: LayerKind): readonly string[] {
  return Object.keys(LAYERS[kind]);
}
