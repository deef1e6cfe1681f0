import { findInPath } from '../../lib/media/ffmpeg/program.ts';

/** The FFmpeg program of this machine; null if it has none, and tests that need one are skipped. */
export const FFMPEG = findInPath('ffmpeg', process.env.PATH ?? '');

export const WITHOUT_FFMPEG = FFMPEG === null ? 'no ffmpeg is in PATH (apt-get install ffmpeg)' : false;
