/** What the planner asks of each type of asset. A type is one file: schema, layers, checks, and its step in the script. */
import type { z } from 'zod';
import { nameSchema } from '../contract/fields.ts';
import type { LayerKind, RendererKind } from '../contract/formats.ts';
import type { Fault } from '../errors.ts';
import type { TemplateComposition, TemplateLayer, TemplateModel } from '../template/model.ts';

/** A layer as the script finds it: by its exact name, or by its number from 1. */
export interface LayerTarget {
  layerName?: string | undefined;
  layerIndex?: number | undefined;
  /** Left out: the job's composition. */
  composition?: string | undefined;
}

/** A layer that an asset names, and the key under which it does. */
export interface NamedLayer {
  key: 'layerName' | 'layerIndex';
  wanted: string | number;
}

/** Where an asset is to be carried out. */
export interface AssetPlace {
  model: TemplateModel;
  renderer: RendererKind;
  /** The composition of its layers; undefined only if the template could not be read whole. */
  composition: TemplateComposition | undefined;
  /** Its name, if the asset names one. */
  compositionName: string | undefined;
  /** The first layer that the asset names; empty if it names none. */
  target: LayerTarget;
  /** In the order in which the asset names them; `layer` is null if the template could not be read whole. */
  layers: { target: LayerTarget; layer: TemplateLayer | null }[];
}

/** What this engine can do for an asset. */
export interface EngineLimits {
  renderer: RendererKind;
  allowScripts: boolean;
}

/** Faults and warnings begin with the key of the asset that they are about: `property: …`. */
export interface AssetType<Asset, Step> {
  readonly schema: z.ZodType;
  /** The kinds of layer that it can change; null: every kind. */
  readonly fits: readonly LayerKind[] | null;
  /** The layers that it names: by its key `layerName`, or as it says itself. None if left out. */
  readonly layers?: 'layerName' | ((asset: Asset) => NamedLayer[]);
  /** The composition that it names, if that is not its key `composition`. */
  compositionOf?(asset: Asset): string | undefined;
  /** Why its layer cannot be changed, if `fits` does not say it. */
  kindFault?(asset: Asset, layer: TemplateLayer): string | null;
  /** Why an engine like this one cannot carry it out at all. */
  refuse?(asset: Asset, limits: EngineLimits): Fault | null;
  warnings?(asset: Asset): string[];
  /** The fonts that it gives to texts, by the names that texts use. */
  fonts?(asset: Asset): string[];
  /** The seconds that it gives the composition of the job; null if it leaves that as it is. */
  duration?(asset: Asset, composition: string): number | null;
  /** What it does to the open project; null if that is nothing, as for a file beside it. */
  step(asset: Asset, place: AssetPlace): Step | Fault | null;
}

/** Where most assets are carried out. Source of everything here: shared contract, "Assets". */
export const onLayer = {
  layerName: nameSchema.describe('The exact name of the layer; upper and lower case differ.'),
  composition: nameSchema.optional().describe('The composition of the layer. Left out: that of the job.'),
};

/** Layers that have a source, which After Effects can replace. */
export const WITH_SOURCE = ['footage', 'precomposition', 'solid', 'adjustment', 'null', 'audio'] as const;
