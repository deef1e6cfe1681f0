import type { Members } from './standard/family.ts';
import { LAYERS } from './standard/layers.ts';
import { EFFECT_MEMBERS } from './standard/others.ts';
import { FAMILIES } from './standard-properties.ts';

type Row = readonly [matchName: string, name: string];

/** What After Effects names itself. */
const GIVEN: readonly Row[] = [
  ...Object.values(LAYERS),
  EFFECT_MEMBERS,
  ...FAMILIES.flatMap(({ fixed, open }) => [...Object.values(fixed), ...Object.values(open)]),
].flatMap(rows);

/** What the user can give a name, and what it is called until then. */
const ADDED: readonly Row[] = FAMILIES.flatMap(({ indexed }) => Object.values(indexed)).flatMap(rows);

const NAMES = collect([...GIVEN, ...ADDED]);
const MATCH_NAMES = collect(GIVEN.map(([matchName, name]) => [name, matchName]));

function rows(members: Members): Row[] {
  return Object.entries(members).flatMap(([matchName, names]) => [names].flat().map((name): Row => [matchName, name]));
}

function collect(pairs: readonly (readonly [key: string, value: string])[]): ReadonlyMap<string, readonly string[]> {
  const sets = new Map<string, Set<string>>();
  for (const [key, value] of pairs) sets.set(key, (sets.get(key) ?? new Set()).add(value));
  return new Map([...sets].map(([key, values]) => [key, [...values]]));
}

/**
 * The English name that After Effects shows where the user gave no other. The match name itself where no name is known,
 * which scripts take as well.
 */
export function displayName(matchName: string): string {
  return displayNames(matchName)[0] ?? matchName;
}

/**
 * All names that After Effects shows for it in English, the usual one first: a rotation is "Rotation" in 2D and
 * "Z Rotation" in 3D. None if none is known.
 */
export function displayNames(matchName: string): readonly string[] {
  return NAMES.get(matchName) ?? [];
}

/**
 * The match names of all that After Effects shows under this English name. Not of what the user names: the name of a mask
 * is written in the project, and is the same in every language.
 */
export function matchNamesOf(name: string): readonly string[] {
  return MATCH_NAMES.get(name) ?? [];
}
