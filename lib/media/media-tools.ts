import type { Codec } from '../contract/formats.ts';
import type { VideoFormat } from './video-encoding.ts';

/** What a video file holds. */
export interface VideoFacts {
  width: number;
  height: number;
  /** Frames a second. */
  frameRate: number;
  /** Seconds. */
  duration: number;
}

export interface DecodedFrame {
  width: number;
  height: number;
  /** Straight RGBA. */
  pixels: Buffer;
}

/** Reads a video from its beginning, one frame in memory at a time. */
export interface VideoReader extends AsyncDisposable {
  /**
   * The frame that is shown at a time, in seconds: the last one after the end, null if there is none. Going back begins
   * anew.
   */
  frameAt(time: number): Promise<DecodedFrame | null>;
}

/** What the bundled renderer reads videos and writes its output with: the FFmpeg of node-av, or a program. */
export interface MediaTools {
  /** Reads the head of a video file, while nothing else runs. Throws if it has no picture. */
  probeVideo(path: string): VideoFacts;
  /** `frameRate`: the times that will be asked for are multiples of its frames. */
  openVideo(path: string, frameRate: number): VideoReader;
  /** Encodes one frame of straight RGBA as PNG (with its alpha) or JPEG. */
  encodeImage(codec: Codec, size: { width: number; height: number }, pixels: Buffer): Promise<Uint8Array>;
  /** Writes frames of straight RGBA as a video. A frame's memory can be used again once the next one is asked for. */
  encodeVideo(path: string, codec: Codec, format: VideoFormat, pictures: AsyncIterable<Buffer>): Promise<void>;
}

/** As Adobe's "High" quality. */
export const JPEG_QUALITY = 92;
