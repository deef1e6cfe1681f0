import { suggestNames } from '../contract/suggest.ts';
import type { ErrorCode } from '../errors.ts';
import type { LayerKind, TemplateComposition, TemplateLayer, TemplateModel } from '../template/model.ts';
import { propertyFault } from '../template/property-path.ts';
import type { Asset } from './asset.ts';
import { resolveField } from './essential.ts';
import { type FunctionCall, framesAfter, functionCall, functionKindFault, unknownParamWarnings } from './function.ts';

export interface Fault {
  code: ErrorCode;
  message: string;
}

/** What is known of a job before it is rendered. A job with faults is refused; warnings only tell. */
export interface Findings {
  /** Every one, in the order of the job's fields. */
  faults: Fault[];
  warnings: string[];
}

export interface CheckedJob {
  /** `null`: the template's main composition. */
  composition: string | null;
  assets: readonly Asset[];
  frames: { first: number; last: number } | null;
}

/** What is wrong with a job, as far as the template is known. */
export function checkJob(model: TemplateModel, job: CheckedJob): Findings {
  if (job.composition === null && model.type !== 'mogrt') {
    const message = 'template.composition: is required for every template but a .mogrt';
    return { faults: [{ code: 'VALIDATION_ERROR', message }], warnings: [] };
  }
  if (!model.complete) return { faults: [], warnings: [incomplete(model)] };
  const composition = compositionOf(model, job.composition);
  if (composition === undefined) {
    return { faults: [compositionNotFound(model, 'template.composition', job.composition ?? '')], warnings: [] };
  }
  const findings = job.assets.map((asset, index) => checkAsset(model, composition, asset, `assets[${index}]`));
  return {
    faults: [...checkFrames(composition, job), ...findings.flatMap(({ faults }) => faults)],
    warnings: [...new Set([...twice(model, composition.name), ...findings.flatMap(({ warnings }) => warnings)])],
  };
}

/** By its name, or the main one where a job names none. After Effects takes the first of several. */
export function compositionOf(model: TemplateModel, name: string | null): TemplateComposition | undefined {
  const wanted = name ?? model.mainComposition;
  return model.compositions.find((composition) => composition.name === wanted);
}

function incomplete({ warnings }: TemplateModel): string {
  return `The template could not be read whole, so the job was not checked against it. ${warnings[0] ?? ''}`.trim();
}

function compositionNotFound(model: TemplateModel, field: string, name: string): Fault {
  const names = model.compositions.map((composition) => composition.name);
  return {
    code: 'COMPOSITION_NOT_FOUND',
    message: `${field}: Composition '${name}' not found in the template; ${suggestNames(name, names)}`,
  };
}

function twice(model: TemplateModel, name: string): string[] {
  const count = model.compositions.filter((composition) => composition.name === name).length;
  return count < 2 ? [] : [`The template has ${count} compositions named '${name}'; the first one is taken.`];
}

function checkFrames(composition: TemplateComposition, { frames, assets }: CheckedJob): Fault[] {
  const count = framesAfter(composition, assets);
  if (frames === null || frames.last < count) return [];
  const message = `settings.frames: frame ${frames.last} lies outside of composition '${composition.name}', whose frames are 0-${count - 1}`;
  return [{ code: 'FRAMES_OUT_OF_RANGE', message }];
}

function checkAsset(model: TemplateModel, jobComposition: TemplateComposition, asset: Asset, field: string): Findings {
  const call = asset.type === 'function' ? functionCall(asset) : null;
  const named = call === null ? ('composition' in asset ? asset.composition : undefined) : call.composition;
  const composition = named === undefined ? jobComposition : compositionOf(model, named);
  if (composition === undefined) {
    return { faults: [compositionNotFound(model, `${field}.composition`, named ?? '')], warnings: [] };
  }
  const warnings = named === undefined ? [] : twice(model, composition.name);
  if (asset.type === 'essential') {
    const resolved = resolveField(model, composition, asset);
    const place = 'fault' in resolved && resolved.fault.code === 'VALIDATION_ERROR' ? 'value' : 'layerName';
    return { faults: 'fault' in resolved ? [placed(resolved.fault, `${field}.${place}`)] : [], warnings };
  }
  const found = targetsOf(asset, call).map((target) =>
    checkTarget(composition, { asset, call, field, ...target }, model),
  );
  return {
    faults: found.flatMap(({ faults }) => faults),
    warnings: [
      ...warnings,
      ...(call === null ? [] : unknownParamWarnings(call, field)),
      ...found.flatMap((findings) => findings.warnings),
    ],
  };
}

function placed({ code, message }: Fault, field: string): Fault {
  return { code, message: `${field}: ${message}` };
}

/** An asset and one of the layers that it changes. */
interface Target {
  asset: Asset;
  call: FunctionCall | null;
  field: string;
  key: string;
  wanted: string | number;
}

function checkTarget(composition: TemplateComposition, target: Target, model: TemplateModel): Findings {
  const { asset, call, field, key, wanted } = target;
  const layers = composition.layers.filter((layer) =>
    typeof wanted === 'number' ? layer.index === wanted : layer.name === wanted,
  );
  const [layer] = layers;
  if (layer === undefined) return { faults: [layerNotFound(composition, `${field}.${key}`, wanted)], warnings: [] };
  const several = `Composition '${composition.name}' has ${layers.length} layers named '${layer.name}'; ${field} changes the topmost one.`;
  const fault = kindFault(asset, call, layer, field) ?? valueFault(model, asset, layer, field);
  return { faults: fault === null ? [] : [fault], warnings: layers.length > 1 ? [several] : [] };
}

function layerNotFound(composition: TemplateComposition, field: string, wanted: string | number): Fault {
  const what = typeof wanted === 'number' ? `Layer ${wanted}` : `Layer '${wanted}'`;
  const names = composition.layers.map(({ name }) => name);
  const message = `${field}: ${what} not found in composition '${composition.name}'; ${suggestNames(String(wanted), names)}`;
  return { code: 'LAYER_NOT_FOUND', message };
}

/** Layers that have a source, which After Effects can replace. */
const WITH_SOURCE: LayerKind[] = ['footage', 'precomposition', 'solid', 'adjustment', 'null', 'audio'];

const FITTING: Partial<Record<Asset['type'], LayerKind[]>> = {
  text: ['text'],
  image: WITH_SOURCE,
  video: WITH_SOURCE,
  audio: WITH_SOURCE,
  job: WITH_SOURCE,
};

function kindFault({ type }: Asset, call: FunctionCall | null, layer: TemplateLayer, field: string): Fault | null {
  const reason = call === null ? assetKindFault(type, layer) : functionKindFault(call, layer);
  return reason === null ? null : { code: 'ASSET_LAYER_MISMATCH', message: `${field}.layerName: ${reason}` };
}

function assetKindFault(type: Asset['type'], layer: TemplateLayer): string | null {
  const fitting = FITTING[type];
  if (fitting === undefined || layer.kind === 'unknown' || fitting.includes(layer.kind)) return null;
  return `layer '${layer.name}' is a ${layer.kind} layer; an asset of type ${type} needs a layer of kind ${fitting.join(' or ')}`;
}

function valueFault(model: TemplateModel, asset: Asset, layer: TemplateLayer, field: string): Fault | null {
  if (asset.type !== 'data') return null;
  const fault = propertyFault(model, layer, asset.property);
  return fault === null ? null : { code: 'PROPERTY_NOT_FOUND', message: `${field}.property: ${fault}` };
}

/** The layers that an asset changes, and the key under which each is named. */
function targetsOf(asset: Asset, call: FunctionCall | null): Pick<Target, 'key' | 'wanted'>[] {
  if (call !== null) return call.layerNames.map((wanted) => ({ key: 'layerName', wanted }));
  switch (asset.type) {
    case 'text':
    case 'data':
    case 'job':
      return [{ key: 'layerName', wanted: asset.layerName }];
    case 'image':
    case 'video':
    case 'audio': {
      if (asset.layerName !== undefined) return [{ key: 'layerName', wanted: asset.layerName }];
      return asset.layerIndex === undefined ? [] : [{ key: 'layerIndex', wanted: asset.layerIndex }];
    }
    default:
      return [];
  }
}
