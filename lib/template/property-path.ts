import { suggestNames } from '../contract/suggest.ts';
import { type LayerNode, layerTree } from './layer-tree.ts';
import type { TemplateLayer, TemplateModel } from './model.ts';

/**
 * Why a layer cannot have a property of this name or path; null where it has, or may have. The rules are those of the
 * script that sets it (lib/script/runtime/property.jsx): a bare name is looked for in the whole layer, a path is followed
 * step by step, and each step is a display name or a match name.
 */
export function propertyFault(model: TemplateModel, layer: TemplateLayer, path: string): string | null {
  const root = layerTree(model, layer);
  const steps = path.split('->');
  return steps.length === 1
    ? bareNameFault(root, path)
    : pathFault(
        root,
        steps.map((step) => step.trim()),
        path,
      );
}

function bareNameFault(root: LayerNode, name: string): string | null {
  const { nodes, complete } = everythingUnder(root);
  const found = nodes.filter((node) => isNamed(node, name));
  if (found.some(({ kind }) => kind !== 'group')) return null;
  const [group] = found;
  if (group !== undefined) return groupFault(root, group, name);
  if (!complete) return null;
  const names = namesOf(nodes.filter(({ kind }) => kind !== 'group'));
  return `Property '${name}' not found in layer '${root.names[0]}'; ${suggestNames(name, names)}`;
}

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

function pathFault(root: LayerNode, steps: readonly string[], path: string): string | null {
  // After Effects has groups of one name beside each other ("Geometry Options"): all of them are followed.
  let reached = [root];
  for (const step of steps) {
    const inside = reached.map((node) => node.children());
    const nodes = inside.flatMap((children) => children.nodes);
    const next = nodes.filter((node) => isNamed(node, step));
    if (next.length === 0) {
      if (inside.some(({ complete }) => !complete)) return null;
      const [node] = reached;
      const where = node === root ? `layer '${root.names[0]}'` : `'${node?.names[0]}' of layer '${root.names[0]}'`;
      return `Property '${step}' not found in ${where}; ${suggestNames(step, namesOf(nodes))}`;
    }
    reached = next;
  }
  const [group] = reached;
  return group !== undefined && reached.every(({ kind }) => kind === 'group') ? groupFault(root, group, path) : null;
}

function groupFault(root: LayerNode, group: LayerNode, path: string): string {
  const members = suggestNames('', namesOf(group.children().nodes));
  return `'${path}' of layer '${root.names[0]}' is a group and takes no value; ${members}`;
}

function namesOf(nodes: readonly LayerNode[]): string[] {
  return nodes.map(({ names, matchName }) => names[0] ?? matchName);
}

function isNamed({ names, matchName }: LayerNode, wanted: string): boolean {
  return matchName === wanted || names.includes(wanted);
}
