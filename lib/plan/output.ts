import { win32 } from 'node:path';
import type { Asset, NestedJob } from '../assets/asset.ts';
import { framesAfter } from '../assets/layers.ts';
import { NO_UPLOAD, NO_WEBHOOK } from '../contract/delivery.ts';
import {
  type Codec,
  DEFAULT_IMAGE_CODEC,
  DEFAULT_VIDEO_CODEC,
  findCodec,
  nameOfCopy,
  PREVIEW_CODEC,
  type RendererKind,
} from '../contract/formats.ts';
import { type LocalInput, outputFileName } from '../contract/local.ts';
import type { Settings } from '../contract/settings.ts';
import type { Fault } from '../errors.ts';
import { placesIn, workFolderOf } from '../render/work-folder.ts';
import type { TemplateComposition } from '../template/model.ts';
import type { JobPlan, PlannedFile, PlannedOutput } from './job-plan.ts';
import type { JobCreation } from './request.ts';

/** What a job makes. */
interface OutputFormat {
  codec: Codec;
  /** The published file's extension, without the dot. */
  extension: string;
  /** A range of frames as pictures: numbered files in one zip. The contract leaves "a folder or zip"; we chose the zip. */
  sequence: boolean;
  /** Both included, as aerender's `-s` and `-e`; `null`: the whole composition. */
  frames: { first: number; last: number } | null;
  quality: 'draft' | 'full';
  halfResolution: boolean;
  /** The name that the job gives it, made safe; null: the job's id. */
  fileName: string | null;
}

interface OutputRequest {
  settings: Settings;
  preview: boolean;
  local?: LocalInput | undefined;
}

/** A preview is small and quick, whatever the job would be without it. */
export function outputFormat({ settings, preview, local }: OutputRequest): OutputFormat {
  const codec = preview ? PREVIEW_CODEC : codecOf(settings);
  const sequence = !preview && codec.type === 'image' && Array.isArray(settings.frames);
  const extension = sequence ? 'zip' : codec.extension;
  return {
    codec,
    extension,
    sequence,
    frames: frameRange(settings.frames),
    quality: preview ? 'draft' : settings.quality,
    halfResolution: preview,
    fileName: local?.fileName === undefined ? null : outputFileName(local.fileName, extension),
  };
}

function codecOf(settings: Settings): Codec {
  const named = settings.codec === undefined ? undefined : findCodec(settings.codec);
  return named ?? (settings.type === 'image' ? DEFAULT_IMAGE_CODEC : DEFAULT_VIDEO_CODEC);
}

function frameRange(frames: Settings['frames']): OutputFormat['frames'] {
  if (frames === undefined) return null;
  const [first, last] = Array.isArray(frames) ? frames : [frames, frames];
  return { first, last };
}

const ULID_LENGTH = 26;

/** The cloud can also give the project itself, which is not made here. */
export function unsupportedOutput({ settings }: { settings: Settings }): Fault[] {
  if (settings.type !== 'aep') return [];
  const message = "settings.type: 'aep' (the project as output) cannot be made here; ask for video or image.";
  return [{ code: 'SETTINGS_UNSUPPORTED', message }];
}

interface OutputPlace {
  composition: TemplateComposition | undefined;
  assets: readonly Asset[];
  renderer: RendererKind;
  /** How many times larger the bundled renderer draws; left out: 1. */
  supersample?: 1 | 2 | 4;
  /** It may replace a file of that name. */
  overwrite?: boolean | undefined;
}

/** What the renderer gets to know of the output. */
export function plannedOutput(
  { codec, sequence, frames, quality, halfResolution, fileName }: OutputFormat,
  { composition, assets, renderer, supersample = 1, overwrite = false }: OutputPlace,
): PlannedOutput {
  // After Effects numbers the first frame as the project shows it; ours count from 0.
  const first = renderer === 'after-effects' ? (composition?.startFrame ?? 0) : 0;
  return {
    codec: codec.id,
    sequence,
    frames: frames === null ? null : { first: frames.first + first, last: frames.last + first },
    expectedFrames: frames === null ? wholeLength(composition, assets) : frames.last - frames.first + 1,
    quality,
    halfResolution,
    // A draft is for a quick look.
    ...(renderer === 'bundled' && supersample !== 1 && quality !== 'draft' ? { supersample } : {}),
    ...(fileName === null ? {} : { fileName }),
    ...(fileName !== null && overwrite ? { overwrite } : {}),
  };
}

/** aerender renders the work area. A script of the job may change it in any way. */
function wholeLength(composition: TemplateComposition | undefined, assets: readonly Asset[]): number | null {
  if (composition === undefined || assets.some(({ type }) => type === 'script')) return null;
  const { workArea, frameRate, frames } = composition;
  const inWorkArea = Math.max(1, Math.round(workArea.duration * frameRate));
  const isWhole = inWorkArea >= frames;
  const after = framesAfter(composition, assets);
  if (after === frames) return inWorkArea;
  return isWhole ? after : null;
}

/** After Effects and most programs on Windows open none longer. Source: Microsoft, "Maximum Path Length Limitation". */
const LONGEST_WINDOWS_PATH = 259;

/** Says so if a file of the job would have a longer path than Windows' programs open; null if none has. */
export function longPathWarning(
  plan: JobPlan,
  { outputDir, outputPath }: { outputDir: string; outputPath: string },
  platform = process.platform,
): string | null {
  if (platform !== 'win32') return null;
  const { project, assets, output } = placesIn(workFolderOf(outputDir, 'A'.repeat(ULID_LENGTH)));
  const beside = [nameOfCopy(plan.template.type) ?? '', ...plan.template.beside.map(({ to }) => to)];
  const paths = [
    outputPath,
    win32.join(output, 'frame_00000.jpeg'),
    ...beside.map((name) => win32.join(project, name)),
    ...plan.files.map(({ folder, name }) => win32.join(folder === 'project' ? project : assets, name)),
  ];
  const longest = Math.max(...paths.map((path) => path.length));
  if (longest <= LONGEST_WINDOWS_PATH) return null;
  const over = longest - LONGEST_WINDOWS_PATH;
  return `Files of this job have paths of up to ${longest} characters, and programs on Windows, After Effects among them, open none over ${LONGEST_WINDOWS_PATH}. Choose an outputDir whose path is shorter by ${over}.`;
}

/** What becomes of the output, and who hears of the end. A nested job has neither. */
export function plannedDelivery(job: JobCreation | NestedJob): Pick<JobPlan, 'webhook' | 'upload'> {
  return { webhook: webhookOf(job), ...uploadOf(job) };
}

function uploadOf(job: JobCreation | NestedJob): Pick<JobPlan, 'upload'> {
  if (!('upload' in job) || job.upload?.params === undefined) return {};
  return { upload: { provider: job.upload.provider, params: job.upload.params } };
}

/** What the cloud does with the network after a render, and nothing here does. */
export function undelivered(job: JobCreation | NestedJob, takes: { uploads: boolean; webhooks: boolean }): string[] {
  return [
    ...('upload' in job && job.upload?.params !== undefined && !takes.uploads ? [NO_UPLOAD] : []),
    ...('webhook' in job && job.webhook !== undefined && !takes.webhooks ? [NO_WEBHOOK] : []),
  ];
}

function webhookOf(job: JobCreation | NestedJob): JobPlan['webhook'] {
  if (!('webhook' in job) || job.webhook === undefined) return null;
  const { url, method, headers = {}, data, custom } = job.webhook;
  return { url, method, headers, ...(custom ? { body: data } : {}) };
}

/** The outputs of nested jobs, as files of the assets that they are. */
export function nestedOutputs({ assets }: JobCreation | NestedJob): PlannedFile[] {
  return assets.flatMap((asset, index) => {
    if (asset.type !== 'job') return [];
    const name = `${index}-nested.${outputFormat(asset).extension}`;
    return [{ folder: 'assets', name, source: { childAsset: index }, asset: index }];
  });
}
