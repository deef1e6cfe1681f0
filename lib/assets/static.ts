import { z } from 'zod';
import { safePathSchema, sourceSchema } from '../contract/fields.ts';
import type { AssetType } from './asset-type.ts';

const schema = z.object({
  type: z.literal('static'),
  src: sourceSchema,
  name: safePathSchema.refine((name) => name.split('/').some((part) => part !== ''), 'must not be empty'),
});

/** A file that is copied beside the project, for expressions and scripts that read it. */
export interface StaticAssetInput {
  type: 'static';
  /** A path (absolute, or relative to the template), a `file:` URL or a `data:` URI. */
  src: string;
  /** Where it goes, from the folder of the project: `data/words.json`. */
  name: string;
}

/** A file that is copied beside the project; the script has nothing to do with it. */
export const staticFile = {
  schema,
  fits: null,
  step: () => null,
} as const satisfies AssetType<z.output<typeof schema>, never>;
