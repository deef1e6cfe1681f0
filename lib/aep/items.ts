import type { CompositionData } from './composition-data.ts';
import type { EssentialGraphics } from './essential-graphics.ts';
import type { FootageItem } from './footage.ts';
import type { Layer } from './layer.ts';
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
  /** Null where the composition is no template of Essential Graphics. */
  essentialGraphics: EssentialGraphics | null;
  /** Null if no layer has this id. */
  layerById(id: number): Layer | null;
  /** Those of the composition itself, in their order. */
  markers(): Marker[];
}

/** Anything that stands in the project panel. */
export type Item = FolderItem | CompItem | FootageItem;
