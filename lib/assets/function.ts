import { z } from 'zod';
import { faultMessage, shorten, suggestNames } from '../contract/faults.ts';
import { nameSchema, valueSchema } from '../contract/fields.ts';
import type { LayerKind } from '../contract/formats.ts';
import type { AssetType } from './asset-type.ts';

/**
 * The cloud's built-in functions. Sources: shared contract, "Assets"; the vendor's guide for assistants
 * (nexrender/nexrender-skill, references/), which names `minFontSize` and `maxFontSize`; jobs in public repositories,
 * which send `textValue`, `visible`, `composition` within `params`, and `type: "fill"` to scale footage.
 */

const layerNamesSchema = z.union([nameSchema, z.array(nameSchema).min(1).max(1_000)]);

/** What the params of every function may hold besides their own. */
const target = { layerName: layerNamesSchema.optional(), composition: nameSchema.optional() };

const colorSchema = z.array(z.number().min(0).max(1)).min(3).max(4).describe('[r, g, b] from 0 to 1.');
/** After Effects' own limits. Source: its scripting guide, "TextDocument" and "Layer". */
const fontSizeSchema = z.number().min(0.1).max(1296);
const instantSchema = z.number().min(-10_800).max(10_800);
const lengthSchema = z.number().positive().max(10_800);

interface FunctionRow {
  /** How many layers it names: none, one, or one and several alike. */
  layers: 'none' | 'one' | 'many';
  /** The kinds of layer that it can change; null if it can change every layer. */
  kinds: readonly LayerKind[] | null;
  params: z.ZodObject;
}

/** By name, without its prefix. Further params are taken and do nothing, as in the cloud. */
export const FUNCTIONS = {
  'text-params-set': {
    layers: 'many',
    kinds: ['text'],
    params: z.looseObject({
      ...target,
      textValue: valueSchema.optional(),
      font: nameSchema.optional(),
      fontSize: fontSizeSchema.optional(),
      tracking: z.number().min(-100_000).max(100_000).optional(),
      leading: z.number().min(0).max(10_000).optional(),
      fillColor: colorSchema.optional(),
      applyFill: z.boolean().optional(),
      strokeColor: colorSchema.optional(),
      strokeWidth: z.number().min(0).max(1_000).optional(),
      applyStroke: z.boolean().optional(),
    }),
  },
  'solid-color-set': { layers: 'many', kinds: ['solid'], params: z.looseObject({ ...target, color: colorSchema }) },
  'layer-state-set': {
    layers: 'many',
    kinds: null,
    params: z
      .looseObject({
        ...target,
        state: z.union([z.enum(['hidden', 'visible']), z.boolean()]).optional(),
        visible: z.boolean().optional(),
      })
      .refine(({ state, visible }) => (state === undefined) !== (visible === undefined), {
        path: ['state'],
        message: 'must be hidden, visible, true or false',
      }),
  },
  'layer-remove': { layers: 'one', kinds: null, params: z.looseObject(target) },
  'layer-autoscale': {
    layers: 'many',
    kinds: ['text', 'footage', 'precomposition', 'solid'],
    params: z
      .looseObject({
        ...target,
        minFontSize: fontSizeSchema.optional(),
        maxFontSize: fontSizeSchema.optional(),
        type: z.enum(['fill', 'fit']).optional(),
      })
      .refine(({ minFontSize = 0, maxFontSize = Number.POSITIVE_INFINITY }) => minFontSize <= maxFontSize, {
        path: ['minFontSize'],
        message: 'must not be greater than maxFontSize',
      }),
  },
  'layer-start-set': { layers: 'many', kinds: null, params: z.looseObject({ ...target, value: instantSchema }) },
  'layer-duration-set': { layers: 'many', kinds: null, params: z.looseObject({ ...target, value: lengthSchema }) },
  'comp-duration-set': { layers: 'none', kinds: null, params: z.looseObject({ ...target, value: lengthSchema }) },
  'gen-ai': { layers: 'many', kinds: null, params: z.looseObject(target) },
} as const satisfies Record<string, FunctionRow>;

export type FunctionName = keyof typeof FUNCTIONS;
/** As a job writes it: both spellings mean the same. */
type WrittenName = `nx:${FunctionName}` | `nx-${FunctionName}`;

const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];
const withColon = FUNCTION_NAMES.map((name): WrittenName => `nx:${name}`);
const withHyphen = FUNCTION_NAMES.map((name): WrittenName => `nx-${name}`);

const writtenNameSchema = z.enum([...withColon, ...withHyphen], {
  error: ({ input }) => (typeof input === 'string' ? unknownName(input) : undefined),
});

/** In the spelling that the caller uses. */
function unknownName(name: string): string {
  const names = name.startsWith('nx-') ? withHyphen : withColon;
  return `'${name.slice(0, 100)}' is not a function; ${suggestNames(name, names)}`;
}

const schema = z
  .object({
    type: z.literal('function'),
    name: writtenNameSchema,
    layerName: layerNamesSchema.optional().describe('The layers that are changed; it may stand within params as well.'),
    composition: nameSchema.optional().describe('The composition of the layers. Left out: that of the job.'),
    params: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((asset, context) => {
    const row: FunctionRow = FUNCTIONS[functionOf(asset.name)];
    const issue = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const parsed = row.params.safeParse(asset.params, { error: faultMessage });
    for (const { path, message } of parsed.error?.issues ?? []) issue(['params', ...path], message);
    for (const key of ['layerName', 'composition'] as const) {
      const inside = asset.params[key];
      if (asset[key] !== undefined && inside !== undefined && JSON.stringify(asset[key]) !== JSON.stringify(inside))
        issue([key], `stands beside params and within them, and they differ; leave one out`);
    }
    const names = asset.layerName ?? asset.params.layerName;
    if (row.layers !== 'none' && names === undefined) issue(['layerName'], 'is required');
    if (row.layers === 'one' && Array.isArray(names))
      issue(['layerName'], `of ${asset.name} is one name, not an array`);
  });

/** Calls one of the built-in functions; docs/assets.md lists them with their params. */
export interface FunctionAssetInput {
  type: 'function';
  /** `nx:layer-state-set`, or with a hyphen. */
  name: WrittenName;
  /** The layers that are changed, here or within `params`. */
  layerName?: string | string[] | undefined;
  /** The composition of the layers. Left out: that of the job. */
  composition?: string | undefined;
  params?: Record<string, unknown> | undefined;
}

type FunctionAsset = z.output<typeof schema>;

/** A function with what it takes, however it was written. */
export interface FunctionCall {
  name: FunctionName;
  /** In their order; empty of a function that changes no layer. */
  layerNames: string[];
  composition?: string | undefined;
  params: Record<string, unknown>;
}

/** Reads a function asset that its schema has accepted. */
export function functionCall({ name, layerName, composition, params }: FunctionAsset): FunctionCall {
  const { layerName: innerNames, composition: innerComposition, ...own } = params;
  const plain = functionOf(name);
  const names = layerNamesSchema.optional().parse(layerName ?? innerNames) ?? [];
  return {
    name: plain,
    layerNames: FUNCTIONS[plain].layers === 'none' ? [] : [names].flat(),
    composition: composition ?? nameSchema.optional().parse(innerComposition),
    params: own,
  };
}

/** The params that the function does not know. */
function unknownParams({ name, params }: FunctionCall): string[] {
  const row: FunctionRow = FUNCTIONS[name];
  return Object.keys(params).filter((key) => !Object.hasOwn(row.params.shape, key));
}

/** The params that it knows, but for those that say where. */
function knownParams(name: FunctionName): string[] {
  return Object.keys(FUNCTIONS[name].params.shape).filter((key) => !Object.hasOwn(target, key));
}

function functionOf(name: WrittenName): FunctionName {
  return name.slice('nx:'.length) as FunctionName;
}

/** What a function does to layers or to a composition. */
export type FunctionStep = { type: 'function' } & FunctionCall;

export const functionAsset = {
  schema,
  fits: null,
  layers: (asset) => functionCall(asset).layerNames.map((wanted) => ({ key: 'layerName', wanted })),
  compositionOf: (asset) => functionCall(asset).composition,
  kindFault: (asset, layer) => functionKindFault(functionCall(asset), layer),
  refuse: (asset) =>
    functionOf(asset.name) === 'gen-ai'
      ? {
          code: 'ASSET_TYPE_UNSUPPORTED',
          message: `name: ${asset.name} needs the network, which this library does not use; give the finished picture in an asset of type image.`,
        }
      : null,
  warnings: (asset) => unknownParamWarnings(functionCall(asset)),
  fonts: ({ name, params: { font } }) =>
    functionOf(name) === 'text-params-set' && typeof font === 'string' ? [font] : [],
  duration: (asset, ofJob) => {
    const { name, composition = ofJob, params } = functionCall(asset);
    return name === 'comp-duration-set' && composition === ofJob ? Number(params.value) : null;
  },
  step: (asset, { layers, compositionName }) => ({
    type: 'function',
    ...functionCall(asset),
    layerNames: layers.flatMap(({ target }) => target.layerName ?? []),
    composition: compositionName,
  }),
} as const satisfies AssetType<FunctionAsset, FunctionStep>;

/** Why a layer of this kind cannot be changed by the function; null if it can, or may. */
function functionKindFault({ name }: FunctionCall, layer: { name: string; kind: LayerKind }): string | null {
  const kinds: readonly LayerKind[] | null = FUNCTIONS[name].kinds;
  if (kinds === null || layer.kind === 'unknown' || kinds.includes(layer.kind)) return null;
  return `layer '${layer.name}' is a ${layer.kind} layer; the function nx:${name} needs a layer of kind ${kinds.join(' or ')}`;
}

/** Unknown params are ignored as in the cloud, with a warning, since most are misspelt. */
function unknownParamWarnings(call: FunctionCall): string[] {
  return unknownParams(call).map((param) => {
    const known = suggestNames(param, knownParams(call.name));
    return `params: nx:${call.name} knows no '${shorten(param)}' and does nothing with it; ${known}`;
  });
}
