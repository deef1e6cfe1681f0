/**
 * What the renderer and the process that launched it say to each other about an FFmpeg program, over a pipe of their own:
 * the renderer asks, and waits for the answer, since a script cannot do anything meanwhile. It may start no program, so
 * the launcher does, with arguments of its own making.
 *
 * A message is two lengths of four bytes, JSON of the first length, and bytes of the second: a frame of straight RGBA.
 */
import { z } from 'zod';

const size = z.int().min(1).max(32_768);
const frameRate = z.number().positive().max(10_000);

export const ffmpegRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('probe'), path: z.string() }),
  /** Begins to decode; `reader` is the number by which its frames are asked for. */
  z.strictObject({ type: z.literal('open'), reader: z.int(), path: z.string(), frameRate, width: size, height: size }),
  /** The answer has the next frame, or no bytes after the last one. */
  z.strictObject({ type: z.literal('read'), reader: z.int() }),
  z.strictObject({ type: z.literal('close'), reader: z.int() }),
  /** Begins to encode, into the output of the renderer's command line. */
  z.strictObject({ type: z.literal('encode'), codec: z.string(), frameRate, width: size, height: size }),
  /** Comes with the bytes of a frame. */
  z.strictObject({ type: z.literal('frame') }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type FfmpegRequest = z.infer<typeof ffmpegRequestSchema>;

export type FfmpegAnswer = { value: unknown } | { fault: string };
