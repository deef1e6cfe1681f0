import { z } from 'zod';
import { valueSchema } from '../contract/fields.ts';
import { type AssetType, type LayerTarget, onLayer } from './asset-type.ts';

const schema = z.object({ type: z.literal('text'), ...onLayer, value: valueSchema });

/** Sets the words of a text layer. Its looks stay; see the function `nx:text-params-set` for those. */
export interface TextAssetInput {
  type: 'text';
  /** The exact name of the layer; upper and lower case differ. */
  layerName: string;
  /** The composition of the layer. Left out: that of the job. */
  composition?: string | undefined;
  /** Lines end in LF. */
  value: string;
}

/** Sets the words of a text layer. */
export interface TextStep extends LayerTarget {
  type: 'text';
  value: string;
}

export const text = {
  schema,
  fits: ['text'],
  layers: 'layerName',
  step: ({ value }, place) => ({ type: 'text', ...place.target, value }),
} as const satisfies AssetType<z.output<typeof schema>, TextStep>;
