import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, dirname, extname, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { Codec } from '../../contract/formats.ts';
import { reasonOf } from '../../errors.ts';
import type { VideoFacts } from '../media-tools.ts';
import { encodeArguments } from './arguments.ts';

/** An FFmpeg program of the user's that can be used. */
export interface FfmpegProgram {
  /** Absolute path. */
  file: string;
  version: string;
  /** The options that it was built with, from which its licence follows. */
  configuration: string;
}

const ENCODERS: Record<Exclude<Codec['family'], 'png' | 'jpeg'>, readonly [string, ...string[]]> = {
  // The others are those of builds without the GPL.
  h264: ['libx264', 'libopenh264', 'h264_videotoolbox', 'h264_mf'],
  prores_422: ['prores_ks'],
  prores_4444: ['prores_ks'],
};

/** FFmpeg's encoders of a codec of videos, in the order in which they are tried. */
export function encodersOf({ id, family }: Codec): readonly [string, ...string[]] {
  if (family === 'png' || family === 'jpeg') throw new RangeError(`${id} is not a video codec`);
  return ENCODERS[family];
}

const TIMEOUT_MS = 30_000;

/** Finds a program in the folders of a PATH; null if it is in none of them. */
export function findInPath(name: string, path: string): string | null {
  const file = process.platform === 'win32' && extname(name) === '' ? `${name}.exe` : name;
  // A folder that is named from the working folder could be anybody's.
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, file)).find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  return whyNoProgram(file) === null;
}

const NOT_THERE = 'it is not there';

/** Why a file cannot be started, as far as one sees without starting it; null if it can. */
function whyNoProgram(file: string): string | null {
  // A path through something that is no folder, or one that may not be looked at, throws all the same.
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return NOT_THERE;
    if (!found.isFile()) return found.isDirectory() ? 'it is a folder; name the program in it' : 'it is no file';
  } catch (error) {
    return reasonOf(error);
  }
  try {
    accessSync(file, constants.X_OK);
    return null;
  } catch {
    return 'it may not be executed; allow it with chmod +x';
  }
}

/** The program that looks into files; it comes with every FFmpeg, beside it. */
export function ffprobeBeside(ffmpeg: string): string {
  return join(dirname(ffmpeg), `ffprobe${extname(ffmpeg) === '.exe' ? '.exe' : ''}`);
}

/** Starts the program to read its version, or says why it cannot be used. */
export async function readFfmpeg(file: string, timeoutMs = TIMEOUT_MS): Promise<FfmpegProgram | { fault: string }> {
  const fault = (reason: string) => ({ fault: `The FFmpeg program ${file} cannot be used: ${reason}.` });
  if (!isAbsolute(file)) return fault('no folder of PATH has it');
  const reason = whyNoProgram(file);
  if (reason !== null) return fault(reason);
  const ffprobe = ffprobeBeside(file);
  const lack = whyNoProgram(ffprobe);
  if (lack === NOT_THERE) return fault(`${basename(ffprobe)}, which comes with it, is not beside it`);
  if (lack !== null) return fault(`${basename(ffprobe)} beside it cannot be used: ${lack}`);
  const asked = await execa(file, ['-version'], { ...QUIETLY, timeout: timeoutMs, stdin: 'ignore' });
  const { stdout = '', failed, timedOut, shortMessage } = asked;
  if (timedOut) return fault(silentFor(timeoutMs));
  const version = /^ffmpeg version (\S+)/m.exec(stdout)?.[1];
  if (failed) return fault(shortMessage ?? 'it does not start');
  if (version === undefined) return fault('it prints no version of FFmpeg');
  return { file, version, configuration: /^\s*configuration: (.*)$/m.exec(stdout)?.[1] ?? '' };
}

const QUIETLY = { reject: false, forceKillAfterDelay: 1_000, windowsHide: true } as const;

function silentFor(timeoutMs: number): string {
  return `it did not end within ${timeoutMs / 1000} seconds`;
}

const probedSchema = z.object({
  streams: z.array(z.object({ width: z.int(), height: z.int(), avg_frame_rate: z.string() })).min(1),
  format: z.object({ duration: z.coerce.number().default(0) }),
});

/** Reads what ffprobe prints. Throws if the file has no picture. */
export function videoFactsOf(json: string, path: string): VideoFacts {
  const { data } = probedSchema.safeParse(JSON.parse(json));
  const stream = data?.streams[0];
  if (data === undefined || stream === undefined) throw new Error(`${path} holds no picture`);
  const [num = 0, den = 1] = stream.avg_frame_rate.split('/').map(Number);
  const { width, height } = stream;
  return { width, height, frameRate: den === 0 ? 0 : num / den, duration: data.format.duration };
}

/** Encoders of graphics cards refuse smaller frames. */
const TRIAL = { width: 256, height: 144, frameRate: 25 };
const TRIAL_FRAMES = 2;

/**
 * The encoder of this program that makes a codec. Each is tried with two small frames: that one is listed does not say
 * that the machine has what it needs.
 */
export async function findEncoder(
  { file }: Pick<FfmpegProgram, 'file'>,
  codec: Codec,
  timeoutMs = TIMEOUT_MS,
): Promise<{ encoder: string } | { fault: string }> {
  const tried = encodersOf(codec);
  const input = Buffer.alloc(TRIAL.width * TRIAL.height * 4 * TRIAL_FRAMES);
  const fault = (reason: string) => ({ fault: `The FFmpeg program ${file} cannot make ${codec.id}: ${reason}.` });
  let words: string | undefined;
  for (const encoder of tried) {
    const trial = await execa(file, encodeArguments(codec, encoder, TRIAL, null), {
      ...QUIETLY,
      timeout: timeoutMs,
      input,
    });
    if (!trial.failed) return { encoder };
    // The others would hang as well, each as long.
    if (trial.timedOut) return fault(silentFor(timeoutMs));
    words ??= causeIn(trial.stderr ?? '') ?? trial.shortMessage ?? '';
  }
  // It says most of the encoder that it should have; the last ones are those of other systems.
  return fault(`none of ${tried.join(', ')} works. Of ${tried[0]} it says: ${words?.replace(/\.$/, '')}`);
}

/** The first line names the cause; `[h264_nvenc @ 0x55d5]` before it is of use to nobody. */
function causeIn(text: string): string | null {
  const [line = ''] = text.trim().split('\n');
  return line.replace(/^\[[^\]]*\]\s*/, '').trim() || null;
}
