import { basename } from 'node:path';
import { isDataUri } from '../contract/data-uri.ts';
import type { PlannedStep } from '../plan/job-plan.ts';
import type { TemplateComposition, TemplateModel } from '../template/model.ts';
import type { Asset } from './asset.ts';
import { resolveField } from './essential.ts';
import { functionCall } from './function.ts';
import type { Fault } from './layers.ts';

export interface StepContext {
  model: TemplateModel;
  /** That of the job. */
  composition: TemplateComposition | undefined;
  /** The position of the asset's own file among those of the plan. */
  file: number;
}

/** What an asset does to the open project; null if it is only a file beside it. */
export function plannedStep(asset: Asset, index: number, context: StepContext): PlannedStep | { fault: Fault } | null {
  const { file } = context;
  switch (asset.type) {
    case 'text':
      return { asset: index, type: 'text', ...targetOf(asset), value: asset.value };
    case 'data': {
      const { property, value, expression } = asset;
      return { asset: index, type: 'data', ...targetOf(asset), property, value, expression };
    }
    case 'image':
    case 'video':
    case 'audio':
      return { asset: index, type: asset.type, ...targetOf(asset), file };
    case 'job':
      return { asset: index, type: 'video', ...targetOf(asset), file };
    case 'function':
      return { asset: index, type: 'function', ...functionCall(asset) };
    case 'essential':
      return field(asset, index, context);
    case 'script': {
      const name = isDataUri(asset.src) ? 'data: URI' : basename(asset.src);
      const parameters = parametersOf(asset.parameters);
      return { asset: index, type: 'script', file, name, keyword: asset.keyword, parameters };
    }
    case 'static':
      return null;
  }
}

function targetOf({
  layerName,
  layerIndex,
  composition,
}: {
  layerName?: string;
  layerIndex?: number;
  composition?: string;
}) {
  return { layerName, layerIndex, composition };
}

function field(
  asset: Asset & { type: 'essential' },
  index: number,
  { model, composition }: StepContext,
): PlannedStep | { fault: Fault } | null {
  // Faults of a template that was read whole are found with the other layers.
  const resolved = composition === undefined ? null : resolveField(model, composition, asset);
  if (resolved !== null && !('fault' in resolved))
    return { asset: index, type: 'essential', field: asset.layerName, ...resolved };
  if (model.complete) return null;
  const message = `assets[${index}].layerName: the field cannot be found, since the template could not be read whole`;
  return { fault: { code: 'LAYER_NOT_FOUND', message } };
}

/** As a list, in whichever form the job has them; what has no value is null. */
function parametersOf(
  parameters: { key: string; value?: unknown }[] | Record<string, unknown> = [],
): { key: string; value: unknown }[] {
  const list = Array.isArray(parameters)
    ? parameters
    : Object.entries(parameters).map(([key, value]) => ({ key, value }));
  return list.map(({ key, value = null }) => ({ key, value }));
}
