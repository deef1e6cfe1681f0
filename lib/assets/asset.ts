import { z } from 'zod';
import { safePathSchema } from '../contract/safe-path.ts';
import {
  isPreviewOrHasSettings,
  PREVIEW_FAULT,
  type Settings,
  settingsSchema,
  withSettings,
} from '../contract/settings.ts';
import { nameSchema, sourceSchema, valueSchema } from '../contract/text.ts';
import { functionAssetSchema } from './function.ts';

/** Source of everything here: shared contract, "Assets". */
const onLayer = {
  layerName: nameSchema.describe('The exact name of the layer; upper and lower case differ.'),
  composition: nameSchema.optional().describe('The composition of the layer. Left out: that of the job.'),
};

export const textAssetSchema = z.object({ type: z.literal('text'), ...onLayer, value: valueSchema });

const dataValueSchema = z.union([
  valueSchema,
  z.number(),
  z.boolean(),
  z.array(z.union([z.number(), z.array(z.number())])).max(10_000),
]);

export const dataAssetSchema = z
  .object({
    type: z.literal('data'),
    ...onLayer,
    property: nameSchema.describe('The name of a property, or a path such as Effects->Fill->Color.'),
    value: dataValueSchema.optional().describe('A text, a number or an array; a colour is [r, g, b] from 0 to 1.'),
    expression: valueSchema.optional(),
  })
  .refine((asset) => (asset.value === undefined) !== (asset.expression === undefined), {
    message: 'needs exactly one of value and expression',
  });

function footageAssetSchema<Type extends 'image' | 'video' | 'audio'>(type: Type) {
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

export const staticAssetSchema = z.object({
  type: z.literal('static'),
  src: sourceSchema,
  name: safePathSchema.refine((name) => name.split('/').some((part) => part !== ''), 'must not be empty'),
});

export const essentialAssetSchema = z.object({
  type: z.literal('essential'),
  layerName: nameSchema.describe(
    'The name of the field in the Essential Graphics panel, with its groups: Group.Title.',
  ),
  value: z
    .union([valueSchema, z.number(), z.boolean(), z.array(z.number()).min(2).max(4)])
    .describe(
      'What the field takes: a text, a number, a switch, an option; an array for a point, a scale or a colour.',
    ),
});

/** Source of `key`, `value` and `keyword`: the README of inlife/nexrender, "Script Asset". */
export const scriptAssetSchema = z.object({
  type: z.literal('script'),
  src: sourceSchema.describe('A .jsx file. It runs only where the engine was opened with allowScripts.'),
  parameters: z
    .union([
      z.array(z.looseObject({ key: nameSchema, value: z.unknown().optional() })).max(10_000),
      z.record(z.string(), z.unknown()),
    ])
    .optional()
    .describe('What the script gets from NX.get(key): a list of { key, value }, or an object.'),
  keyword: z
    .string()
    .regex(/^[A-Za-z_]\w{0,99}$/, 'must be the name of a variable')
    .default('NX')
    .describe('The name of the variable that holds the parameters.'),
});

const leafAssetSchema = z.discriminatedUnion('type', [
  textAssetSchema,
  dataAssetSchema,
  footageAssetSchema('image'),
  footageAssetSchema('video'),
  footageAssetSchema('audio'),
  staticAssetSchema,
  essentialAssetSchema,
  scriptAssetSchema,
  functionAssetSchema,
]);

/** Of a nested job, all but the assets, which may hold nested jobs again. */
const nestedJobBaseSchema = z.object({
  type: z.literal('job'),
  ...onLayer,
  template: z.object({
    id: z.string().min(1).max(200),
    src: sourceSchema.optional(),
    composition: nameSchema.nullish(),
    name: z.string().optional(),
  }),
  preview: z.boolean().default(false),
  settings: settingsSchema.optional(),
});

/** A nested job: rendered first, and its output put in the place of the layer. */
export type NestedJob = z.output<typeof nestedJobBaseSchema> & { settings: Settings; assets: Asset[] };
export type NestedJobInput = z.input<typeof nestedJobBaseSchema> & { assets?: AssetInput[] };
export type Asset = z.output<typeof leafAssetSchema> | NestedJob;
export type AssetInput = z.input<typeof leafAssetSchema> | NestedJobInput;

/** Types are written out above, since TypeScript does not infer a schema that contains itself. */
export const nestedJobSchema: z.ZodType<NestedJob, NestedJobInput> = nestedJobBaseSchema
  .extend({ assets: z.lazy(() => z.array(assetSchema).max(10_000).default([])) })
  .refine(isPreviewOrHasSettings, PREVIEW_FAULT)
  .transform(withSettings);

const KNOWN_TYPES = [...leafAssetSchema.options.map((option) => option.shape.type.value), 'job'];

export const assetSchema: z.ZodType<Asset, AssetInput> = z.lazy(() =>
  z.discriminatedUnion('type', [...leafAssetSchema.options, nestedJobSchema as unknown as typeof nestedJobBaseSchema], {
    error: (issue) => (issue.code === 'invalid_union' ? `must be one of ${KNOWN_TYPES.join(', ')}` : undefined),
  }),
) as unknown as z.ZodType<Asset, AssetInput>;
