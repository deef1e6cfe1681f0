import { type Codec, findCodec, type RendererKind } from '../contract/formats.ts';
import { EngineError } from '../errors.ts';
import type { UsedFfmpeg } from './bundled-encoder.ts';

interface AerenderCall {
  /** Absolute paths. */
  project: string;
  output: string;
  /** ExtendScript that is run on the open project before the render (`-r`, which a stock After Effects does not know). */
  script: string | null;
  /** `null`: what lies in the project's render queue. */
  composition: string | null;
  /** Both included. */
  frames: { first: number; last: number } | null;
  quality: 'draft' | 'full';
  halfResolution: boolean;
  /** Only of the bundled renderer: how many times larger it draws before it averages down. */
  supersample?: 2 | 4 | undefined;
  outputModule: string;
  multiFrame: { enabled: boolean; maxCpuPercent: number } | null;
  maxMemoryPercent: number | null;
}

/** After Effects' own default for the image cache, percent of the memory it may take; the option wants both numbers. */
const IMAGE_CACHE_PERCENT = 50;

/**
 * The command line of aerender. Source: Adobe's help ("Automated rendering and network rendering"), and the option
 * parser in After Effects' commandLineRenderer.jsx.
 */
export function aerenderArguments(call: AerenderCall): string[] {
  const { composition, frames, multiFrame, maxMemoryPercent, script } = call;
  return [
    '-project',
    call.project,
    ...(composition === null ? ['-rqindex', '1'] : ['-comp', composition]),
    '-RStemplate',
    RENDER_SETTINGS[call.quality],
    ...resolution(call),
    '-OMtemplate',
    call.outputModule,
    '-output',
    call.output,
    ...(call.supersample === undefined ? [] : ['-supersample', String(call.supersample)]),
    ...(frames === null ? [] : ['-s', String(frames.first), '-e', String(frames.last)]),
    ...(script === null ? [] : ['-r', script]),
    ...(multiFrame === null ? [] : ['-mfr', multiFrame.enabled ? 'ON' : 'OFF', String(multiFrame.maxCpuPercent)]),
    ...(maxMemoryPercent === null ? [] : ['-mem_usage', String(IMAGE_CACHE_PERCENT), String(maxMemoryPercent)]),
    '-v',
    'ERRORS_AND_PROGRESS',
    '-close',
    'DO_NOT_SAVE_CHANGES',
    '-sound',
    'OFF',
  ];
}

/** The bundled renderer's own options for an FFmpeg program in the place of node-av. */
export function ffmpegArguments({ file, encoder }: UsedFfmpeg): string[] {
  return ['-ffmpeg', file, ...(encoder === null ? [] : ['-encoder', encoder])];
}

/** Adobe's draft settings render at half size; a draft of full size must say so. */
function resolution({ quality, halfResolution }: AerenderCall): string[] {
  if (halfResolution) return ['-renderSettings', 'Resolution: Half'];
  return quality === 'draft' ? ['-renderSettings', 'Resolution: Full'] : [];
}

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
  renderer: RendererKind,
  overrides: Readonly<Record<string, string>>,
): string {
  if (renderer === 'bundled') return codec.id;
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

const RENDER_SETTINGS = { full: 'Best Settings', draft: 'Draft Settings' } as const;

/** Whether a Windows program is started from Linux: it takes Windows paths only. */
export function isWindowsProgramOnLinux(file: string, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'linux' && /\.exe$/i.test(file);
}

/** `/mnt/c/jobs/a.aep` → `C:\jobs\a.aep`. Only mounted drives are seen from Windows under a name that we know. */
export function windowsPath(path: string): string {
  const match = /^\/mnt\/([a-z])(?:\/(.*))?$/.exec(path);
  if (match === null) {
    throw new EngineError(
      'WORKFOLDER_FAILED',
      `${path} cannot be seen from Windows. Under WSL, put outputDir and the templates on a Windows drive (/mnt/c/…).`,
    );
  }
  return `${(match[1] ?? '').toUpperCase()}:\\${(match[2] ?? '').replaceAll('/', '\\')}`;
}

/**
 * How a renderer sees our paths. After Effects of Windows, started from WSL, sees its own drives; and the scripts of After
 * Effects read a path as a URI, in which `%20` is a space: a per cent sign of ours has to stay one.
 */
export function pathSeenBy({ kind, file }: { kind: RendererKind; file: string }): (path: string) => string {
  const own = isWindowsProgramOnLinux(file) ? windowsPath : (path: string) => path;
  return kind === 'after-effects' ? (path) => own(path).replaceAll('%', '%25') : own;
}
