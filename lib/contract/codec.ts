import { nearestName } from './suggest.ts';

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

/** Finds a codec by its id; older documents leave out `video_` and `image_`, and both are taken. */
export function findCodec(name: string): Codec | undefined {
  return BY_NAME.get(name);
}

/** What people write for a codec, in the order in which it is tried, and the codec that comes nearest to it. */
const OTHER_NAMES: [pattern: RegExp, id: string][] = [
  [/4444|alpha/i, 'video_prores_4444'],
  [/prores|422|dnx/i, 'video_prores_422'],
  [/h\.?26[456]|x26[45]|avc|hevc|mp4|mpeg-?4|av1|vp[89]|webm|mkv/i, 'video_h264_vbr_15mbps'],
  [/jpe?g/i, 'image_jpeg'],
  [/png|tiff?|exr|tga|webp/i, 'image_png'],
];

/** The id of the codec that was meant by an unknown name, if it can be told. */
export function suggestCodec(name: string): string | undefined {
  const near = nearestName(name, [...BY_NAME.keys()]);
  if (near !== undefined) return findCodec(near)?.id;
  return OTHER_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

function known(id: string): Codec {
  const codec = BY_NAME.get(id);
  if (codec === undefined) throw new Error(`codec ${id} is missing from the table`);
  return codec;
}

/** The cloud renders H.264 where `settings.codec` is left out. */
export const DEFAULT_VIDEO_CODEC = known('video_h264_vbr_15mbps');
export const DEFAULT_IMAGE_CODEC = known('image_png');
/** A `preview` is small and fast: half resolution, draft quality, the lowest rate. */
export const PREVIEW_CODEC = known('video_h264_vbr_1mbps');
