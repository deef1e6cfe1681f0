import { type Chunk, isKnownChunk, openChunks, survey } from './chunks.ts';
import { transcribeXml } from './chunks-xml.ts';
import { type EffectDefinition, readEffectDefinitions } from './effect-definition.ts';
import { TemplateFault } from './fault.ts';
import type { FootageItem } from './footage.ts';
import { type CompItem, type FolderItem, type Item, readFolderItems } from './items.ts';
import type { LayerProject } from './layer.ts';

/**
 * A project, in the words of After Effects' own object model. Items and layers are read; the properties of a layer are
 * decoded when they are asked for, from the file's bytes, which the project holds on to.
 */
export interface Project extends ProjectHeader {
  rootFolder: FolderItem;
  /** All items but the root folder, those of a folder right after it, as in After Effects' `items`. */
  items: readonly Item[];
  /** Null if no item has this id. */
  itemById(id: number): Item | null;
  compositions: readonly CompItem[];
  footage: readonly FootageItem[];
  /** The one that is made for the Essential Graphics panel; else the first that no other one shows. */
  mainComposition: CompItem | null;
  /** The effects that the project uses, by match name. */
  effects: ReadonlyMap<string, EffectDefinition>;
  /** How often each chunk stands in the file that this reader does not know, by id. */
  unknownChunks: ReadonlyMap<string, number>;
  /** False if a part of the file could not be read: what is missing here may well be in the project. */
  complete: boolean;
  /** What could not be read, in sentences, with the byte where it is. */
  warnings: readonly string[];
}

export type { ControlType, EffectDefinition, EffectParameter } from './effect-definition.ts';
export type { Controller, ControllerStep, ControllerType, EssentialGraphics } from './essential-graphics.ts';
export { TemplateFault } from './fault.ts';
export type { FileSource, FootageItem, PhotoshopLayer, PlaceholderSource, SolidSource } from './footage.ts';
export type { GradientColors } from './gradient.ts';
export type { CompItem, FolderItem, Item } from './items.ts';
export type { Ease, Interpolation } from './keyframes.ts';
export type { Layer } from './layer.ts';
export type { LayerKind, LayerSwitches } from './layer-data.ts';
export type { Marker, MarkerValue } from './markers.ts';
export type { Expression, Keyframe, Property, PropertyValue, PropertyValueType } from './property.ts';
export type { MaskInfo, PropertyBase, PropertyGroup } from './property-group.ts';
export type { ShapePath } from './shape-path.ts';
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

/** The After Effects that wrote the project: `text` is as `app.version` gives it, `22.6x64`. */
export interface AppVersion {
  major: number;
  minor: number;
  patch: number;
  build: number;
  beta: boolean;
  os: 'windows' | 'macos' | null;
  text: string;
}

/** What the head of a project says of the whole of it. */
export interface ProjectHeader {
  version: AppVersion | null;
  bitsPerChannel: 8 | 16 | 32;
  /** The number of a composition's first frame where its time starts at 0: 0 or 1, as `app.project.displayStartFrame`. */
  displayStartFrame: 0 | 1;
  expressionEngine: 'extendscript' | 'javascript-1.0';
}

/**
 * `head`, 20 bytes: 4 bytes of the format's own version, then the application's in 32 bits, from the highest:
 * 1 unused, 5 the upper part of major (times 8, its highest bit not part of the number), 4 the system (12 Windows, 13
 * macOS, 14 macOS on ARM), 3 the lower part of major, 4 minor, 4 patch, 1 unused, 1 clear in a beta, 1 unused, 8 build.
 * Source: py-aep (forticheprod), which cites tinogithub/aftereffects-version-check.
 */
function readVersion(head: Chunk): AppVersion | null {
  const bits = head.fields(8)?.getUint32(4);
  if (bits === undefined) return null;
  const part = (shift: number, width: number) => (bits >>> shift) & ((1 << width) - 1);
  const major = part(26, 4) * 8 + part(19, 3);
  const minor = part(15, 4);
  const patch = part(11, 4);
  const build = part(0, 8);
  const system = part(22, 4);
  const os = system === 12 ? 'windows' : system === 13 || system === 14 ? 'macos' : null;
  const text = `${major}.${minor}${patch === 0 ? '' : `.${patch}`}x${build}`;
  return { major, minor, patch, build, beta: part(9, 1) === 0, os, text };
}

/** How frames are counted: from 0, from 1, or as the time code says, which counts from 0. */
const COUNT_FROM_1 = 1;

/**
 * `nnhd` (40 bytes) has how frames are counted at 20 and the depth at 24; the older `nhed` (32 bytes) at 14 and 15.
 * The depth is 0, 1, 2 for 8, 16, 32 bits. `ExEn` exists since expressions have a choice of engine, and names the
 * JavaScript one. Sources: py-aep; boltframe/aftereffects-aep-parser; `nhed` by comparing both in one file.
 */
function readProjectHeader(root: Chunk): ProjectHeader {
  const header: ProjectHeader = {
    version: null,
    bitsPerChannel: 8,
    displayStartFrame: 0,
    expressionEngine: 'extendscript',
  };
  let depth = 0;
  let frameCount = 0;
  for (const chunk of root.children()) {
    if (chunk.id === 'head') header.version = readVersion(chunk);
    else if (chunk.id === 'nnhd' || chunk.id === 'nhed') {
      const [frameCountAt, depthAt] = chunk.id === 'nnhd' ? [20, 24] : [14, 15];
      const fields = chunk.fields(depthAt + 1);
      depth = fields?.getUint8(depthAt) ?? depth;
      frameCount = fields?.getUint8(frameCountAt) ?? frameCount;
    } else if (chunk.id === 'ExEn' && chunk.text().startsWith('javascript')) header.expressionEngine = 'javascript-1.0';
  }
  header.bitsPerChannel = depth === 1 ? 16 : depth === 2 ? 32 : 8;
  header.displayStartFrame = frameCount === COUNT_FROM_1 ? 1 : 0;
  return header;
}
