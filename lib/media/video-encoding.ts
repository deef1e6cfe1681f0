import type { Codec } from '../contract/formats.ts';

export interface VideoFormat {
  width: number;
  height: number;
  /** Frames a second. */
  frameRate: number;
}

/** Bits a second. A constant rate is filled up to its number; a variable one can exceed it for a while. */
export interface VideoRate {
  bitrate: number;
  maxRate: number;
  isConstant: boolean;
  bufferSize: number;
}

/** How straight RGBA becomes a video of a codec, whichever FFmpeg encodes it. */
export interface VideoEncoding {
  /** FFmpeg's filter between the frames and the encoder. */
  filter: string;
  /** Null: the profile decides. */
  rate: VideoRate | null;
  /** The profile of `prores_ks`. */
  profile: string | null;
}

/** Throws `RangeError` for a codec of pictures. */
export function videoEncoding(codec: Codec): VideoEncoding {
  switch (codec.family) {
    case 'h264':
      return { filter: filterTo('yuv420p'), rate: h264Rate(codec.rate ?? { mode: 'vbr', mbps: 15 }), profile: null };
    case 'prores_422':
      return { filter: filterTo('yuv422p10le'), rate: null, profile: 'standard' };
    case 'prores_4444':
      return { filter: filterTo('yuva444p10le'), rate: null, profile: '4444' };
    default:
      throw new RangeError(`${codec.id} is not a video codec`);
  }
}

/** ProRes writes the marks of a frame into each of them. */
const MARKS = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** 4:2:0 halves both sides, so an odd one gets a last line; the matrix is that of HD video. */
function filterTo(pixelFormat: string): string {
  return `pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv,format=${pixelFormat},${MARKS}`;
}

function h264Rate({ mode, mbps }: NonNullable<Codec['rate']>): VideoRate {
  const bitrate = mbps * 1_000_000;
  const isConstant = mode === 'cbr';
  return { bitrate, maxRate: isConstant ? bitrate : bitrate * 1.5, isConstant, bufferSize: bitrate * 2 };
}
