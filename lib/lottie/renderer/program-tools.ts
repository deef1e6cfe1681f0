import type { Codec } from '../../contract/formats.ts';
import { encodePng } from '../../media/encode-image.ts';
import type { DecodedFrame, MediaTools, VideoReader } from '../../media/media-tools.ts';
import { JPEG_QUALITY } from '../../media/media-tools.ts';
import type { FfmpegChannel } from '../sandbox/ffmpeg-channel.ts';
import { startSkia } from './frames.ts';

/** An FFmpeg program, which `channel` leads to; pictures of JPEG are encoded by Skia. */
export function programTools(channel: FfmpegChannel): MediaTools {
  return {
    probeVideo: (path) => channel.probe(path),
    openVideo: (path, frameRate) => new ProgramReader(channel, path, frameRate),
    encodeImage,
    encodeVideo: async (_path, codec, { width, height, frameRate }, pictures) => {
      await channel.ask({ type: 'encode', codec: codec.id, width, height, frameRate });
      for await (const picture of pictures) await channel.ask({ type: 'frame' }, picture);
      await channel.ask({ type: 'finish' });
    },
  };
}

/** A frame is asked for by its number: the program writes the video at the frame rate of who asks. */
class ProgramReader implements VideoReader {
  static #next = 1;
  readonly #channel: FfmpegChannel;
  readonly #path: string;
  readonly #frameRate: number;
  #reader: { id: number; width: number; height: number } | null = null;
  /** The number of the current frame. */
  #at = -1;
  #current: DecodedFrame | null = null;
  #hasEnded = false;

  constructor(channel: FfmpegChannel, path: string, frameRate: number) {
    this.#channel = channel;
    this.#path = path;
    this.#frameRate = frameRate;
  }

  async frameAt(time: number): Promise<DecodedFrame | null> {
    const wanted = Math.max(0, Math.round(time * this.#frameRate));
    if (wanted < this.#at) await this.#rewind();
    while (this.#at < wanted && !this.#hasEnded) await this.#read();
    return this.#current;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rewind();
  }

  async #read(): Promise<void> {
    const reader = this.#reader ?? (await this.#open());
    const pixels = await this.#channel.ask({ type: 'read', reader: reader.id });
    this.#at += 1;
    if (pixels.length === 0) this.#hasEnded = true;
    else this.#current = { width: reader.width, height: reader.height, pixels };
  }

  async #open() {
    const { width, height } = this.#channel.probe(this.#path);
    const reader = { id: ProgramReader.#next, width, height };
    ProgramReader.#next += 1;
    const format = { frameRate: this.#frameRate, width, height };
    await this.#channel.ask({ type: 'open', reader: reader.id, path: this.#path, ...format });
    this.#reader = reader;
    return reader;
  }

  async #rewind(): Promise<void> {
    if (this.#reader !== null) await this.#channel.ask({ type: 'close', reader: this.#reader.id });
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
