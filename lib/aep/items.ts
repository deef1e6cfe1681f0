import type { Chunk } from './chunks.ts';
import { type CompositionData, readComposition } from './composition.ts';
import type { EssentialGraphics } from './essential-graphics.ts';
import { type FootageItem, readFootage } from './footage.ts';
import type { Layer, LayerProject } from './layer.ts';
import type { Marker } from './markers.ts';

/** What every item has. */
export interface ItemHead {
  id: number;
  name: string;
  comment: string;
  label: number;
  /** Null of the root folder only. */
  parentFolder: FolderItem | null;
}

/** A folder of the project panel. */
export interface FolderItem extends ItemHead {
  typeName: 'Folder';
  items: Item[];
}

/** A composition. */
export interface CompItem extends ItemHead, CompositionData {
  typeName: 'Composition';
  dropFrame: boolean;
  /** From the top, as `layers[0]` has the index 1. */
  layers: Layer[];
  /** Null if the composition is no template of Essential Graphics. */
  essentialGraphics: EssentialGraphics | null;
  /** Null if no layer has this id. */
  layerById(id: number): Layer | null;
  /** Those of the composition itself, in their order. */
  markers(): Marker[];
}

/** Anything that stands in the project panel. */
export type Item = FolderItem | CompItem | FootageItem;

const FOLDER = 1;
const COMPOSITION = 4;
const FOOTAGE = 7;

/**
 * `LIST Fold` (the root) and `LIST Sfdr` (any other folder) hold a `LIST Item` for each item, and between them what the
 * windows of the items were like. Every item is also given to `found`. An item whose kind or settings cannot be read is
 * left out, and told to `lost`.
 */
export function readFolderItems(
  list: Chunk,
  folder: FolderItem,
  project: LayerProject,
  told: { found(item: Item): void; lost(offset: number): void },
): void {
  for (const chunk of list.children()) {
    if (chunk.id !== 'Item') continue;
    const item = readItem(chunk, folder, project);
    if (item === null) {
      told.lost(chunk.start);
      continue;
    }
    folder.items.push(item);
    told.found(item);
    const children = item.typeName === 'Folder' ? chunk.first('Sfdr') : null;
    if (children !== null && item.typeName === 'Folder') readFolderItems(children, item, project, told);
  }
}

/**
 * `LIST Item`: `idta` (the kind in uint16 at 0, the id in uint32 at 16, the label at 58), `Utf8` the name (empty if it is
 * its source's), `cmta` the comment, and what its kind has. Source: boltframe/aftereffects-aep-parser; py-aep.
 */
function readItem(list: Chunk, parentFolder: FolderItem, project: LayerProject): Item | null {
  let idta: Chunk | null = null;
  let utf8: Chunk | null = null;
  let cmta: Chunk | null = null;
  let pin: Chunk | null = null;
  for (const chunk of list.children()) {
    if (chunk.id === 'idta') idta ??= chunk;
    else if (chunk.id === 'Utf8') utf8 ??= chunk;
    else if (chunk.id === 'cmta') cmta ??= chunk;
    else if (chunk.id === 'Pin ') pin ??= chunk;
    // A composition's layers are many, and none of what is looked for comes after them.
    else if (chunk.id === 'cdta') break;
  }
  const fields = idta?.fields(20);
  if (!fields) return null;
  const head: ItemHead = {
    id: fields.getUint32(16),
    name: utf8?.text() ?? '',
    comment: cmta?.text() ?? '',
    label: idta?.fields(59)?.getUint8(58) ?? 0,
    parentFolder,
  };
  switch (fields.getUint16(0)) {
    case FOLDER:
      return { ...head, typeName: 'Folder', items: [] };
    case COMPOSITION:
      return readComposition(list, head, project);
    case FOOTAGE:
      return pin && readFootage(pin, head);
    default:
      return null;
  }
}
