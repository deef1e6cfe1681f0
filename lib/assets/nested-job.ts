import { z } from 'zod';
import { nameSchema, sourceSchema } from '../contract/fields.ts';
import { type LocalInput, localSchema } from '../contract/local.ts';
import {
  hasTemplate,
  isPreviewOrHasSettings,
  PREVIEW_FAULT,
  type Settings,
  type SettingsInput,
  settingsSchema,
  TEMPLATE_FAULT,
  withSettings,
} from '../contract/settings.ts';
import type { Asset, AssetInput } from './asset.ts';
import { type AssetType, onLayer, WITH_SOURCE } from './asset-type.ts';
import type { FootageStep } from './footage.ts';

/** All but the assets, which may hold nested jobs again. */
const baseSchema = z.object({
  type: z.literal('job'),
  ...onLayer,
  template: z.object({
    id: z.string().min(1).max(200).optional(),
    src: sourceSchema.optional(),
    composition: nameSchema.nullish(),
    name: z.string().optional(),
  }),
  preview: z.boolean().default(false),
  settings: settingsSchema.optional(),
  local: localSchema.optional(),
});

/** A job whose output is put in the place of a layer of this one. It is rendered first. */
export interface NestedJobInput {
  type: 'job';
  /** The exact name of the layer; upper and lower case differ. */
  layerName: string;
  /** The composition of the layer. Left out: that of the job. */
  composition?: string | undefined;
  template: {
    /** The id that `templates.add` answered. */
    id?: string | undefined;
    /** A template file: in place of the id, or of the file that the id stands for. */
    src?: string | undefined;
    /** The composition that is rendered; left out only for a .mogrt. */
    composition?: string | null | undefined;
    /** Taken as in the cloud, and does nothing here. */
    name?: string | undefined;
  };
  /** What is put into its template, in order. */
  assets?: AssetInput[] | undefined;
  /** A small and fast render; excludes `settings`. */
  preview?: boolean | undefined;
  settings?: SettingsInput | undefined;
  /** What is ours and not the cloud's, which ignores it; and anything of yours, which is stored with the job. */
  local?: LocalInput | undefined;
}

/** A nested job: rendered first, and its output put in the place of the layer. */
export type NestedJob = z.output<typeof baseSchema> & { settings: Settings; assets: Asset[] };

/** Types are written out above, since TypeScript does not infer a schema that contains itself. */
export function nestedJobSchema(asset: () => z.ZodType<Asset, AssetInput>): z.ZodType<NestedJob, NestedJobInput> {
  return baseSchema
    .extend({ assets: z.lazy(() => z.array(asset()).max(10_000).default([])) })
    .refine(hasTemplate, TEMPLATE_FAULT)
    .refine(isPreviewOrHasSettings, PREVIEW_FAULT)
    .transform(withSettings);
}

export const nestedJob = {
  schema: baseSchema,
  fits: WITH_SOURCE,
  layers: 'layerName',
  refuse: ({ settings, preview }, { renderer }) =>
    renderer === 'after-effects' && !preview && settings.type === 'image' && Array.isArray(settings.frames)
      ? {
          code: 'ASSET_TYPE_UNSUPPORTED',
          message: 'settings: After Effects shows no zip of pictures in a layer; make a video, or one picture',
        }
      : null,
  step: (_job, place) => ({ type: 'footage', ...place.target }),
} as const satisfies AssetType<NestedJob, FootageStep>;
