/**
 * The formats of files: the kinds of template that are rendered, and the codecs of what comes out. Facts only: threads load
 * this file, and leave the schemas to the host.
 */

/** The kinds of template file: those of the cloud (`aep`, `mogrt`, `zip`), After Effects' XML form, and Lottie/Bodymovin. */
export const TEMPLATE_TYPES = ['aep', 'aepx', 'mogrt', 'zip', 'json', 'lottie'] as const;
/** The kind of a template file. */
export type TemplateType = (typeof TEMPLATE_TYPES)[number];

/** The program that renders: After Effects, or the renderer that this package brings. */
export type RendererKind = 'after-effects' | 'bundled';

/** The program that renders a template of this type. */
export function rendersWith(type: TemplateType): RendererKind {
  return type === 'json' || type === 'lottie' ? 'bundled' : 'after-effects';
}

export type ArchiveType = 'mogrt' | 'zip' | 'lottie';

/** Whether a template of this type is unpacked into a folder of its own. */
export function isArchive(type: TemplateType): type is ArchiveType {
  return type === 'mogrt' || type === 'zip' || type === 'lottie';
}

/** What the copy of a template is called in the work folder; null for an archive, which has its own name inside. */
export function nameOfCopy(type: TemplateType): string | null {
  return isArchive(type) ? null : `template.${type}`;
}

/** What kinds of layer there are. `unknown`: of a kind that this library does not know. */
export type LayerKind =
  | 'text'
  | 'footage'
  | 'solid'
  | 'shape'
  | 'null'
  | 'camera'
  | 'light'
  | 'adjustment'
  | 'precomposition'
  | 'audio'
  | 'unknown';

/** What a codec id of the API means for a file. Source: shared contract, "Settings, codecs, preview". */
export interface Codec {
  /** The id as the API lists it: `video_h264_vbr_15mbps`. */
  readonly id: string;
  readonly type: 'video' | 'image';
  readonly family: 'h264' | 'prores_422' | 'prores_4444' | 'png' | 'jpeg';
  /** File extension without the dot. */
  readonly extension: 'mp4' | 'mov' | 'png' | 'jpg';
  readonly alpha: boolean;
  /** H.264 only: variable or constant rate, in Mbit/s. */
  readonly rate?: { readonly mode: 'vbr' | 'cbr'; readonly mbps: number };
}

const H264_RATES = [1, 5, 15, 40] as const;

function h264(mode: 'vbr' | 'cbr', mbps: number): Codec {
  return {
    id: `video_h264_${mode}_${mbps}mbps`,
    type: 'video',
    family: 'h264',
    extension: 'mp4',
    alpha: false,
    rate: { mode, mbps },
  };
}

export const CODECS: readonly Codec[] = [
  ...H264_RATES.map((mbps) => h264('vbr', mbps)),
  ...H264_RATES.map((mbps) => h264('cbr', mbps)),
  { id: 'video_prores_422', type: 'video', family: 'prores_422', extension: 'mov', alpha: false },
  { id: 'video_prores_4444', type: 'video', family: 'prores_4444', extension: 'mov', alpha: true },
  { id: 'image_png', type: 'image', family: 'png', extension: 'png', alpha: true },
  { id: 'image_jpeg', type: 'image', family: 'jpeg', extension: 'jpg', alpha: false },
];

const BY_NAME = new Map(
  CODECS.flatMap((codec) => [[codec.id, codec] as const, [codec.id.replace(/^(video|image)_/, ''), codec] as const]),
);

export const CODEC_NAMES: readonly string[] = [...BY_NAME.keys()];

/** Finds a codec by its id; older documents leave out `video_` and `image_`, and both are taken. */
export function findCodec(name: string): Codec | undefined {
  return BY_NAME.get(name);
}

function known(id: string): Codec {
  const codec = BY_NAME.get(id);
  if (codec === undefined) throw new Error(`codec ${id} is missing from the table`);
  return codec;
}

/** The cloud renders H.264 if `settings.codec` is left out. */
export const DEFAULT_VIDEO_CODEC = known('video_h264_vbr_15mbps');
export const DEFAULT_IMAGE_CODEC = known('image_png');
/** A `preview` is small and fast: half resolution, draft quality, the lowest rate. */
export const PREVIEW_CODEC = known('video_h264_vbr_1mbps');
