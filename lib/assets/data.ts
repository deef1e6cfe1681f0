import { z } from 'zod';
import { matchNamesOf } from '../aep/display-names.ts';
import { nameSchema, valueSchema } from '../contract/text.ts';
import { propertyFault } from '../template/property-path.ts';
import { type AssetType, type LayerTarget, layerByName, onLayer, onlyTarget } from './asset-type.ts';

const dataValueSchema = z.union([
  valueSchema,
  z.number(),
  z.boolean(),
  z.array(z.union([z.number(), z.array(z.number())])).max(10_000),
]);

const schema = z
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

type DataAsset = z.output<typeof schema>;

/** Sets a property of a layer, or its expression. */
export interface DataStep extends LayerTarget {
  type: 'data';
  property: string;
  value?: DataAsset['value'];
  expression?: string | undefined;
  /**
   * By match name, what After Effects calls the properties of the path in English: an After Effects in another language
   * shows other names, and the job is to render there as well.
   */
  englishNames: Record<string, string[]>;
}

export const data = {
  schema,
  fits: null,
  layers: layerByName,
  step: ({ property, value, expression }, place) => {
    const layer = place.layers[0]?.layer ?? null;
    const fault = layer === null ? null : propertyFault(place.model, layer, property);
    if (fault !== null) return { code: 'PROPERTY_NOT_FOUND', message: `property: ${fault}` };
    return {
      type: 'data',
      ...onlyTarget(place),
      property,
      ...(expression === undefined ? { value } : { expression }),
      englishNames: englishNames(property),
    };
  },
} as const satisfies AssetType<DataAsset, DataStep>;

function englishNames(path: string): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const name of new Set(stepsOf(path))) {
    for (const matchName of matchNamesOf(name)) names[matchName] = [...(names[matchName] ?? []), name];
  }
  return names;
}

/** As the runtime takes a path apart: a bare name is taken as it is. */
function stepsOf(path: string): string[] {
  const steps = path.split('->');
  return steps.length === 1 ? steps : steps.map((step) => step.trim());
}
