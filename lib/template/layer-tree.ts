/** The groups and properties of a layer by the names that a job can use, as far as the template is known. */
import { displayNames } from '../aep/display-names.ts';
import type { PropertyBase } from '../aep/read-project.ts';
import { EFFECT_MEMBERS } from '../aep/standard/others.ts';
import { standardChildren, standardGroups } from '../aep/standard-properties.ts';
import type { TemplateLayer, TemplateModel, TemplateProperty } from './model.ts';
import { standardValueKind, type ValueKind } from './value-kind.ts';

export interface LayerNode {
  /** All that After Effects may call it, the usual name first. */
  names: readonly string[];
  matchName: string;
  /** `unknown`: it may be either. */
  kind: 'group' | 'property' | 'unknown';
  /** What it takes; null of a group, and if that is not known. */
  takes: ValueKind | null;
  /** `complete` is false if it may contain more than these. */
  children(): { nodes: LayerNode[]; complete: boolean };
}

/** The layer itself, as the root of its tree. */
export function layerTree(model: TemplateModel, layer: TemplateLayer): LayerNode {
  const { kind, properties } = layer;
  const names = [layer.name];
  if (kind === 'unknown')
    return { names, matchName: '', kind: 'group', takes: null, children: () => ({ nodes: [], complete: false }) };
  // The bundled renderer shows what the document has, and After Effects all that a layer of the kind can have.
  const isLottie = model.type === 'json' || model.type === 'lottie';
  return group(names, '', () =>
    isLottie ? properties.map(listedNode) : membersOf(standardGroups(kind), properties, { model, layer }),
  );
}

function listedNode({ name, matchName, properties, takes }: TemplateProperty): LayerNode {
  const children = () => ({ nodes: (properties ?? []).map(listedNode), complete: true });
  return {
    names: [name],
    matchName,
    kind: properties === undefined ? 'property' : 'group',
    takes: takes ?? standardValueKind(matchName),
    children,
  };
}

interface Place {
  model: TemplateModel;
  layer: TemplateLayer;
}

/** What After Effects always has, with what the template says of it, and then what only the template has. */
function membersOf(standard: readonly string[], own: readonly TemplateProperty[], place: Place): LayerNode[] {
  const isStandard = new Set(standard);
  const ownOf = new Map(own.map((property) => [property.matchName, property]));
  return [
    ...standard.map((matchName) => node(displayNames(matchName), matchName, ownOf.get(matchName), place)),
    ...addedTo(
      own.filter(({ matchName }) => !isStandard.has(matchName)),
      place,
    ),
  ];
}

/** What the user added, under the names that it was given. */
function addedTo(own: readonly TemplateProperty[], place: Place): LayerNode[] {
  return own.map((property) => node([property.name], property.matchName, property, place));
}

function node(names: readonly string[], matchName: string, own: TemplateProperty | undefined, place: Place): LayerNode {
  const inside = own?.properties ?? [];
  const standard = standardChildren(matchName);
  switch (standard.kind) {
    case 'property':
      return {
        names,
        matchName,
        kind: 'property',
        takes: standardValueKind(matchName),
        children: () => ({ nodes: [], complete: true }),
      };
    case 'fixed':
      return group(names, matchName, () => membersOf(standard.children, inside, place));
    case 'indexed':
      return group(names, matchName, () =>
        matchName === 'ADBE Effect Parade' ? inside.map((effect) => effectNode(effect, place)) : addedTo(inside, place),
      );
    case 'unknown': {
      const children = () => ({ nodes: addedTo(inside, place), complete: isEmptyHere(matchName, place) });
      return { names, matchName, kind: 'unknown', takes: null, children };
    }
  }
}

function group(names: readonly string[], matchName: string, nodes: () => LayerNode[]): LayerNode {
  return { names, matchName, kind: 'group', takes: null, children: () => ({ nodes: nodes(), complete: true }) };
}

/** The controls of an effect are listed without the groups that its window shows, as scripts see them. */
function effectNode({ name, matchName }: TemplateProperty, place: Place): LayerNode {
  const controls = place.model.effects[matchName];
  const children = () => ({
    nodes: [...(controls ?? []).map(listedNode), ...membersOf(Object.keys(EFFECT_MEMBERS), [], place)],
    complete: controls !== undefined,
  });
  return { names: [name], matchName, kind: 'group', takes: null, children };
}

/** Files whose data or parts After Effects shows as properties of the layer. */
const FILE_WITH_PROPERTIES = /\.(m?g?json|csv|tsv|txt|jsx|glb|gltf|fbx|obj)$/i;

/** Whether a group that can hold what we do not know has nothing in it on this layer. */
function isEmptyHere(matchName: string, { model, layer }: Place): boolean {
  switch (matchName) {
    case 'ADBE Layer Sets':
      return true;
    case 'ADBE Layer Overrides':
      // Essential Properties are those of the composition that the layer shows.
      return !model.compositions.some(({ id, controls }) => id === layer.sourceId && controls.length > 0);
    case 'ADBE Text Animator Properties':
    case 'ADBE Light Env Atom':
      return false;
    default: {
      // The others are of data files and of bodies in 3D, which After Effects counts as footage.
      const source = model.footage.find(({ id }) => id === layer.sourceId);
      const isPlainFile = source?.kind === 'file' && source.path !== null && !FILE_WITH_PROPERTIES.test(source.path);
      return layer.kind !== 'footage' || isPlainFile;
    }
  }
}

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
