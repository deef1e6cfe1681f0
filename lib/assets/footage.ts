import { z } from 'zod';
import { sourceSchema } from '../contract/fields.ts';
import { type AssetType, type LayerTarget, type NamedLayer, onLayer, WITH_SOURCE } from './asset-type.ts';

/** Gives a layer another file to show: one of `layerName` and `layerIndex` is given. */
interface FootageAssetInput {
  /** The exact name of the layer. */
  layerName?: string | undefined;
  /** The number of the layer from 1, in place of its name. */
  layerIndex?: number | undefined;
  /** The composition of the layer. Left out: that of the job. */
  composition?: string | undefined;
  /** A path (absolute, or relative to the template), a `file:` URL or a `data:` URI. */
  src: string;
  /** Taken as in the cloud, and does nothing here. */
  conform?: boolean | undefined;
}

/** Gives a layer another picture, or a sequence of numbered ones. */
export interface ImageAssetInput extends FootageAssetInput {
  type: 'image';
}
/** Gives a layer another video. */
export interface VideoAssetInput extends FootageAssetInput {
  type: 'video';
}
/** Not for the bundled renderer, which renders no sound. */
export interface AudioAssetInput extends FootageAssetInput {
  type: 'audio';
}

/** Gives a layer another file to show. The script gets the path of the copy as `src`. */
export interface FootageStep extends LayerTarget {
  type: 'footage';
}

function schemaOf<Type extends 'image' | 'video' | 'audio'>(type: Type) {
  return z
    .object({
      type: z.literal(type),
      layerName: onLayer.layerName.optional(),
      layerIndex: z
        .int()
        .min(1)
        .max(100_000)
        .optional()
        .describe('The number of the layer, from 1, in place of its name.'),
      composition: onLayer.composition,
      src: sourceSchema.describe('A path (absolute, or relative to the template), a file: URL or a data: URI.'),
      conform: z.boolean().optional(),
    })
    .refine((asset) => asset.layerName !== undefined || asset.layerIndex !== undefined, {
      message: 'needs layerName or layerIndex',
    });
}

/** The part of an image, video or audio asset that says where it goes. */
export interface FootageAsset {
  layerName?: string | undefined;
  layerIndex?: number | undefined;
}

const footage = {
  fits: WITH_SOURCE,
  layers: ({ layerName, layerIndex }: FootageAsset): NamedLayer[] => {
    if (layerName !== undefined) return [{ key: 'layerName', wanted: layerName }];
    return layerIndex === undefined ? [] : [{ key: 'layerIndex', wanted: layerIndex }];
  },
  step: (_asset: FootageAsset, place) => ({ type: 'footage', ...place.target }),
} as const satisfies Omit<AssetType<FootageAsset, FootageStep>, 'schema'>;

export const image = { schema: schemaOf('image'), ...footage };
export const video = { schema: schemaOf('video'), ...footage };
export const audio = {
  schema: schemaOf('audio'),
  ...footage,
  refuse: (_asset, { renderer }) =>
    renderer === 'bundled'
      ? {
          code: 'ASSET_TYPE_UNSUPPORTED',
          message: 'type: the bundled renderer renders no sound; leave the asset out, or use an After Effects project.',
        }
      : null,
} as const satisfies AssetType<FootageAsset, FootageStep>;
