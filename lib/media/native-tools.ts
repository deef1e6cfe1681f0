import { probeVideoFootage, VideoDecoder } from './decode-video.ts';
import { encodeImage } from './encode-image.ts';
import { encodeVideo } from './encode-video.ts';
import type { MediaTools } from './media-tools.ts';

/** The FFmpeg of node-av, in this process. */
export const nativeTools: MediaTools = {
  probeVideo: probeVideoFootage,
  openVideo: (path) => new VideoDecoder(path),
  encodeImage,
  encodeVideo,
};
