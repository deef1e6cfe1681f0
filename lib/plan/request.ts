import { z } from 'zod';
import { type AssetInput, assetSchema } from '../assets/asset.ts';
import { type UploadInput, uploadSchema, type WebhookInput, webhookSchema } from '../contract/delivery.ts';
import { nameSchema, sourceSchema } from '../contract/fields.ts';
import { type LocalInput, localSchema } from '../contract/local.ts';
import {
  hasTemplate,
  isPreviewOrHasSettings,
  PREVIEW_FAULT,
  type SettingsInput,
  settingsSchema,
  TEMPLATE_FAULT,
  withSettings,
} from '../contract/settings.ts';

const templateSchema = z.looseObject({
  id: z.string().min(1).max(200).optional().describe('The id that templates.add answered.'),
  src: sourceSchema.optional().describe('A template file: in place of the id, or of the file that the id stands for.'),
  composition: nameSchema.nullish().describe('The name of the composition; left out only for a .mogrt.'),
});

/** One job, as the cloud takes it. Source: shared contract, "Create a batch". Unknown keys are kept with the job. */
const jobObjectSchema = z.looseObject({
  template: templateSchema,
  preview: z.boolean().default(false).describe('A small and fast render; excludes settings.'),
  fonts: z.array(nameSchema).max(1_000).default([]).describe('File names of fonts that the job needs.'),
  assets: z.array(assetSchema).max(10_000).default([]).describe('What is put into the template, in order.'),
  settings: settingsSchema.optional(),
  upload: uploadSchema.optional(),
  webhook: webhookSchema.optional(),
  priority: z.number().min(-1e9).max(1e9).optional().describe('Higher ones are rendered first; 0 where left out.'),
  tags: z.union([z.string(), z.array(z.string())]).optional(),
  local: localSchema.optional(),
});

/** Its keys, for the check of misspelt ones. */
export const jobShape = jobObjectSchema.shape;

export const jobCreationSchema = jobObjectSchema
  .refine(hasTemplate, TEMPLATE_FAULT)
  .refine(isPreviewOrHasSettings, PREVIEW_FAULT)
  .transform(withSettings);

/**
 * One job: a template, what is put into it, and how it is rendered.
 *
 * @example
 * const job: JobCreationInput = {
 *   template: { id, composition: 'main' },
 *   assets: [{ type: 'text', layerName: 'name', value: 'Ada Lovelace' }],
 *   settings: { codec: 'video_h264_vbr_15mbps' },
 * };
 */
export interface JobCreationInput {
  /** One of `id` and `src` is given. */
  template: {
    /** The id that `templates.add` answered. */
    id?: string | undefined;
    /** A template file: in place of the id, or of the file that the id stands for. */
    src?: string | undefined;
    /** The name of the composition that is rendered; left out only for a .mogrt. */
    composition?: string | null | undefined;
  };
  /** What is put into the template, in order. */
  assets?: AssetInput[] | undefined;
  /** How the job is rendered: a whole video in H.264 if left out. */
  settings?: SettingsInput | undefined;
  /** A small and fast render; excludes `settings`. */
  preview?: boolean | undefined;
  /** File names of fonts that the job needs, besides those of its texts. */
  fonts?: string[] | undefined;
  upload?: UploadInput | undefined;
  webhook?: WebhookInput | undefined;
  /** Higher ones are rendered first; 0 if left out. */
  priority?: number | undefined;
  /** For `jobs.list`; as one text with commas, or as a list. */
  tags?: string | string[] | undefined;
  /** What is ours and not the cloud's, which ignores it; and anything of yours, which is stored with the job. */
  local?: LocalInput | undefined;
}

export type JobCreation = z.output<typeof jobCreationSchema>;

export const LARGEST_BATCH = 1_000;

/** The body of `batches.create`. The engine checks each job alone, so that one fault does not refuse the others. */
export const batchSchema = z.object({ jobs: z.array(jobCreationSchema).min(1).max(LARGEST_BATCH) });

/** The body of `batches.create`: 1 to 1,000 jobs. */
export interface BatchInput {
  jobs: JobCreationInput[];
}
