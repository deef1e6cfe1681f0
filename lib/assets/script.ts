import { basename } from 'node:path';
import { z } from 'zod';
import { nameSchema, sourceSchema } from '../contract/fields.ts';
import { isDataUri } from '../contract/source.ts';
import type { AssetType } from './asset-type.ts';

/** Source of `key`, `value` and `keyword`: the README of inlife/nexrender, "Script Asset". */
const schema = z.object({
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

/** Runs a script of the job in the project. Only if the engine was opened with `allowScripts`. */
export interface ScriptAssetInput {
  type: 'script';
  /** A `.jsx` file, as a path (absolute, or relative to the template), a `file:` URL or a `data:` URI. */
  src: string;
  /** What the script gets from `NX.get(key)`: a list of `{ key, value }`, or an object. */
  parameters?: { key: string; value?: unknown; [other: string]: unknown }[] | Record<string, unknown> | undefined;
  /** The name of the variable that holds the parameters; `NX` if left out. */
  keyword?: string | undefined;
}

/** Runs a script of the job. It gets the path of its copy as `src`. */
export interface UserScriptStep {
  type: 'script';
  /** As it is called in messages. */
  name: string;
  /** The variable that holds the parameters. */
  keyword: string;
  parameters: { key: string; value: unknown }[];
}

export const script = {
  schema,
  fits: null,
  refuse: (_asset, { allowScripts }) =>
    allowScripts
      ? null
      : {
          code: 'SCRIPTS_NOT_ALLOWED',
          message:
            'type: scripts of jobs are not run, since a script can do all that After Effects can do. Open the engine with allowScripts: true if you trust its jobs.',
        },
  step: ({ src, keyword, parameters = [] }) => ({
    type: 'script',
    name: isDataUri(src) ? 'data: URI' : basename(src),
    keyword,
    parameters: asList(parameters).map(({ key, value = null }) => ({ key, value })),
  }),
} as const satisfies AssetType<z.output<typeof schema>, UserScriptStep>;

function asList(
  parameters: { key: string; value?: unknown }[] | Record<string, unknown>,
): { key: string; value?: unknown }[] {
  return Array.isArray(parameters) ? parameters : Object.entries(parameters).map(([key, value]) => ({ key, value }));
}
