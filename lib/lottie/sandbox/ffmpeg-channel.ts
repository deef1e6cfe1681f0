import { readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { VideoFacts } from '../../media/media-tools.ts';
import type { CommandLine } from '../renderer/command-line.ts';
import type { FfmpegAnswer, FfmpegRequest } from './ffmpeg-messages.ts';
import { parentPort } from './launcher.ts';
import { foldersOfCall } from './permissions.ts';

/** Requests that are about frames. */
export type FrameRequest = Exclude<FfmpegRequest, { type: 'probe' }>;

/** Where the renderer asks for an FFmpeg program. Both throw an `Error` with the reason. */
export interface FfmpegChannel {
  /** At once: a script waits for it. */
  probe(path: string): VideoFacts;
  /** Resolves with the frame of the answer; empty if it has none. `frame`: that of the request. */
  ask(request: FrameRequest, frame?: Uint8Array): Promise<Buffer>;
}

/** The number of the pipe in the renderer. */
export const FFMPEG_PIPE = 4;

export const HEAD_BYTES = 8;

const NOTHING = Buffer.alloc(0);

/** How a message begins. */
export function encodeHead(message: object, bytes: number): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(bytes, 4);
  return Buffer.concat([head, json]);
}

/**
 * The way to the program that a call names. A utility process of Electron has no pipe to its host, and is free to start
 * programs: there the renderer does it itself.
 */
export async function openFfmpeg(ffmpeg: string, call: CommandLine): Promise<FfmpegChannel> {
  if (parentPort() === null) return launcherPipe;
  const { FfmpegDesk } = await import('./ffmpeg-desk.ts');
  const { encoder, output } = call;
  const desk = new FfmpegDesk({ ffmpeg, encoder, output, read: [...foldersOfCall(call).read, tmpdir()] });
  process.once('exit', () => desk.close());
  return desk;
}

/** The pipe to the process that launched this one. */
const launcherPipe: FfmpegChannel = {
  probe: (path) => askLauncher({ type: 'probe', path }).value as VideoFacts,
  ask: async (request, frame) => askLauncher(request, frame).bytes,
};

/** Sends a request and waits for its answer. */
function askLauncher(request: FfmpegRequest, frame: Uint8Array = NOTHING): { value: unknown; bytes: Buffer } {
  writeWhole(encodeHead(request, frame.byteLength));
  writeWhole(frame);
  const head = readWhole(HEAD_BYTES);
  const answer = JSON.parse(readWhole(head.readUInt32LE(0)).toString()) as FfmpegAnswer;
  const bytes = readWhole(head.readUInt32LE(4));
  if ('fault' in answer) throw new Error(answer.fault);
  return { value: answer.value, bytes };
}

function writeWhole(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(FFMPEG_PIPE, bytes, at);
}

function readWhole(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const read = readSync(FFMPEG_PIPE, bytes, at, length - at, null);
    if (read === 0) throw new Error('the process that launched the renderer has ended');
    at += read;
  }
  return bytes;
}
