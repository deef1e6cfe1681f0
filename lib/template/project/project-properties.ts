import type { PropertyBase } from '../../aep/read-project.ts';
import { standardChildren } from '../../aep/standard-properties.ts';
import type { TemplateProperty } from '../model.ts';

/**
 * What of a layer's properties is its own: the members of the groups that a user fills (effects, masks, contents,
 * animators), and the way to them. The rest is the same for every layer, see `standard-properties.ts`.
 */
export function ownProperties(properties: readonly PropertyBase[], parent = ''): TemplateProperty[] {
  const added = parent !== '' && standardChildren(parent).kind === 'indexed';
  return properties.flatMap((property, position) => {
    if (property.kind === 'property') return added ? [{ name: property.name, matchName: property.matchName }] : [];
    const { matchName } = property;
    const name =
      property.ownName === '' && NUMBERED.has(matchName) ? `${property.name} ${position + 1}` : property.name;
    // The controls of an effect are those of its kind; the model lists them once.
    if (parent === 'ADBE Effect Parade') return [{ name, matchName }];
    const inside = mayHoldOwn(matchName) ? ownProperties(property.properties(), matchName) : [];
    return added || inside.length > 0 ? [{ name, matchName, properties: inside }] : [];
  });
}

/** After Effects numbers these if the user gave them no name. */
const NUMBERED: ReadonlySet<string> = new Set(['ADBE Mask Atom', 'ADBE Text Animator', 'ADBE Text Selector']);

const known = new Map<string, boolean>();

/** Whether anything below a group can be the user's own: a large project has many groups of which that is known. */
function mayHoldOwn(matchName: string): boolean {
  const before = known.get(matchName);
  if (before !== undefined) return before;
  const standard = standardChildren(matchName);
  const may = standard.kind === 'fixed' ? standard.children.some(mayHoldOwn) : standard.kind !== 'property';
  known.set(matchName, may);
  return may;
}
