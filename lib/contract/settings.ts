import { z } from 'zod';
import { nearestName } from './faults.ts';
import { CODEC_NAMES, CODECS, findCodec } from './formats.ts';

/** What people write for a codec, in the order in which it is tried, and the codec that comes nearest to it. */
const OTHER_NAMES: [pattern: RegExp, id: string][] = [
  [/4444|alpha/i, 'video_prores_4444'],
  [/prores|422|dnx/i, 'video_prores_422'],
  [/h\.?26[456]|x26[45]|avc|hevc|mp4|mpeg-?4|av1|vp[89]|webm|mkv/i, 'video_h264_vbr_15mbps'],
  [/jpe?g/i, 'image_jpeg'],
  [/png|tiff?|exr|tga|webp/i, 'image_png'],
];

/** The id of the codec that was meant by an unknown name, if it can be told. */
function suggestCodec(name: string): string | undefined {
  const near = nearestName(name, CODEC_NAMES);
  if (near !== undefined) return findCodec(near)?.id;
  return OTHER_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

const frameSchema = z.int().min(0).max(10_000_000);

/** How a job is rendered. */
export interface SettingsInput {
  /** What is made. Left out: by the codec, else a video. `aep`, the project as output, cannot be made here. */
  type?: 'video' | 'image' | 'aep' | undefined;
  /** One frame, or the first and the last one (both included), from 0. An image needs it; a video is whole without it. */
  frames?: number | [number, number] | undefined;
  /** `full` if left out. */
  quality?: 'draft' | 'full' | undefined;
  /** Such as `video_h264_vbr_15mbps` (for a video if left out), `video_prores_4444`, `image_png`; docs/ lists them all. */
  codec?: string | undefined;
  /** The version of After Effects; `ae2026` if left out. */
  engine?: 'ae2025' | 'ae2026' | undefined;
}

/** The words for a codec that there is not, which end a message. */
export function unknownCodec(name: string): string {
  const short = name.slice(0, 100);
  const meant = suggestCodec(short);
  const suggestion = meant === undefined ? '' : `did you mean '${meant}'? `;
  return `'${short}' is unknown; ${suggestion}the codecs are ${CODECS.map(({ id }) => id).join(', ')}`;
}

/** How a job is rendered. Source: shared contract, "Create a batch", `settings`. */
export const settingsSchema = z
  .strictObject({
    type: z.enum(['video', 'image', 'aep']).optional().describe('What is made. Left out: by the codec, else a video.'),
    frames: z
      .union([frameSchema, z.tuple([frameSchema, frameSchema])])
      .optional()
      .describe('One frame, or the first and the last one (both included); an image needs it.'),
    quality: z.enum(['draft', 'full']).default('full'),
    codec: z
      .string()
      .optional()
      .describe(`One of ${CODECS.map((codec) => codec.id).join(', ')}.`),
    engine: z.enum(['ae2025', 'ae2026']).default('ae2026').describe('The version of After Effects.'),
  })
  .superRefine(({ type, frames, codec: name }, context) => {
    const issue = (field: string, message: string, params?: object) =>
      context.addIssue({ code: 'custom', path: [field], message, params: { ...params } });
    if (Array.isArray(frames) && frames[1] <= frames[0]) {
      issue('frames', `the last frame (${frames[1]}) must be greater than the first (${frames[0]})`);
    }
    const codec = name === undefined ? undefined : findCodec(name);
    if (name !== undefined && codec === undefined) {
      issue('codec', unknownCodec(name), CODEC_UNKNOWN);
    }
    if (codec !== undefined && type !== undefined && type !== 'aep' && codec.type !== type) {
      const fitting = CODECS.filter((other) => other.type === type).map(({ id }) => id);
      issue(
        'codec',
        `${codec.id} does not make a job of type ${type}; use one of ${fitting.join(', ')}`,
        CODEC_UNKNOWN,
      );
    }
    if ((type ?? codec?.type) === 'image' && frames === undefined) {
      issue('frames', 'is required for a job of type image: one frame, or [first, last]');
    }
  });

/** Marks an issue that has a code of its own. */
const CODEC_UNKNOWN = { errorCode: 'CODEC_UNKNOWN' } as const;

export type Settings = z.output<typeof settingsSchema>;

/** A job names its template by an id or by a file; nested jobs as well. */
export function hasTemplate({
  template: { id, src },
}: {
  template: { id?: string | undefined; src?: string | undefined };
}): boolean {
  return id !== undefined || src !== undefined;
}

export const TEMPLATE_FAULT = { path: ['template', 'id'], message: 'is required, unless template.src names a file' };

/** A preview has settings of its own, so a job names one of the two; nested jobs as well. */
export function isPreviewOrHasSettings(job: { preview: boolean; settings?: Settings | undefined }): boolean {
  return !job.preview || job.settings === undefined;
}

export const PREVIEW_FAULT = { path: ['preview'], message: 'excludes settings; leave one of them out' };

/** Fills in the default settings if the job names none. */
export function withSettings<Job extends { settings?: Settings | undefined }>(job: Job): Job & { settings: Settings } {
  return { ...job, settings: job.settings ?? settingsSchema.parse({}) };
}
