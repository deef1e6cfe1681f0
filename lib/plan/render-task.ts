import { dirname } from 'node:path';
import type { EngineConfig } from '../config.ts';
import { RenderError } from '../errors.ts';
import { fontsForRender } from '../fonts/catalog.ts';
import type { RenderTask } from '../render/messages.ts';
import type { Renderers } from '../render/renderers.ts';
import { workFolderOf } from '../render/work-folder.ts';
import type { ClaimedJob, JobRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { outputFormat } from './output.ts';
import { parseJob } from './parse.ts';
import { renderAssets } from './render-assets.ts';

/** Describes one attempt to render a job, from what the store has; `children` are its nested jobs, all finished. */
export type TaskFactory = (job: ClaimedJob, attemptId: string, children: readonly JobRecord[]) => RenderTask;

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
      assets: renderAssets(creation.assets, {
        folder: dirname(job.templatePath),
        children,
        allowScripts: config.allowScripts,
      }),
      renderer,
      fonts: fontsForRender(job.fontNeeds, store, { library: config.fontLibrary, folders: config.fonts }),
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
      priority: config.priority,
      multiFrame: multiFrame ?? null,
      maxMemoryPercent: maxMemoryPercent ?? null,
      outputModules,
      logLimit: config.logLimit,
    };
  };
}
