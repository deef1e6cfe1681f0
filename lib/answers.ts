/** What the store knows, in the shapes of the API. Absent facts are null, times are ISO 8601 in UTC. */
import type {
  BatchDetails,
  Composition,
  Job,
  JobAttempt,
  JobLocal,
  JobStats,
  Layer,
  RefusedJob,
} from './contract/answers.ts';
import { batchStatus, isTerminal } from './status.ts';
import type { AttemptRecord, BatchRecord, JobRecord } from './store/records.ts';
import type { LayerKind, TemplateLayer, TemplateModel } from './template/model.ts';

export function jobAnswer(job: JobRecord): Job {
  return {
    id: job.id,
    templateId: job.templateId,
    status: job.status,
    progress: job.progress,
    stats: jobStats(job),
    outputUrl: job.status === 'finished' ? job.outputUrl : null,
    ...(job.missingFonts.length > 0 ? { missingFonts: job.missingFonts } : {}),
    local: jobLocal(job),
  };
}

/** What this library knows beyond the cloud's keys. */
export function jobLocal(job: JobRecord): JobLocal {
  return {
    batchId: job.batchId,
    parentId: job.parentId,
    index: job.index,
    run: job.run,
    attempts: job.attempts,
    errorCode: job.errorCode,
    outputPath: job.status === 'finished' ? job.outputPath : null,
    renderer: job.renderer,
    startDuration: job.startDuration,
    warnings: job.warnings,
    tags: job.tags,
    metadata: job.metadata,
  };
}

export function attemptAnswer(attempt: AttemptRecord, log: string): JobAttempt {
  const { id, number, run, outcome, errorCode, error, renderDuration, startDuration } = attempt;
  const [startedAt, endedAt] = [iso(attempt.startedAt), isoOrNull(attempt.endedAt)];
  return { id, number, run, startedAt, endedAt, outcome, errorCode, error, renderDuration, startDuration, log };
}

function jobStats(job: JobRecord): JobStats {
  return {
    createdAt: iso(job.createdAt),
    updatedAt: iso(job.updatedAt),
    startedAt: isoOrNull(job.startedAt),
    finishedAt: isoOrNull(job.finishedAt),
    errorAt: isoOrNull(job.errorAt),
    totalAssets: job.totalAssets,
    renderDuration: job.renderDuration,
    error: job.error,
  };
}

export function batchAnswer(batch: BatchRecord, jobs: readonly JobRecord[], refused: RefusedJob[]): BatchDetails {
  return {
    batchId: batch.id,
    status: batchStatus(batch.stats),
    stats: { ...batch.stats },
    jobs: jobs.map((job) => ({
      index: job.index,
      id: job.id,
      status: job.status,
      ...(job.status === 'finished' ? { outputUrl: job.outputUrl } : {}),
      ...(isTerminal(job.status) ? { stats: jobStats(job) } : {}),
      local: jobLocal(job),
    })),
    local: { createdAt: iso(batch.createdAt), run: batch.run, refused },
  };
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}

export function compositionAnswers({ compositions }: TemplateModel): Composition[] {
  return compositions.map(({ id, name, width, height, duration, frameRate }) => ({
    aeid: String(id),
    name,
    width,
    height,
    duration,
    frame_rate: frameRate,
  }));
}

/** The classes of After Effects' own object model; what has a source is an AVLayer. */
const LAYER_TYPES: Partial<Record<LayerKind, string>> = {
  text: 'TextLayer',
  shape: 'ShapeLayer',
  camera: 'CameraLayer',
  light: 'LightLayer',
};

export function layerAnswers({ compositions }: TemplateModel): Layer[] {
  const isComposition = new Set(compositions.map(({ id }) => id));
  return compositions.flatMap(({ id, layers }) =>
    layers.map((layer) => ({
      composition_id: id,
      aeid: layer.id,
      name: layer.name,
      ...boundsOf(layer),
      start_time: layer.start,
      in_point: layer.in,
      out_point: layer.out,
      layer_type: LAYER_TYPES[layer.kind] ?? 'AVLayer',
      source_type: layer.source === null ? null : layer.kind,
      source_comp_id: layer.sourceId !== null && isComposition.has(layer.sourceId) ? layer.sourceId : null,
      parent_id: layers.find(({ index }) => index === layer.parent)?.id ?? null,
    })),
  );
}

function boundsOf({ kind, text, width, height }: TemplateLayer): Pick<Layer, 'top' | 'left' | 'width' | 'height'> {
  if (text !== undefined && text.box !== null) return { ...text.box };
  const measured = kind === 'text' || kind === 'shape' || kind === 'camera' || kind === 'light' || kind === 'audio';
  return measured ? { top: null, left: null, width: null, height: null } : { top: 0, left: 0, width, height };
}
