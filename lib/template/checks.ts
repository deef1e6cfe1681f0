import type { Asset } from '../contract/asset.ts';
import type { ErrorCode } from '../errors.ts';
import type { LayerKind, TemplateComposition, TemplateModel } from './model.ts';
import { suggestNames } from './suggest.ts';

export interface Fault {
  code: ErrorCode;
  message: string;
}

export interface CheckedJob {
  /** `null`: the template's main composition. */
  composition: string | null;
  assets: readonly Asset[];
  frames: { first: number; last: number } | null;
}

/** What is wrong with a job, as far as the template is known: every fault, in the order of the job's fields. */
export function checkJob(model: TemplateModel, job: CheckedJob): Fault[] {
  if (job.composition === null && model.type !== 'mogrt') {
    return [{ code: 'VALIDATION_ERROR', message: 'template.composition: is required for every template but a .mogrt' }];
  }
  if (!model.complete) return [];
  const composition = find(model, job.composition ?? model.mainComposition);
  if (composition === undefined) return [compositionNotFound(model, job.composition ?? '')];
  return [
    ...checkFrames(composition, job.frames),
    ...job.assets.flatMap((asset, index) => checkAsset(model, composition, asset, index)),
  ];
}

function find(model: TemplateModel, name: string | null): TemplateComposition | undefined {
  return model.compositions.find((composition) => composition.name === name);
}

function compositionNotFound(model: TemplateModel, name: string): Fault {
  const names = model.compositions.map((composition) => composition.name);
  return {
    code: 'COMPOSITION_NOT_FOUND',
    message: `Composition '${name}' not found in the template; ${suggestNames(name, names)}`,
  };
}

function checkFrames(composition: TemplateComposition, frames: CheckedJob['frames']): Fault[] {
  if (frames === null || frames.last < composition.frames) return [];
  const message = `settings.frames: frame ${frames.last} lies outside of composition '${composition.name}', whose frames are 0-${composition.frames - 1}`;
  return [{ code: 'FRAMES_OUT_OF_RANGE', message }];
}

function checkAsset(model: TemplateModel, jobComposition: TemplateComposition, asset: Asset, index: number): Fault[] {
  const named = 'composition' in asset ? asset.composition : undefined;
  const composition = named === undefined ? jobComposition : find(model, named);
  if (composition === undefined) {
    const { code, message } = compositionNotFound(model, named ?? '');
    return [{ code, message: `assets[${index}].composition: ${message}` }];
  }
  const wanted = targetOf(asset);
  if (wanted === null) return [];
  const layers = composition.layers.filter((layer) =>
    typeof wanted === 'number' ? layer.index === wanted : layer.name === wanted,
  );
  const [layer] = layers;
  if (layer === undefined) {
    const what = typeof wanted === 'number' ? `Layer ${wanted}` : `Layer '${wanted}'`;
    const names = composition.layers.map(({ name }) => name);
    const message = `${what} not found in composition '${composition.name}'; ${suggestNames(String(wanted), names)}`;
    return [{ code: 'LAYER_NOT_FOUND', message: `assets[${index}].layerName: ${message}` }];
  }
  const fitting = FITTING[asset.type];
  if (fitting === undefined || layer.kind === 'unknown' || fitting.includes(layer.kind)) return [];
  const message = `assets[${index}].layerName: layer '${layer.name}' is a ${layer.kind} layer; an asset of type ${asset.type} needs a layer of kind ${fitting.join(' or ')}`;
  return [{ code: 'ASSET_LAYER_MISMATCH', message }];
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

function targetOf(asset: Asset): string | number | null {
  switch (asset.type) {
    case 'text':
    case 'data':
    case 'job':
      return asset.layerName;
    case 'image':
    case 'video':
    case 'audio':
      return asset.layerName ?? asset.layerIndex ?? null;
    default:
      return null;
  }
}
