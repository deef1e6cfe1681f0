import { setImmediate } from 'node:timers/promises';
import type { EncoderOptions, Frame } from 'node-av';
import type { Codec } from '../contract/formats.ts';
import { rationalFrameRate } from './frame-rate.ts';
import { nodeAv } from './native.ts';
import { type VideoEncoding, type VideoFormat, videoEncoding } from './video-encoding.ts';

/**
 * Writes frames of straight RGBA as a video: H.264 in MP4, or ProRes in MOV. A frame's memory is read before the next
 * one is asked for, so the caller may use one block for all.
 */
export async function encodeVideo(
  path: string,
  codec: Codec,
  format: VideoFormat,
  pictures: AsyncIterable<Buffer>,
): Promise<void> {
  const { Encoder, FF_ENCODER_LIBX264, FF_ENCODER_PRORES_KS, FilterAPI, Muxer } = nodeAv();
  const encoding = videoEncoding(codec);
  using filter = FilterAPI.create(encoding.filter);
  const name = codec.family === 'h264' ? FF_ENCODER_LIBX264 : FF_ENCODER_PRORES_KS;
  using encoder = await Encoder.create(name, { ...encoderOptions(encoding), filter, threadCount: 0 });
  await using muxer = await Muxer.open(path);
  const stream = muxer.addStream(encoder);
  for await (const packet of encoder.packets(filter.frames(framesOf(pictures, format)))) {
    if (packet === null) break;
    using written = packet;
    await muxer.writePacket(written, stream);
  }
}

function encoderOptions({ rate, profile }: VideoEncoding): EncoderOptions {
  const { AVCOL_PRI_BT709, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, AVCOL_TRC_BT709 } = nodeAv();
  const context = {
    colorSpace: AVCOL_SPC_BT709,
    colorPrimaries: AVCOL_PRI_BT709,
    colorTrc: AVCOL_TRC_BT709,
    colorRange: AVCOL_RANGE_MPEG,
  };
  if (rate === null) return { context, options: { profile: profile ?? '' } };
  const { bitrate, maxRate, isConstant, bufferSize } = rate;
  return {
    bitrate,
    maxRate,
    minRate: isConstant ? bitrate : undefined,
    bufSize: bufferSize,
    context,
    options: { preset: 'veryfast', ...(isConstant ? { 'nal-hrd': 'cbr' } : {}) },
  };
}

/** While the encoder has a frame, on threads of its own, the next one is drawn. */
async function* framesOf(
  pictures: AsyncIterable<Buffer>,
  { width, height, frameRate }: VideoFormat,
): AsyncGenerator<Frame | null> {
  const { AV_PIX_FMT_RGBA, Frame } = nodeAv();
  const { num, den } = rationalFrameRate(frameRate);
  const timeBase = { num: den, den: num };
  const pixels = Buffer.alloc(width * height * 4);
  const drawing = pictures[Symbol.asyncIterator]();
  let next = drawing.next();
  try {
    for (let pts = 0n; ; pts += 1n) {
      const { value: picture, done } = await next;
      if (done) break;
      // A frame of node-av is a window on the memory that it is given, and the next picture is drawn into that of this one.
      pixels.set(picture);
      using frame = Frame.fromVideoBuffer(pixels, { width, height, format: AV_PIX_FMT_RGBA, timeBase, pts });
      next = setImmediate().then(() => drawing.next());
      next.catch(() => {}); // It is thrown where it is awaited, if the encoder gets so far.
      yield frame;
    }
    // Without it the encoder keeps its last frames to itself.
    yield null;
  } finally {
    await drawing.return?.();
  }
}
