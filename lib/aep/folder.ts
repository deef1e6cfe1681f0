import type { Chunk } from './chunks.ts';
import { readComposition } from './composition.ts';
import { readFootage } from './footage.ts';
import type { FolderItem, Item, ItemHead } from './items.ts';
import type { LayerProject } from './layer.ts';

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
 * `LIST Item`: `idta` (the kind in uint16 at 0, the id in uint32 at 16, the label at 58), `Utf8` the name (empty where it is
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
