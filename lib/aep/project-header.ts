import type { Chunk } from './chunks.ts';

/** The After Effects that wrote the project: `text` is as `app.version` gives it, `22.6x64`. */
export interface AppVersion {
  major: number;
  minor: number;
  patch: number;
  build: number;
  beta: boolean;
  os: 'windows' | 'macos' | null;
  text: string;
}

export interface ProjectHeader {
  version: AppVersion | null;
  bitsPerChannel: 8 | 16 | 32;
  /** The number of a composition's first frame where its time starts at 0: 0 or 1, as `app.project.displayStartFrame`. */
  displayStartFrame: 0 | 1;
  expressionEngine: 'extendscript' | 'javascript-1.0';
}

/**
 * `head`, 20 bytes: 4 bytes of the format's own version, then the application's in 32 bits, from the highest:
 * 1 unused, 5 the upper part of major (times 8, its highest bit not part of the number), 4 the system (12 Windows, 13
 * macOS, 14 macOS on ARM), 3 the lower part of major, 4 minor, 4 patch, 1 unused, 1 clear in a beta, 1 unused, 8 build.
 * Source: py-aep (forticheprod), which cites tinogithub/aftereffects-version-check.
 */
function readVersion(head: Chunk): AppVersion | null {
  const bits = head.fields(8)?.getUint32(4);
  if (bits === undefined) return null;
  const part = (shift: number, width: number) => (bits >>> shift) & ((1 << width) - 1);
  const major = part(26, 4) * 8 + part(19, 3);
  const minor = part(15, 4);
  const patch = part(11, 4);
  const build = part(0, 8);
  const system = part(22, 4);
  const os = system === 12 ? 'windows' : system === 13 || system === 14 ? 'macos' : null;
  const text = `${major}.${minor}${patch === 0 ? '' : `.${patch}`}x${build}`;
  return { major, minor, patch, build, beta: part(9, 1) === 0, os, text };
}

/** How frames are counted: from 0, from 1, or as the time code says, which counts from 0. */
const COUNT_FROM_1 = 1;

/**
 * `nnhd` (40 bytes) has how frames are counted at 20 and the depth at 24; the older `nhed` (32 bytes) at 14 and 15.
 * The depth is 0, 1, 2 for 8, 16, 32 bits. `ExEn` exists since expressions have a choice of engine, and names the
 * JavaScript one. Sources: py-aep; boltframe/aftereffects-aep-parser; `nhed` by comparing both in one file.
 */
export function readProjectHeader(root: Chunk): ProjectHeader {
  const header: ProjectHeader = {
    version: null,
    bitsPerChannel: 8,
    displayStartFrame: 0,
    expressionEngine: 'extendscript',
  };
  let depth = 0;
  let frameCount = 0;
  for (const chunk of root.children()) {
    if (chunk.id === 'head') header.version = readVersion(chunk);
    else if (chunk.id === 'nnhd' || chunk.id === 'nhed') {
      const [frameCountAt, depthAt] = chunk.id === 'nnhd' ? [20, 24] : [14, 15];
      const fields = chunk.fields(depthAt + 1);
      depth = fields?.getUint8(depthAt) ?? depth;
      frameCount = fields?.getUint8(frameCountAt) ?? frameCount;
    } else if (chunk.id === 'ExEn' && chunk.text().startsWith('javascript')) header.expressionEngine = 'javascript-1.0';
  }
  header.bitsPerChannel = depth === 1 ? 16 : depth === 2 ? 32 : 8;
  header.displayStartFrame = frameCount === COUNT_FROM_1 ? 1 : 0;
  return header;
}
