import { z } from 'zod';
import { suggestNames } from '../contract/faults.ts';
import { nameSchema, valueSchema } from '../contract/fields.ts';
import { rendersWith } from '../contract/formats.ts';
import type { Fault } from '../errors.ts';
import type { TemplateComposition, TemplateControl, TemplateModel } from '../template/model.ts';
import type { AssetType } from './asset-type.ts';

const schema = z.object({
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

/** Sets a field of the Essential Graphics panel of the job's composition. */
export interface EssentialAssetInput {
  type: 'essential';
  /** The name of the field with its groups, `Group.Title`; or `Group->Title` if a name has dots. */
  layerName: string;
  /** What the field takes: a text, a number, a switch, an option or its number from 1; an array for a point, a scale or a colour. */
  value: string | number | boolean | number[];
}

/** Sets the property that a field of the panel stands for. */
export interface EssentialStep {
  type: 'essential';
  /** For messages. */
  field: string;
  target: NonNullable<TemplateControl['target']>;
  value: string | number | number[];
}

export const essential = {
  schema,
  fits: null,
  step: (asset, { model, composition }) => {
    if (composition === undefined) {
      const message = 'layerName: the field cannot be found, since the template could not be read whole';
      return { code: 'LAYER_NOT_FOUND', message };
    }
    const resolved = resolveField(model, composition, asset);
    if (!('fault' in resolved)) return { type: 'essential', field: asset.layerName, ...resolved };
    const { code, message } = resolved.fault;
    return { code, message: `${code === 'VALIDATION_ERROR' ? 'value' : 'layerName'}: ${message}` };
  },
} as const satisfies AssetType<z.output<typeof schema>, EssentialStep>;

/** What an asset asks for. */
export interface PanelValue {
  /** The field's name, with its groups: `Group.Title`, or `Group->Title` if a name has dots. */
  layerName: string;
  value: string | number | boolean | number[];
}

/** What has to be set, and where; or why it cannot be. */
type ResolvedField = Pick<EssentialStep, 'target' | 'value'> | { fault: Fault };

/** Finds the field of a composition's Essential Graphics panel, and gives the value the form that its property takes. */
export function resolveField(
  model: TemplateModel,
  composition: TemplateComposition,
  { layerName, value }: PanelValue,
): ResolvedField {
  if (rendersWith(model.type) === 'bundled') {
    const message = 'a Lottie document has no Essential Graphics panel; use assets of type text or data';
    return { fault: { code: 'ASSET_TYPE_UNSUPPORTED', message } };
  }
  const control = composition.controls.find((candidate) => isNamed(candidate, layerName));
  if (control === undefined) {
    const names = composition.controls.map(({ name }) => name);
    const where = `the Essential Graphics panel of composition '${composition.name}'`;
    const message = `field '${layerName}' not found in ${where}; ${suggestNames(layerName, names)}`;
    return { fault: { code: 'LAYER_NOT_FOUND', message } };
  }
  if (control.type === 'media' || control.type === 'comment') {
    return { fault: { code: 'ASSET_LAYER_MISMATCH', message: withoutValue(model, control) } };
  }
  if (control.target === null) {
    const message = `what field '${control.name}' changes cannot be read from the project`;
    return { fault: { code: 'PROPERTY_NOT_FOUND', message } };
  }
  const taken = toPropertyValue(control, value);
  if (taken !== undefined) return { target: control.target, value: taken };
  const message = `field '${control.name}' is a ${control.type} and takes ${formOf(control)}`;
  return { fault: { code: 'VALIDATION_ERROR', message } };
}

function isNamed({ name, path }: TemplateControl, wanted: string): boolean {
  if (wanted === name) return true;
  const steps = wanted.split('->').map((step) => step.trim());
  return steps.length === path.length && steps.every((step, position) => step === path[position]);
}

function withoutValue({ compositions }: TemplateModel, { name, type, target }: TemplateControl): string {
  if (type === 'comment') return `field '${name}' is a comment and takes no value`;
  const layers = compositions.find(({ id }) => id === target?.compId)?.layers ?? [];
  const layer = layers.find(({ id }) => id === target?.layerId)?.name;
  const which = layer === undefined ? 'its layer' : `its layer '${layer}'`;
  return `field '${name}' shows a picture or a video; use an asset of type image or video on ${which}`;
}

/** The value as the property takes it; undefined if it is not of the field's kind. */
function toPropertyValue(
  { type, options = [] }: TemplateControl,
  value: PanelValue['value'],
): string | number | number[] | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    case 'checkbox':
      if (typeof value === 'boolean') return value ? 1 : 0;
      return value === 0 || value === 1 ? value : undefined;
    case 'dropdown':
      return optionOf(options, value);
    case 'color':
      return typeof value === 'string' ? fromHexadecimal(value) : listOf(value, 3, 4, 1);
    case 'point':
    case 'scale':
      return listOf(value, 2, 3, Number.POSITIVE_INFINITY);
    case 'slider':
    case 'angle':
      return typeof value === 'number' ? value : undefined;
    default:
      // A kind of field that is newer than this reader: After Effects says what it takes.
      return typeof value === 'boolean' ? Number(value) : value;
  }
}

/** Menus count from 1. */
function optionOf(options: readonly string[], value: PanelValue['value']): number | undefined {
  if (typeof value === 'string') return options.includes(value) ? options.indexOf(value) + 1 : undefined;
  const most = options.length === 0 ? Number.POSITIVE_INFINITY : options.length;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most ? value : undefined;
}

function fromHexadecimal(text: string): number[] | undefined {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text)?.slice(1);
  return parts?.map((part) => Number.parseInt(part, 16) / 255);
}

function listOf(value: PanelValue['value'], least: number, most: number, bound: number): number[] | undefined {
  if (!Array.isArray(value) || value.length < least || value.length > most) return undefined;
  return bound === Number.POSITIVE_INFINITY || value.every((part) => part >= 0 && part <= bound) ? value : undefined;
}

function formOf({ type, options = [] }: TemplateControl): string {
  switch (type) {
    case 'text':
      return 'a text';
    case 'checkbox':
      return 'true or false';
    case 'dropdown':
      return options.length === 0
        ? 'the number of an option, from 1'
        : `one of ${quoted(options)}, or its number from 1`;
    case 'color':
      return '[r, g, b] from 0 to 1, or #rrggbb';
    case 'point':
    case 'scale':
      return 'an array of 2 or 3 numbers';
    default:
      return 'a number';
  }
}

function quoted(options: readonly string[]): string {
  const shown = options.slice(0, 20).map((option) => `'${option}'`);
  return [...shown, ...(options.length > 20 ? [`${options.length - 20} more`] : [])].join(', ');
}
