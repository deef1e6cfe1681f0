import { Script } from 'node:vm';
import { z } from 'zod';
import { matchNamesOf } from '../aep/display-names.ts';
import { standardChildren } from '../aep/standard-properties.ts';
import { nameSchema, valueSchema } from '../contract/fields.ts';
import { reasonOf } from '../errors.ts';
import type { LayerNode } from '../template/layer-tree.ts';
import type { TemplateLayer } from '../template/model.ts';
import { findProperty } from '../template/property-path.ts';
import { valueFault } from '../template/value-kind.ts';
import { type AssetPlace, type AssetType, type LayerTarget, onLayer } from './asset-type.ts';

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

/** Sets a property of a layer, or its expression: exactly one of `value` and `expression` is given. */
export interface DataAssetInput {
  type: 'data';
  /** The exact name of the layer; upper and lower case differ. */
  layerName: string;
  /** The composition of the layer. Left out: that of the job. */
  composition?: string | undefined;
  /** The name of a property, or a path with arrows: `Effects->Fill->Color`. English names work in every language. */
  property: string;
  /** A text, a number, a switch, or an array; a colour is `[r, g, b]` from 0 to 1. */
  value?: string | number | boolean | (number | number[])[] | undefined;
  /** In the language of the project's expressions. */
  expression?: string | undefined;
}

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
  layers: 'layerName',
  step: ({ property, value, expression }, place) => {
    const layer = place.layers[0]?.layer ?? null;
    const found = layer === null ? { path: property, node: null } : findProperty(place.model, layer, property);
    if ('fault' in found) return { code: 'PROPERTY_NOT_FOUND', message: `property: ${found.fault}` };
    const { path, node } = found;
    if (layer !== null && node !== null && isHidden(node, layer)) {
      const message = `property: '${property}' of layer '${layer.name}' is hidden, since the layer is not in 3D; switch 3D on in the template`;
      return { code: 'PROPERTY_NOT_FOUND', message };
    }
    if (place.renderer === 'bundled' && node !== null && isLeftOut(node)) {
      const message = `property: '${property}' is not among what the bundled renderer draws of a layer; render the job with After Effects`;
      return { code: 'PROPERTY_NOT_FOUND', message };
    }
    const wrong = expression === undefined ? wrongValue(node, value) : wrongExpression(expression, place);
    if (wrong !== null) return { code: 'VALIDATION_ERROR', message: wrong };
    return {
      type: 'data',
      ...place.target,
      property: path,
      ...(expression === undefined ? { value } : { expression }),
      englishNames: englishNames(path),
    };
  },
} as const satisfies AssetType<DataAsset, DataStep>;

function wrongValue(node: LayerNode | null, value: DataAsset['value']): string | null {
  const fault = node === null || node.takes === null ? null : valueFault(node.takes, value);
  return fault === null ? null : `value: property '${node?.names[0]}' ${fault}`;
}

/**
 * V8 says whether it is JavaScript; nothing of it is run. The older language of expressions is looser, and what it takes is
 * left to After Effects.
 */
function wrongExpression(expression: string, { model, renderer }: AssetPlace): string | null {
  if (renderer === 'after-effects' && model.expressionEngine !== 'javascript-1.0') return null;
  try {
    new Script(expression);
    return null;
  } catch (error) {
    return `expression: is no JavaScript: ${reasonOf(error)}`;
  }
}

/** What After Effects shows of a layer only in 3D. A script cannot set what is hidden, and a Lottie document has none of it. */
const ONLY_IN_3D: ReadonlySet<string> = new Set([
  'ADBE Orientation',
  'ADBE Rotate X',
  'ADBE Rotate Y',
  'ADBE Position_2',
]);

function isHidden({ matchName }: LayerNode, { kind, switches }: TemplateLayer): boolean {
  if (kind === 'camera' || kind === 'light' || kind === 'unknown') return false;
  return ONLY_IN_3D.has(matchName) && !switches.includes('3d');
}

/** What After Effects gives every layer, and a document has not: the bundled renderer would find nothing to set. */
const LEFT_OUT: readonly string[] = [
  'ADBE Marker',
  'ADBE MTrackers',
  'ADBE Layer Styles',
  'ADBE Layer Sets',
  'ADBE Plane Options Group',
  'ADBE Extrsn Options Group',
  'ADBE Material Options Group',
  'ADBE Audio Group',
  'ADBE Source Options Group',
  'ADBE Camera Options Group',
  'ADBE Light Options Group',
  'ADBE Envir Appear in Reflect',
];

let leftOut: ReadonlySet<string> | undefined;

function isLeftOut({ matchName }: LayerNode): boolean {
  leftOut ??= new Set(LEFT_OUT.flatMap(allUnder));
  // A document has the words of a text alone.
  return leftOut.has(matchName) || /^ADBE Text (?!Document$)/.test(matchName);
}

function allUnder(matchName: string): string[] {
  const standard = standardChildren(matchName);
  return [matchName, ...(standard.kind === 'fixed' ? standard.children.flatMap(allUnder) : [])];
}

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
