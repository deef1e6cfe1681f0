/** Finds the compositions and layers that the assets of a job name, and makes of each asset its step. */
import { suggestNames } from '../contract/faults.ts';
import type { Fault } from '../errors.ts';
import { compositionOf, layersUnder, named } from '../template/composition.ts';
import type { TemplateComposition, TemplateLayer, TemplateModel } from '../template/model.ts';
import { type Asset, type Step, typeOf } from './asset.ts';
import type { AssetPlace, AssetType, EngineLimits, LayerTarget, NamedLayer } from './asset-type.ts';

/** A job with faults is refused, one with warnings is accepted. */
interface ResolvedAssets {
  /** Every one, in the order of the job's fields. */
  faults: Fault[];
  warnings: string[];
  /** In the order of the assets. */
  steps: Step[];
}

interface CheckedJob {
  /** The name that the job gives; null: the template's main composition. */
  composition: string | null;
  assets: readonly Asset[];
  frames: { first: number; last: number } | null;
}

/** Checks a job against its template, as far as that is known. */
export function resolveAssets(model: TemplateModel, limits: EngineLimits, job: CheckedJob): ResolvedAssets {
  const refusals = refusedAssets(job, limits);
  const refused = (fault: Fault) => ({ faults: [...refusals, fault], warnings: [], steps: [] });
  if (job.composition === null && model.type !== 'mogrt') {
    const message = 'template.composition: is required for every template but a .mogrt';
    return refused({ code: 'VALIDATION_ERROR', message });
  }
  const composition = compositionOf(model, job.composition);
  if (composition === undefined && model.complete) {
    return refused(compositionNotFound(model, 'template.composition', job.composition ?? ''));
  }
  const resolved = job.assets.map((asset, position) =>
    resolveAsset({ model, renderer: limits.renderer, composition }, asset, position),
  );
  const about = model.complete ? warnIfAmbiguous(model, composition?.name ?? '') : [incomplete(model)];
  return {
    faults: [
      ...refusals,
      ...(model.complete && composition !== undefined ? checkFrames(composition, job) : []),
      ...resolved.flatMap(({ faults }) => faults),
    ],
    warnings: [...new Set([...about, ...resolved.flatMap(({ warnings }) => warnings)])],
    steps: resolved.flatMap(({ steps }) => steps),
  };
}

/** What an engine like this one cannot carry out at all. */
function refusedAssets({ assets }: CheckedJob, limits: EngineLimits): Fault[] {
  return assets.flatMap((asset, index) => {
    const fault = typeOf(asset).refuse?.(asset, limits) ?? null;
    return fault === null ? [] : [{ code: fault.code, message: `assets[${index}].${fault.message}` }];
  });
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

function warnIfAmbiguous(model: TemplateModel, name: string): string[] {
  const count = model.compositions.filter((composition) => composition.name === name).length;
  return count < 2 ? [] : [`The template has ${count} compositions named '${name}'; the first one is taken.`];
}

function checkFrames(composition: TemplateComposition, { frames, assets }: CheckedJob): Fault[] {
  const count = framesAfter(composition, assets);
  if (frames === null || frames.last < count) return [];
  const message = `settings.frames: frame ${frames.last} lies outside of composition '${composition.name}', whose frames are 0-${count - 1}`;
  return [{ code: 'FRAMES_OUT_OF_RANGE', message }];
}

/** How many frames the composition of the job has after the assets that set its length. */
export function framesAfter(composition: TemplateComposition, assets: readonly Asset[]): number {
  const lengths = assets.flatMap((asset) => typeOf(asset).duration?.(asset, composition.name) ?? []);
  const seconds = lengths.at(-1);
  return seconds === undefined ? composition.frames : Math.max(1, Math.round(seconds * composition.frameRate));
}

type JobPlace = Pick<AssetPlace, 'model' | 'renderer' | 'composition'>;

function resolveAsset(job: JobPlace, asset: Asset, position: number): ResolvedAssets {
  const { model } = job;
  const type = typeOf(asset);
  const field = `assets[${position}]`;
  const wanted = type.compositionOf?.(asset) ?? ('composition' in asset ? asset.composition : undefined);
  const composition = wanted === undefined ? job.composition : compositionOf(model, wanted);
  if (composition === undefined && model.complete) {
    return { faults: [compositionNotFound(model, `${field}.composition`, wanted ?? '')], warnings: [], steps: [] };
  }
  const compositionName = wanted === undefined ? undefined : (composition?.name ?? wanted);
  const found = layersOf(type, asset).map((layer) =>
    model.complete && composition !== undefined
      ? findLayer({ asset, type, field, composition, compositionName, model }, layer)
      : { target: targetOf(layer, compositionName), layer: null, faults: [], warnings: [] },
  );
  const faults = found.flatMap((layer) => layer.faults);
  const warnings = [
    ...(wanted === undefined ? [] : warnIfAmbiguous(model, composition?.name ?? wanted)),
    ...(type.warnings?.(asset) ?? []).map((warning) => `${field}.${warning}`),
    ...found.flatMap((layer) => layer.warnings),
  ];
  if (faults.length > 0) return { faults, warnings, steps: [] };
  const step = type.step(asset, {
    ...job,
    composition,
    compositionName,
    target: found[0]?.target ?? {},
    layers: found,
  });
  if (step === null) return { faults, warnings, steps: [] };
  if ('code' in step) return { faults: [{ ...step, message: `${field}.${step.message}` }], warnings, steps: [] };
  return { faults, warnings, steps: [{ ...step, asset: position }] };
}

function layersOf({ layers }: AssetType<Asset, Step>, asset: Asset): NamedLayer[] {
  if (typeof layers === 'function') return layers(asset);
  if (layers === undefined || !('layerName' in asset) || typeof asset.layerName !== 'string') return [];
  return [{ key: layers, wanted: asset.layerName }];
}

/** An asset and the composition of its layers. */
interface Search {
  asset: Asset;
  type: AssetType<Asset, Step>;
  field: string;
  composition: TemplateComposition;
  compositionName: string | undefined;
  model: TemplateModel;
}

interface FoundLayer {
  target: LayerTarget;
  layer: TemplateLayer | null;
  faults: Fault[];
  warnings: string[];
}

function findLayer(search: Search, wanted: NamedLayer): FoundLayer {
  const { composition, compositionName, field } = search;
  const layers =
    typeof wanted.wanted === 'number'
      ? composition.layers.filter(({ index }) => index === wanted.wanted)
      : named(composition.layers, wanted.wanted);
  const [layer] = layers;
  const target = targetOf(layer === undefined ? wanted : nameOf(layer, wanted), compositionName);
  if (layer === undefined) return { target, layer: null, faults: [layerNotFound(search, wanted)], warnings: [] };
  const reason = kindFault(search, layer);
  const several = `Composition '${composition.name}' has ${layers.length} layers named '${layer.name}'; ${field} changes the topmost one.`;
  return {
    target,
    layer,
    faults: reason === null ? [] : [{ code: 'ASSET_LAYER_MISMATCH', message: `${field}.layerName: ${reason}` }],
    warnings: layers.length > 1 ? [several] : [],
  };
}

/** The layer's own name, which may write its accents otherwise than the job. */
function nameOf({ name }: TemplateLayer, { key, wanted }: NamedLayer): NamedLayer {
  return { key, wanted: typeof wanted === 'number' ? wanted : name };
}

function targetOf({ wanted }: NamedLayer, composition: string | undefined): LayerTarget {
  const place = composition === undefined ? {} : { composition };
  return typeof wanted === 'number' ? { layerIndex: wanted, ...place } : { layerName: wanted, ...place };
}

function layerNotFound({ model, composition, field }: Search, { key, wanted }: NamedLayer): Fault {
  const what = typeof wanted === 'number' ? `Layer ${wanted}` : `Layer '${wanted}'`;
  const names = composition.layers.map(({ name }) => name);
  const elsewhere = typeof wanted === 'number' ? undefined : otherPlaceOf(model, composition, wanted);
  const advice =
    elsewhere === undefined
      ? suggestNames(String(wanted), names)
      : `composition '${elsewhere}' has one: name it in the asset's key composition`;
  return {
    code: 'LAYER_NOT_FOUND',
    message: `${field}.${key}: ${what} not found in composition '${composition.name}'; ${advice}`,
  };
}

/** The first of the compositions under this one that has the layer, else the first of the template. */
function otherPlaceOf(model: TemplateModel, top: TemplateComposition, wanted: string): string | undefined {
  const under = layersUnder(model, top).map(({ composition }) => composition);
  return [...under, ...model.compositions].find(({ layers }) => named(layers, wanted).length > 0)?.name;
}

function kindFault({ asset, type }: Search, layer: TemplateLayer): string | null {
  if (type.kindFault !== undefined) return type.kindFault(asset, layer);
  const { fits } = type;
  if (fits === null || layer.kind === 'unknown' || fits.includes(layer.kind)) return null;
  return `layer '${layer.name}' is a ${layer.kind} layer; an asset of type ${asset.type} needs a layer of kind ${fits.join(' or ')}`;
}

/** A layer with a text, and the names of the fonts that it is set in. */
interface LayerWithText {
  layer: string;
  fonts: readonly string[];
}

/** All that steps may write into a text, and the fonts in which they do; null if these are not known. */
export function textsOfSteps(
  steps: readonly Step[],
  layers: readonly LayerWithText[],
): { text: string; fonts: readonly string[] | null }[] {
  return steps.flatMap((step) => {
    const named = step.type === 'text' ? layers.filter(({ layer }) => layer === step.layerName) : [];
    const fonts = named.length === 0 ? null : named.flatMap((one) => one.fonts);
    return stringsIn([step]).map((text) => ({ text, fonts }));
  });
}

/** Values of every kind, since a function or a property may be a text. */
function stringsIn(steps: readonly Step[]): string[] {
  const strings: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const step of steps) {
    if ('value' in step) visit(step.value);
    if ('params' in step) visit(step.params);
  }
  return strings;
}
