import type { LayerFacts } from '../model.ts';

/** The number of a property right in a group of a layer, by match names. */
export function propertyOf({ members }: LayerFacts, group: string, matchName: string): number | null {
  const within = members.find((member) => member.matchName === group)?.members;
  return within?.find((member) => member.matchName === matchName)?.property ?? null;
}
