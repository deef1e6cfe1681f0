import { openChunks, survey } from './chunks.ts';
import { transcribeXml } from './chunks-xml.ts';
import { type EffectDefinition, readEffectDefinitions } from './effect-definition.ts';
import { TemplateFault } from './fault.ts';
import { readFolderItems } from './folder.ts';
import type { FootageItem } from './footage.ts';
import type { CompItem, FolderItem, Item } from './items.ts';
import { isKnownChunk } from './known-chunks.ts';
import type { LayerProject } from './layer.ts';
import type { Project } from './project.ts';
import { readProjectHeader } from './project-header.ts';

export type { ControlType, EffectDefinition, EffectParameter } from './effect-definition.ts';
export type { Controller, ControllerStep, ControllerType, EssentialGraphics } from './essential-graphics.ts';
export { TemplateFault } from './fault.ts';
export type { FileSource, FootageItem, PlaceholderSource } from './footage.ts';
export type { GradientColors } from './gradient.ts';
export type { CompItem, FolderItem, Item } from './items.ts';
export type { Ease, Interpolation } from './keyframes.ts';
export type { Layer } from './layer.ts';
export type { LayerSwitches } from './layer-data.ts';
export type { LayerKind } from './layer-kind.ts';
export type { MarkerValue } from './marker.ts';
export type { Marker } from './markers.ts';
export type { MaskInfo } from './mask-info.ts';
export type { Project } from './project.ts';
export type { AppVersion } from './project-header.ts';
export type { Expression, Keyframe, Property, PropertyValue, PropertyValueType } from './property.ts';
export type { PropertyBase, PropertyGroup } from './property-group.ts';
export type { ShapePath } from './shape-path.ts';
export type { SolidSource } from './solid.ts';
export type { CharacterStyle, Justification, TextDocument } from './text-document.ts';

/**
 * Reads an After Effects project (.aep).
 *
 * ```ts
 * const project = readProject(await readFile('promo.aep'));
 * for (const comp of project.compositions) console.log(comp.name, comp.layers.map((layer) => layer.name));
 * ```
 *
 * The bytes must not change while the project is in use: properties are decoded from them when they are asked for.
 * A file that is cut or damaged gives what could be read, with `complete` false and `warnings` that say where.
 *
 * @throws {TemplateFault} `TEMPLATE_UNREADABLE`, with the offset, where nothing of it can be read.
 */
export function readProject(file: Uint8Array): Project {
  // Not as a Buffer, whose windows cost much more, and a project has hundreds of thousands of them.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const root = openChunks(bytes);
  const { fault, unknown } = survey(bytes, root, isKnownChunk);
  const warnings = fault === null ? [] : [`The project is damaged at byte ${fault.offset}: ${fault.what}.`];

  const rootFolder: FolderItem = {
    id: 0,
    name: 'Root',
    comment: '',
    label: 0,
    parentFolder: null,
    typeName: 'Folder',
    items: [],
  };
  const items: Item[] = [];
  const byId = new Map<number, Item>([[0, rootFolder]]);
  let effects: Map<string, EffectDefinition> | null = null;
  const layerProject: LayerProject = {
    itemById: (id) => byId.get(id) ?? null,
    effectDefinition: (matchName) => {
      effects ??= readEffectDefinitions(root);
      return effects.get(matchName) ?? null;
    },
  };

  const folder = root.first('Fold');
  if (folder === null) {
    throw new TemplateFault('The project has no items that can be read', fault?.offset ?? root.start);
  }
  readFolderItems(folder, rootFolder, layerProject, {
    found: (item) => {
      items.push(item);
      byId.set(item.id, item);
    },
    lost: (offset) => {
      warnings.push(`An item of the project at byte ${offset} cannot be read.`);
    },
  });

  const compositions = items.filter((item): item is CompItem => item.typeName === 'Composition');
  return {
    ...readProjectHeader(root),
    rootFolder,
    items,
    itemById: layerProject.itemById,
    compositions,
    get mainComposition() {
      return mainCompositionOf(compositions);
    },
    footage: items.filter((item): item is FootageItem => item.typeName === 'Footage'),
    get effects() {
      effects ??= readEffectDefinitions(root);
      return effects;
    },
    unknownChunks: unknown,
    complete: warnings.length === 0,
    warnings,
  };
}

function mainCompositionOf(compositions: readonly CompItem[]): CompItem | null {
  const shown = new Set(compositions.flatMap(({ layers }) => layers.map(({ source }) => source?.id)));
  return (
    compositions.find(({ essentialGraphics }) => essentialGraphics !== null) ??
    compositions.find(({ id }) => !shown.has(id)) ??
    compositions[0] ??
    null
  );
}

/**
 * Reads an After Effects project in its XML form (.aepx); the model is that of the same project as .aep. Offsets in
 * warnings are those of the binary form.
 *
 * @throws {TemplateFault} `TEMPLATE_UNREADABLE`, with the place in the XML, where it is not such a file.
 */
export function readProjectXml(bytes: Uint8Array): Project {
  return readProject(transcribeXml(bytes));
}
