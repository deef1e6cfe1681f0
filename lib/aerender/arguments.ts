import { RENDER_SETTINGS } from './output-modules.ts';

export interface AerenderCall {
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

/** Adobe's draft settings render at half size; a draft of full size must say so. */
function resolution({ quality, halfResolution }: AerenderCall): string[] {
  if (halfResolution) return ['-renderSettings', 'Resolution: Half'];
  return quality === 'draft' ? ['-renderSettings', 'Resolution: Full'] : [];
}
