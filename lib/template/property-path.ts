import { suggestNames } from '../contract/faults.ts';
import { type LayerNode, layerTree } from './layer-tree.ts';
import type { TemplateLayer, TemplateModel } from './model.ts';

/** A property that a job names, as far as the template is known. */
interface FoundProperty {
  /** The way to it as the script takes it, in the names of the template. */
  path: string;
  /** Null if it may be there, but the template does not list it. */
  node: LayerNode | null;
}

/**
 * Finds a property of a layer by its name or path; or says why the layer has none. The rules are those of the script that
 * sets it (lib/script/runtime/property.jsx): a bare name is looked for in the whole layer, the nearest to its top first; a
 * path is followed step by step, and each step is a display name or a match name. A path with dots, as nexrender writes
 * them, is taken if it leads to one place.
 */
export function findProperty(
  model: TemplateModel,
  layer: TemplateLayer,
  path: string,
): FoundProperty | { fault: string } {
  const root = layerTree(model, layer);
  const steps = path.split('->');
  if (steps.length > 1) {
    return followPath(
      root,
      steps.map((step) => step.trim()),
      path,
    );
  }
  const found = findBareName(root, path);
  return 'fault' in found && path.includes('.') ? (dottedPath(root, path) ?? withAdvice(found, root, path)) : found;
}

function findBareName(root: LayerNode, name: string): FoundProperty | { fault: string } {
  const { nodes, complete } = everythingUnder(root);
  const found = named(nodes, name);
  const property = found.find(({ kind }) => kind !== 'group');
  if (property !== undefined) return { path: nameAs(property, name), node: property };
  const [group] = found;
  if (group !== undefined) return groupFault(root, group, name);
  if (!complete) return { path: name, node: null };
  const names = namesOf(nodes.filter(({ kind }) => kind !== 'group'));
  return { fault: `Property '${name}' not found in layer '${root.names[0]}'; ${suggestNames(name, names)}` };
}

/** Level by level, as the script looks. */
function everythingUnder(root: LayerNode): { nodes: LayerNode[]; complete: boolean } {
  const nodes = [root];
  let complete = true;
  // The list grows while it is walked.
  for (const node of nodes) {
    const children = node.children();
    complete &&= children.complete;
    nodes.push(...children.nodes);
  }
  return { nodes: nodes.slice(1), complete };
}

function followPath(root: LayerNode, steps: readonly string[], path: string): FoundProperty | { fault: string } {
  // After Effects has groups of one name beside each other ("Geometry Options"): all of them are followed.
  let reached = [root];
  const names: string[] = [];
  for (const [position, step] of steps.entries()) {
    const inside = reached.map((node) => node.children());
    const nodes = inside.flatMap((children) => children.nodes);
    const next = named(nodes, step);
    const [first] = next;
    if (first === undefined) {
      if (inside.some(({ complete }) => !complete))
        return { path: [...names, ...steps.slice(position)].join('->'), node: null };
      const [node] = reached;
      const where = node === root ? `layer '${root.names[0]}'` : `'${node?.names[0]}' of layer '${root.names[0]}'`;
      return { fault: `Property '${step}' not found in ${where}; ${suggestNames(step, namesOf(nodes))}` };
    }
    names.push(nameAs(first, step));
    reached = next;
  }
  const property = reached.find(({ kind }) => kind !== 'group');
  const [group] = reached;
  if (property === undefined && group !== undefined) return groupFault(root, group, path);
  return { path: names.join('->'), node: property ?? null };
}

/** The only way that a path with dots can mean; null if there is none, or more than one. A name may have dots itself. */
function dottedPath(root: LayerNode, path: string): FoundProperty | null {
  const found = new Map<LayerNode, string[]>();
  const walk = (node: LayerNode, parts: readonly string[], way: readonly string[]): void => {
    if (parts.length === 0) {
      if (node.kind !== 'group') found.set(node, [...way]);
      return;
    }
    const { nodes } = node.children();
    for (let length = 1; length <= parts.length; length += 1) {
      const name = parts.slice(0, length).join('.');
      for (const child of named(nodes, name)) walk(child, parts.slice(length), [...way, nameAs(child, name)]);
    }
  };
  walk(root, path.split('.').slice(0, MOST_STEPS), []);
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? null : { path: only[1].join('->'), node: only[0] };
}

/** No property of After Effects is deeper. */
const MOST_STEPS = 30;

function withAdvice(found: { fault: string }, root: LayerNode, path: string): { fault: string } {
  const [first = '', ...rest] = path.split('.');
  const isText = named(everythingUnder(root).nodes, first).some(({ matchName }) => matchName === 'ADBE Text Document');
  const advice = isText
    ? `'${rest.join('.')}' of a text is set by the function nx:text-params-set`
    : `write a path with arrows: ${path.replaceAll('.', '->')}`;
  return { fault: `${found.fault}; ${advice}` };
}

function groupFault(root: LayerNode, group: LayerNode, path: string): { fault: string } {
  const members = suggestNames('', namesOf(group.children().nodes));
  return { fault: `'${path}' of layer '${root.names[0]}' is a group and takes no value; ${members}` };
}

function namesOf(nodes: readonly LayerNode[]): string[] {
  return nodes.map(({ names, matchName }) => names[0] ?? matchName);
}

/** Those of this name; if there are none, those whose names differ only in how accents are written. */
function named(nodes: readonly LayerNode[], wanted: string): LayerNode[] {
  const exact = nodes.filter((node) => isNamed(node, wanted));
  if (exact.length > 0) return exact;
  const composed = wanted.normalize('NFC');
  return nodes.filter(({ names }) => names.some((name) => name.normalize('NFC') === composed));
}

function isNamed({ names, matchName }: LayerNode, wanted: string): boolean {
  return matchName === wanted || names.includes(wanted);
}

/** The name that the script finds it by: the one that was written, or the template's own spelling of it. */
function nameAs(node: LayerNode, written: string): string {
  if (isNamed(node, written)) return written;
  const composed = written.normalize('NFC');
  return node.names.find((name) => name.normalize('NFC') === composed) ?? written;
}
