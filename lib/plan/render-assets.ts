import { basename } from 'node:path';
import type { Asset } from '../assets/asset.ts';
import { functionCall } from '../assets/function.ts';
import { isDataUri } from '../contract/data-uri.ts';
import { readSource } from '../contract/source.ts';
import { RenderError } from '../errors.ts';
import type { RenderAsset } from '../render/messages.ts';
import type { JobRecord } from '../store/records.ts';
import { outputFormat } from './output.ts';

/** What decides about the assets of a job besides themselves. */
interface Surroundings {
  /** That of the template, which relative paths start from. */
  folder: string;
  children: readonly JobRecord[];
  allowScripts: boolean;
}

/** The assets in their order, with the outputs of the nested jobs in the places of the nested jobs. */
export function renderAssets(assets: readonly Asset[], surroundings: Surroundings): RenderAsset[] {
  const childAt = new Map(surroundings.children.map((child) => [child.assetIndex, child]));
  return assets.map((asset, index) =>
    asset.type === 'job' ? output(asset, childAt.get(index), index) : renderAsset(asset, index, surroundings),
  );
}

type NestedJob = Asset & { type: 'job' };

function output(asset: NestedJob, child: JobRecord | undefined, index: number): RenderAsset {
  if (child === undefined) throw new RenderError('CHILD_FAILED', `The nested job of assets[${index}] is gone.`);
  return { ...target(asset), type: outputFormat(asset).codec.type, src: child.outputPath };
}

function renderAsset(
  asset: Exclude<Asset, NestedJob>,
  index: number,
  { folder, allowScripts }: Surroundings,
): RenderAsset {
  switch (asset.type) {
    case 'image':
    case 'video':
    case 'audio':
      return { ...target(asset), type: asset.type, src: sourceOf(asset.src, folder, index) };
    case 'static':
      return { type: 'static', name: asset.name, src: sourceOf(asset.src, folder, index) };
    case 'text':
      return { ...target(asset), layerName: asset.layerName, type: 'text', value: asset.value };
    case 'data': {
      const { property, value, expression } = asset;
      return { ...target(asset), layerName: asset.layerName, type: 'data', property, value, expression };
    }
    case 'function':
      return { type: 'function', ...functionCall(asset) };
    case 'essential':
      return { type: 'essential', layerName: asset.layerName, value: asset.value };
    case 'script': {
      // It was allowed when the job was created; the engine may have been opened anew since.
      if (!allowScripts)
        throw new RenderError(
          'SCRIPTS_NOT_ALLOWED',
          `assets[${index}]: the engine is open without allowScripts, and runs no scripts of jobs.`,
        );
      const name = isDataUri(asset.src) ? 'data: URI' : basename(asset.src);
      const parameters = parametersOf(asset.parameters);
      return { type: 'script', name, src: sourceOf(asset.src, folder, index), keyword: asset.keyword, parameters };
    }
  }
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

function target(asset: { layerName?: string; layerIndex?: number; composition?: string }) {
  const { layerName, layerIndex, composition } = asset;
  return { layerName, layerIndex, composition };
}

function sourceOf(src: string, folder: string, index: number): string {
  const source = readSource(src, folder);
  if (source.kind === 'unsupported') {
    throw new RenderError(
      'ASSET_SOURCE_UNSUPPORTED',
      `assets[${index}].src: ${source.scheme}: sources need the network.`,
    );
  }
  return source.kind === 'data' ? source.uri : source.path;
}
