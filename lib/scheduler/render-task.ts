import { dirname } from 'node:path';
import type { EngineConfig } from '../config.ts';
import type { Asset } from '../contract/asset.ts';
import { outputFormat } from '../contract/output-format.ts';
import { parseJob } from '../contract/parse.ts';
import { readSource } from '../contract/source.ts';
import { RenderError } from '../errors.ts';
import type { RenderAsset, RenderTask } from '../render/messages.ts';
import type { Renderers } from '../render/renderers.ts';
import { workFolderOf } from '../render/work-folder.ts';
import type { JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { fontsOf } from './font-supplies.ts';

/** Describes one attempt to render a job, from what the store has; `children` are its nested jobs, all finished. */
export type TaskFactory = (job: JobRecord, attemptId: string, children: readonly JobRecord[]) => RenderTask;

export function taskFactory(config: EngineConfig, renderers: Renderers, store: Store): TaskFactory {
  const { multiFrame, maxMemoryPercent, timeouts, outputModules } = config.aerender;
  return (job, attemptId, children) => {
    const parsed = parseJob(JSON.parse(job.payload));
    if (!parsed.ok) throw new RenderError(parsed.code, parsed.message);
    const creation = parsed.job;
    const format = outputFormat(creation);
    const renderer = renderers.for(job.templateType, creation.settings.engine);
    return {
      jobId: job.id,
      batchId: job.batchId,
      attemptId,
      workDir: workFolderOf(config.outputDir, attemptId),
      keepWorkDir: config.keepWorkDirs,
      template: { path: job.templatePath, type: job.templateType },
      composition: creation.template.composition ?? null,
      assets: renderAssets(creation.assets, dirname(job.templatePath), children),
      renderer,
      fonts: fontsOf(job, store, config),
      output: {
        path: job.outputPath,
        folder: config.outputDir,
        codec: format.codec,
        sequence: format.sequence,
        frames: format.frames,
        quality: format.quality,
        halfResolution: format.halfResolution,
      },
      timeouts,
      multiFrame: multiFrame ?? null,
      maxMemoryPercent: maxMemoryPercent ?? null,
      outputModules,
      logLimit: config.logLimit,
    };
  };
}

/** The assets in their order, with the outputs of the nested jobs in the places of the nested jobs. */
function renderAssets(assets: readonly Asset[], folder: string, children: readonly JobRecord[]): RenderAsset[] {
  const childAt = new Map(children.map((child) => [child.assetIndex, child]));
  return assets.map((asset, index) => {
    switch (asset.type) {
      case 'job': {
        const child = childAt.get(index);
        if (child === undefined) throw new RenderError('CHILD_FAILED', `The nested job of assets[${index}] is gone.`);
        return { ...target(asset), type: outputFormat(asset).codec.type, src: child.outputPath };
      }
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
      default:
        throw new RenderError('ASSET_TYPE_UNSUPPORTED', `assets[${index}]: '${asset.type}' cannot be rendered here.`);
    }
  });
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
