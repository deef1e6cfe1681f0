import { type Codec, findCodec } from '../contract/codec.ts';

/**
 * The output module templates that After Effects brings, by codec family and rate. It has no constant-rate and no
 * 1 Mbit/s ones: the nearest is taken, unless the embedder names its own (`aerender.outputModules`). Names are those of
 * an English 2023 or later; those of pictures could not be confirmed here.
 */
function adobeTemplate(codec: Codec): string {
  switch (codec.family) {
    case 'h264': {
      const mbps = Math.max(5, codec.rate?.mbps ?? 15);
      return `H.264 - Match Render Settings - ${mbps} Mbps`;
    }
    case 'prores_422':
      return 'High Quality';
    case 'prores_4444':
      return 'High Quality with Alpha';
    case 'png':
      return 'PNG Sequence';
    case 'jpeg':
      return 'JPEG Sequence';
  }
}

/** The bundled renderer takes our codec ids as templates, and is thereby exact about every rate. */
export function outputModule(
  codec: Codec,
  renderer: 'aerender' | 'lottie',
  overrides: Readonly<Record<string, string>>,
): string {
  if (renderer === 'lottie') return codec.id;
  return overrides[codec.id] ?? adobeTemplate(codec);
}

const BY_ADOBE_NAME = new Map<string, string>([
  ['H.264 - Match Render Settings - 5 Mbps', 'video_h264_vbr_5mbps'],
  ['H.264 - Match Render Settings - 15 Mbps', 'video_h264_vbr_15mbps'],
  ['H.264 - Match Render Settings - 40 Mbps', 'video_h264_vbr_40mbps'],
  ['High Quality', 'video_prores_422'],
  ['High Quality with Alpha', 'video_prores_4444'],
  ['PNG Sequence', 'image_png'],
  ['JPEG Sequence', 'image_jpeg'],
]);

/** The codec that a template stands for, by our id or Adobe's name. */
export function codecOfOutputModule(template: string): Codec | undefined {
  return findCodec(BY_ADOBE_NAME.get(template) ?? template);
}

export const RENDER_SETTINGS = { full: 'Best Settings', draft: 'Draft Settings' } as const;
