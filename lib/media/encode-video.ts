import {
  AV_PIX_FMT_RGBA,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  FF_ENCODER_LIBX264,
  FF_ENCODER_PRORES_KS,
  type FFEncoderCodec,
} from 'node-av/constants';
import type { Codec } from '../contract/settings.ts';
import { rationalFrameRate } from './frame-rate.ts';
import { Encoder, type EncoderOptions, FilterAPI, Frame, Muxer } from './native.ts';

export interface VideoFormat {
  width: number;
  height: number;
  /** Frames a second. */
  frameRate: number;
}

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
  const { name, pixelFormat, options } = encoderOf(codec);
  using filter = FilterAPI.create(
    // 4:2:0 halves both sides, so an odd one gets a last line; the matrix is that of HD video.
    `pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv,format=${pixelFormat}`,
  );
  using encoder = await Encoder.create(name, { ...options, filter, threadCount: 0 });
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

function encoderOf(codec: Codec): { name: FFEncoderCodec; pixelFormat: string; options: EncoderOptions } {
  switch (codec.family) {
    case 'h264':
      return {
        name: FF_ENCODER_LIBX264,
        pixelFormat: 'yuv420p',
        options: h264Options(codec.rate ?? { mode: 'vbr', mbps: 15 }),
      };
    case 'prores_422':
      return {
        name: FF_ENCODER_PRORES_KS,
        pixelFormat: 'yuv422p10le',
        options: { context: BT709, options: { profile: 'standard' } },
      };
    case 'prores_4444':
      return {
        name: FF_ENCODER_PRORES_KS,
        pixelFormat: 'yuva444p10le',
        options: { context: BT709, options: { profile: '4444' } },
      };
    default:
      throw new RangeError(`${codec.id} is not a video codec`);
  }
}

/** A constant rate is filled up to its number; a variable one may go above it for a while. */
function h264Options({ mode, mbps }: NonNullable<Codec['rate']>): EncoderOptions {
  const rate = mbps * 1_000_000;
  const constant = mode === 'cbr';
  return {
    bitrate: rate,
    maxRate: constant ? rate : rate * 1.5,
    minRate: constant ? rate : undefined,
    bufSize: rate * 2,
    context: BT709,
    options: { preset: 'veryfast', ...(constant ? { 'nal-hrd': 'cbr' } : {}) },
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
