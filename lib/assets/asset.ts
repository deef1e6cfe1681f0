/** The types of assets. A type is added here, and nowhere else. */
import { z } from 'zod';
import { oneOf } from '../contract/faults.ts';
import type { AssetType } from './asset-type.ts';
import { type DataAssetInput, type DataStep, data } from './data.ts';
import { type EssentialAssetInput, type EssentialStep, essential } from './essential.ts';
import {
  type AudioAssetInput,
  audio,
  type FootageStep,
  type ImageAssetInput,
  image,
  type VideoAssetInput,
  video,
} from './footage.ts';
import { type FunctionAssetInput, type FunctionStep, functionAsset } from './function.ts';
import { type NestedJob, type NestedJobInput, nestedJob, nestedJobSchema as schemaOfNestedJob } from './nested-job.ts';
import { type ScriptAssetInput, script, type UserScriptStep } from './script.ts';
import { type StaticAssetInput, staticFile } from './static.ts';
import { type TextAssetInput, type TextStep, text } from './text.ts';

export type { DataAssetInput } from './data.ts';
export type { EssentialAssetInput } from './essential.ts';
export type { AudioAssetInput, ImageAssetInput, VideoAssetInput } from './footage.ts';
export type { FunctionAssetInput } from './function.ts';
export type { NestedJob, NestedJobInput } from './nested-job.ts';
export type { ScriptAssetInput } from './script.ts';
export type { StaticAssetInput } from './static.ts';
export type { TextAssetInput } from './text.ts';

/** By the name that a job writes as `type`. */
export const ASSETS = {
  ...{ text, data, image, video, audio },
  ...{ static: staticFile, essential, script, function: functionAsset, job: nestedJob },
} as const;

/** What one asset does to the open project. `asset` is its position in the job, for messages. */
export type Step = { asset: number } & (
  | TextStep
  | DataStep
  | FootageStep
  | FunctionStep
  | EssentialStep
  | UserScriptStep
);

/** All but nested jobs, which contain assets themselves. */
export const LEAVES = [
  text.schema,
  data.schema,
  image.schema,
  video.schema,
  audio.schema,
  staticFile.schema,
  essential.schema,
  script.schema,
  functionAsset.schema,
] as const;

type LeafSchema = (typeof LEAVES)[number];
export type Asset = z.output<LeafSchema> | NestedJob;
/** What is put into a template, by its `type`. */
export type AssetInput =
  | TextAssetInput
  | DataAssetInput
  | ImageAssetInput
  | VideoAssetInput
  | AudioAssetInput
  | StaticAssetInput
  | EssentialAssetInput
  | ScriptAssetInput
  | FunctionAssetInput
  | NestedJobInput;

export const nestedJobSchema = schemaOfNestedJob(() => assetSchema);

export const assetSchema: z.ZodType<Asset, AssetInput> = z.lazy(() =>
  z.discriminatedUnion('type', [...LEAVES, nestedJobSchema as unknown as typeof nestedJob.schema], {
    error: ({ code, input }) =>
      code === 'invalid_union' ? oneOf(Object.keys(ASSETS), (input as { type?: unknown } | null)?.type) : undefined,
  }),
) as unknown as z.ZodType<Asset, AssetInput>;

/** The type of an asset, with the same questions for all. */
export function typeOf(asset: Asset): AssetType<Asset, Step> {
  return ASSETS[asset.type] as unknown as AssetType<Asset, Step>;
}
