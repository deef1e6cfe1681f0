import type { Demuxer, Frame, Stream } from 'node-av';
import type { DecodedFrame, VideoFacts, VideoReader } from './media-tools.ts';
import { nodeAv } from './native.ts';
import { openMedia, openMediaSync } from './open-media.ts';

/** Reads the head of a video file. Throws where it has no picture. */
export function probeVideoFootage(path: string): VideoFacts {
  using demuxer = openMediaSync(path);
  const { codecpar, avgFrameRate } = videoStream(demuxer, path);
  const frameRate = avgFrameRate.den === 0 ? 0 : avgFrameRate.num / avgFrameRate.den;
  return { width: codecpar.width, height: codecpar.height, frameRate, duration: demuxer.duration };
}

function videoStream(demuxer: Demuxer, path: string): Stream {
  const stream = demuxer.video();
  if (stream === undefined) throw new Error(`${path} holds no picture`);
  return stream;
}

export class VideoDecoder implements VideoReader {
  readonly #path: string;
  #frames: AsyncGenerator<TimedFrame, void, undefined> | null = null;
  #current: TimedFrame | null = null;
  #next: TimedFrame | null = null;
  #ended = false;

  constructor(path: string) {
    this.#path = path;
  }

  async frameAt(time: number): Promise<DecodedFrame | null> {
    if (this.#current !== null && time + HALF_TICK < this.#current.time) await this.#rewind();
    for (;;) {
      if (this.#next === null && !this.#ended) this.#next = await this.#read();
      const next = this.#next;
      if (next === null || (next.time > time + HALF_TICK && this.#current !== null)) return this.#current;
      this.#current = next;
      this.#next = null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#rewind();
  }

  async #rewind(): Promise<void> {
    await this.#frames?.return();
    this.#frames = null;
    this.#current = null;
    this.#next = null;
    this.#ended = false;
  }

  async #read(): Promise<TimedFrame | null> {
    this.#frames ??= decode(this.#path);
    const { value, done } = await this.#frames.next();
    if (done) this.#ended = true;
    return value ?? null;
  }
}

/** Times in a container are rounded: a frame may begin a hair after the moment that shows it. */
const HALF_TICK = 0.0005;

interface TimedFrame extends DecodedFrame {
  /** Seconds from the first frame. */
  time: number;
}

async function* decode(path: string): AsyncGenerator<TimedFrame, void, undefined> {
  await using demuxer = await openMedia(path);
  const stream = videoStream(demuxer, path);
  const { Decoder, FilterAPI } = nodeAv();
  using decoder = await Decoder.create(stream);
  using filter = FilterAPI.create('format=rgba');
  let start: number | null = null;
  for await (const frame of filter.frames(decoder.frames(demuxer.packets(stream.index)))) {
    if (frame === null) break;
    using shown: Frame = frame;
    const time = (Number(shown.pts) * shown.timeBase.num) / shown.timeBase.den;
    start ??= time;
    yield { time: time - start, width: shown.width, height: shown.height, pixels: shown.toBuffer() };
  }
}
