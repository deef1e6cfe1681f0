import { imageSizeFromFile } from 'image-size/fromFile';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { RenderError } from '../errors.ts';

/** What a finished video is. */
export interface VideoProbe {
  frames: number;
  /** Seconds. */
  duration: number;
  width: number;
  height: number;
}

/**
 * Opens a video as a player would, without native code. Throws `OUTPUT_INCOMPLETE` where its container is not whole:
 * a file that was cut short has no readable track.
 */
export async function probeVideo(path: string): Promise<VideoProbe> {
  using input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw incomplete(path, 'it holds no video');
    const [{ packetCount }, duration] = await Promise.all([track.computePacketStats(), track.computeDuration()]);
    return { frames: packetCount, duration, width: track.displayWidth, height: track.displayHeight };
  } catch (cause) {
    if (cause instanceof RenderError) throw cause;
    throw incomplete(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** Reads the head of a picture. Throws `OUTPUT_INCOMPLETE` where it is none. */
export async function probeImage(path: string): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await imageSizeFromFile(path);
    return { width, height };
  } catch (cause) {
    throw incomplete(path, 'it is not a readable picture', cause);
  }
}

function incomplete(path: string, reason: string, cause?: unknown): RenderError {
  return new RenderError('OUTPUT_INCOMPLETE', `The renderer wrote ${path}, but ${reason}.`, { cause, retryable: true });
}
