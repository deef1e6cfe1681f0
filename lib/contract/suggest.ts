import { distance } from 'fastest-levenshtein';

/** More names than this do not help a reader. */
const MOST_LISTED = 20;

/** The words that end a message about a name that does not exist: the nearest one, and those that do. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return 'there are none';
  const unique = [...new Set(names)];
  const list = unique
    .slice(0, MOST_LISTED)
    .map((name) => `'${name}'`)
    .join(', ');
  const more = unique.length > MOST_LISTED ? ` and ${unique.length - MOST_LISTED} more` : '';
  const nearest = nearestName(wanted, unique);
  return `${nearest === undefined ? '' : `did you mean '${nearest}'? `}there are ${list}${more}`;
}

/** The name that was meant, if one is near enough. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const short = wanted.slice(0, 200).toLowerCase();
  const ranked = names
    .map((name) => ({ name, steps: distance(short, name.slice(0, 200).toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const [best] = ranked;
  return best !== undefined && best.steps <= Math.max(2, Math.floor(short.length / 3)) ? best.name : undefined;
}
