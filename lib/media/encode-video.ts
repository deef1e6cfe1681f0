import {
  AV_PIX_FMT_RGBA,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
  FF_ENCODER_PRORES_KS,
} from 'node-av/constants';
import type { Codec } from '../contract/settings.ts';
import { rationalFrameRate } from './frame-rate.ts';
import { Encoder, type EncoderOptions, FilterAPI, Frame, Muxer } from './native.ts';
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

const BT709 = {
  colorSpace: AVCOL_SPC_BT709,
  colorPrimaries: AVCOL_PRI_BT709,
  colorTrc: AVCOL_TRC_BT709,
  colorRange: AVCOL_RANGE_MPEG,
} as const;

function encoderOptions({ rate, profile }: VideoEncoding): EncoderOptions {
  if (rate === null) return { context: BT709, options: { profile: profile ?? '' } };
  const { bitrate, maxRate, isConstant, bufferSize } = rate;
  return {
    bitrate,
    maxRate,
    minRate: isConstant ? bitrate : undefined,
    bufSize: bufferSize,
    context: BT709,
    options: { preset: 'veryfast', ...(isConstant ? { 'nal-hrd': 'cbr' } : {}) },
  };
}

async function* framesOf(
  pictures: AsyncIterable<Buffer>,
  { width, height, frameRate }: VideoFormat,
): AsyncGenerator<Frame | null> {
  const { num, den } = rationalFrameRate(frameRate);
  const timeBase = { num: den, den: num };
  let pts = 0n;
  for await (const picture of pictures) {
    using frame = Frame.fromVideoBuffer(picture, { width, height, format: AV_PIX_FMT_RGBA, timeBase, pts });
    pts += 1n;
    yield frame;
  }
  // Without it the encoder keeps its last frames to itself.
  yield null;
}
