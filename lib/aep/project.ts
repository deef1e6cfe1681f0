import type { EffectDefinition } from './effect-definition.ts';
import type { FootageItem } from './footage.ts';
import type { CompItem, FolderItem, Item } from './items.ts';
import type { ProjectHeader } from './project-header.ts';

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
  /** False where a part of the file could not be read: what is missing here may well be in the project. */
  complete: boolean;
  /** What could not be read, in sentences, with the byte where it is. */
  warnings: readonly string[];
}
