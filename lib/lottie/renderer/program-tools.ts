import type { Codec } from '../../contract/settings.ts';
import { encodePng } from '../../media/encode-image.ts';
import type { DecodedFrame, MediaTools, VideoFacts, VideoReader } from '../../media/media-tools.ts';
import { JPEG_QUALITY } from '../../media/media-tools.ts';
import type { VideoFormat } from '../../media/video-encoding.ts';
import { askFfmpeg } from '../sandbox/ffmpeg-channel.ts';
import { startSkia } from './frames.ts';

/** An FFmpeg program, which the launcher of the renderer starts; pictures of JPEG are encoded by Skia. */
export const programTools: MediaTools = {
  probeVideo: (path) => askFfmpeg({ type: 'probe', path }).value as VideoFacts,
  openVideo: (path, frameRate) => new ProgramReader(path, frameRate),
  encodeImage,
  encodeVideo,
};

/** A frame is asked for by its number: the program writes the video at the frame rate of who asks. */
class ProgramReader implements VideoReader {
  static #next = 1;
  readonly #path: string;
  readonly #frameRate: number;
  #reader: { id: number; width: number; height: number } | null = null;
  /** The number of the current frame. */
  #at = -1;
  #current: DecodedFrame | null = null;
  #hasEnded = false;

  constructor(path: string, frameRate: number) {
    this.#path = path;
    this.#frameRate = frameRate;
  }

  async frameAt(time: number): Promise<DecodedFrame | null> {
    const wanted = Math.max(0, Math.round(time * this.#frameRate));
    if (wanted < this.#at) this.#rewind();
    while (this.#at < wanted && !this.#hasEnded) this.#read();
    return this.#current;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#rewind();
  }

  #read(): void {
    const reader = this.#reader ?? this.#open();
    const { bytes } = askFfmpeg({ type: 'read', reader: reader.id });
    this.#at += 1;
    if (bytes.length === 0) this.#hasEnded = true;
    else this.#current = { width: reader.width, height: reader.height, pixels: bytes };
  }

  #open() {
    const { width, height } = programTools.probeVideo(this.#path);
    const reader = { id: ProgramReader.#next, width, height };
    ProgramReader.#next += 1;
    askFfmpeg({
      ...{ type: 'open', reader: reader.id, path: this.#path, frameRate: this.#frameRate },
      ...{ width, height },
    });
    this.#reader = reader;
    return reader;
  }

  #rewind(): void {
    if (this.#reader !== null) askFfmpeg({ type: 'close', reader: this.#reader.id });
    this.#reader = null;
    this.#at = -1;
    this.#current = null;
    this.#hasEnded = false;
  }
}

async function encodeImage(
  codec: Codec,
  { width, height }: { width: number; height: number },
  pixels: Buffer,
): Promise<Uint8Array> {
  if (codec.family === 'png') return encodePng({ width, height }, pixels);
  const { MakeImage, ImageFormat, ColorType, AlphaType, ColorSpace } = await startSkia();
  const format = { colorType: ColorType.RGBA_8888, alphaType: AlphaType.Unpremul, colorSpace: ColorSpace.SRGB };
  const image = MakeImage({ ...format, width, height }, pixels, width * 4);
  try {
    const bytes = image?.encodeToBytes(ImageFormat.JPEG, JPEG_QUALITY);
    if (bytes) return bytes;
    throw new Error(`A picture of ${width} x ${height} does not fit into the memory of the renderer.`);
  } finally {
    image?.delete();
  }
}

async function encodeVideo(
  _path: string,
  codec: Codec,
  format: VideoFormat,
  pictures: AsyncIterable<Buffer>,
): Promise<void> {
  const { width, height, frameRate } = format;
  askFfmpeg({ type: 'encode', codec: codec.id, width, height, frameRate });
  for await (const picture of pictures) askFfmpeg({ type: 'frame' }, picture);
  askFfmpeg({ type: 'finish' });
}
