import { readSync, writeSync } from 'node:fs';
import type { FfmpegAnswer, FfmpegRequest } from './ffmpeg-messages.ts';

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

/** The renderer's side: sends a request and waits for its answer. Throws an `Error` with the launcher's reason. */
export function askFfmpeg(request: FfmpegRequest, frame: Uint8Array = NOTHING): { value: unknown; bytes: Buffer } {
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
