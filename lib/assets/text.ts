import { z } from 'zod';
import { valueSchema } from '../contract/text.ts';
import { type AssetType, type LayerTarget, layerByName, onLayer, onlyTarget } from './asset-type.ts';

const schema = z.object({ type: z.literal('text'), ...onLayer, value: valueSchema });

/** Sets the words of a text layer. */
export interface TextStep extends LayerTarget {
  type: 'text';
  value: string;
}

export const text = {
  schema,
  fits: ['text'],
  layers: layerByName,
  step: ({ value }, place) => ({ type: 'text', ...onlyTarget(place), value }),
} as const satisfies AssetType<z.output<typeof schema>, TextStep>;
