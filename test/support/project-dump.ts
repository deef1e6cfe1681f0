import type { Item } from '../../lib/aep/items.ts';
import type { Layer } from '../../lib/aep/layer.ts';
import type { PropertyBase } from '../../lib/aep/property-group.ts';
import type { Project } from '../../lib/aep/read-project.ts';

/** The whole project as plain data: everything that is read lazily is read. */
export function dumpProject(project: Project): object {
  return {
    version: project.version?.text,
    bitsPerChannel: project.bitsPerChannel,
    expressionEngine: project.expressionEngine,
    effects: [...project.effects.values()],
    items: project.items.map(dumpItem),
  };
}

function dumpItem(item: Item): object {
  const { parentFolder, ...data } = item;
  const parent = parentFolder?.id;
  if (item.typeName === 'Folder') return { ...data, parent, items: item.items.map(({ id }) => id) };
  if (item.typeName === 'Footage') return { ...data, parent };
  const { layerById: _layerById, markers, ...comp } = item;
  return { ...comp, parentFolder: parent, markers: markers(), layers: item.layers.map(dumpLayer) };
}

function dumpLayer(layer: Layer): object {
  const { id, index, name, kind, startTime, inPoint, outPoint, stretch, blendingMode, trackMatteType, switches } =
    layer;
  return {
    ...{ id, index, name, kind, startTime, inPoint, outPoint, stretch, blendingMode, trackMatteType, switches },
    parent: layer.parent?.id,
    source: layer.source?.id,
    matte: layer.trackMatteLayer?.id,
    text: layer.textDocument,
    markers: layer.markers,
    masks: layer.masks.map(({ mask }) => mask),
    properties: layer.properties().map(dumpProperty),
  };
}

function dumpProperty(property: PropertyBase): object {
  const { matchName, name, enabled } = property;
  if (property.kind === 'group') {
    return { matchName, name, enabled, mask: property.mask, properties: property.properties().map(dumpProperty) };
  }
  const { valueType, value, keyframes, expression, dimensionsSeparated } = property;
  return { matchName, name, enabled, valueType, value, keyframes, expression, dimensionsSeparated };
}

/** The number of groups and properties of a project: says that its trees were read, and how much. */
export function countProperties(project: Project): number {
  const count = (properties: readonly PropertyBase[]): number =>
    properties.reduce((sum, child) => sum + 1 + (child.kind === 'group' ? count(child.properties()) : 0), 0);
  return project.compositions
    .flatMap(({ layers }) => layers)
    .reduce((sum, layer) => sum + count(layer.properties()), 0);
}
