import type { Renderer, Renderers } from '../aerender/renderers.ts';
import type { EngineConfig } from '../config.ts';
import { type Codec, findCodec } from '../contract/formats.ts';
import { RenderError } from '../errors.ts';
import type { RenderTask, TaskFile } from '../render/messages.ts';
import { workFolderOf } from '../render/work-folder.ts';
import type { ClaimedJob, JobRecord } from '../store/records.ts';
import type { JobPlan, PlannedFile } from './job-plan.ts';
import type { JobPayload } from './parse.ts';
import type { Planner } from './planner.ts';

/** Describes one attempt to render a job; `children` reads its nested jobs, all finished. */
export type TaskFactory = (job: ClaimedJob, attemptId: string, children: () => JobRecord[]) => Promise<RenderTask>;

export function taskFactory(config: EngineConfig, planner: Planner, renderers: Renderers): TaskFactory {
  return async (job, attemptId, children) => {
    const plan = await planner.current(job);
    // A guard at run time: this engine may have been opened without the permission that the creator's had.
    if (!config.allowScripts) refuseScripts(plan);
    // A guard at run time: the program may have been installed anew since, or removed.
    const codec = findCodec(plan.output.codec);
    if (codec === undefined) throw new RenderError('CODEC_UNKNOWN', `The codec ${plan.output.codec} is unknown.`);
    const renderer = await renderers.locate(plan.renderer, codec);
    return renderTask({ job, attemptId, plan, codec, renderer, children, config });
  };
}

interface Attempt {
  job: ClaimedJob;
  attemptId: string;
  plan: JobPlan;
  codec: Codec;
  renderer: Renderer;
  children: () => JobRecord[];
  /** The limits of this engine, and its output folder. */
  config: EngineConfig;
}

/** A plan, the outputs of the nested jobs, and the limits of the engine that renders. Nothing is looked up or decided. */
function renderTask({ job, attemptId, plan, codec, renderer, children, config }: Attempt): RenderTask {
  const { multiFrame, maxMemoryPercent, timeouts, outputModules } = config.aerender;
  return {
    jobId: job.id,
    batchId: job.batchId,
    attemptId,
    workDir: workFolderOf(config.outputDir, attemptId),
    keepWorkDir: config.keepWorkDirs,
    template: plan.template,
    composition: plan.composition,
    files: filesOf(plan, job, children),
    steps: plan.steps,
    renderer,
    fonts: plan.fonts,
    output: { ...plan.output, codec, path: job.outputPath, folder: config.outputDir, replaces: replacedBy(plan, job) },
    timeouts,
    priority: config.priority,
    multiFrame: multiFrame ?? null,
    maxMemoryPercent: maxMemoryPercent ?? null,
    outputModules,
    upload: plan.upload ?? null,
    logLimit: config.logLimit,
  };
}

/** No other job has the id that is the name of an output, so that only a name of the caller's can be there already. */
function replacedBy({ output }: JobPlan, { triedSince }: ClaimedJob): RenderTask['output']['replaces'] {
  return output.fileName === undefined || output.overwrite === true ? 'any' : triedSince;
}

function refuseScripts({ steps }: JobPlan): void {
  const script = steps.find(({ type }) => type === 'script');
  if (script === undefined) return;
  const message = `assets[${script.asset}]: the engine is open without allowScripts, and runs no scripts of jobs.`;
  throw new RenderError('SCRIPTS_NOT_ALLOWED', message);
}

function filesOf(plan: JobPlan, job: ClaimedJob, children: () => JobRecord[]): TaskFile[] {
  // Most jobs have no nested ones, which are then not looked for; nor data: URIs, and their payload is not read.
  const nested = plan.files.some(({ source }) => 'childAsset' in source) ? children() : [];
  const outputs = new Map(nested.map((child) => [child.assetIndex, child.outputPath]));
  const payload = plan.files.some(({ source }) => 'payloadAsset' in source)
    ? (JSON.parse(job.payload) as JobPayload)
    : null;
  return plan.files.map(({ source, ...file }) => ({ ...file, src: sourceOf(source, payload, outputs) }));
}

function sourceOf(
  source: PlannedFile['source'],
  payload: JobPayload | null,
  outputs: ReadonlyMap<number | null, string>,
): string {
  if ('path' in source) return source.path;
  if ('payloadAsset' in source) return String(payload?.assets?.[source.payloadAsset]?.src);
  const output = outputs.get(source.childAsset);
  if (output !== undefined) return output;
  throw new RenderError('CHILD_FAILED', `The nested job of assets[${source.childAsset}] is gone.`);
}
