import { readFileSync } from 'node:fs';
import { imageSize } from 'image-size';
import type { MediaTools } from './media-tools.ts';

export interface FootageFacts {
  kind: 'still' | 'video';
  width: number;
  height: number;
  /** Seconds; 0 of a still. */
  duration: number;
  frameRate: number;
}

/** Formats that move are decoded as videos, whatever else they may be. */
const MOVING = new Set(['gif']);

/** Says what a file shows. Throws if it shows nothing. */
export function probeFootage(path: string, { probeVideo }: Pick<MediaTools, 'probeVideo'>): FootageFacts {
  const still = stillSize(path);
  if (still !== null) return { kind: 'still', ...still, duration: 0, frameRate: 0 };
  const { width, height, duration, frameRate } = probeVideo(path);
  // FFmpeg takes a picture of another format (Photoshop, TIFF, Targa) for a video of one frame, or of no length.
  if (duration * frameRate < 1.5) return { kind: 'still', width, height, duration: 0, frameRate: 0 };
  return { kind: 'video', width, height, duration, frameRate };
}

function stillSize(path: string): { width: number; height: number } | null {
  try {
    const { width, height, type } = imageSize(readFileSync(path));
    return type === undefined || MOVING.has(type) || !DRAWABLE.has(type) ? null : { width, height };
  } catch {
    // No picture that it knows: perhaps a video.
    return null;
  }
}

/** What Skia draws without help. */
const DRAWABLE = new Set(['png', 'jpg', 'webp']);
