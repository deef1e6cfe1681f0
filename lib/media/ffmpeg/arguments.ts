/**
 * The command lines of an FFmpeg program: encode frames, decode a video, look into a file. Every path stands after
 * `file:`, so that none is read as another protocol or an option. Source: FFmpeg's documentation (ffmpeg, ffprobe,
 * "FFmpeg Filters", "FFmpeg Codecs").
 */
import type { Codec } from '../../contract/formats.ts';
import { FORMATS } from '../foreign-media.ts';
import { rationalFrameRate } from '../frame-rate.ts';
import { type VideoFormat, type VideoRate, videoEncoding } from '../video-encoding.ts';

const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error'];

/** A file of somebody else's: it can name no address, and no other file. */
const FOREIGN = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', FORMATS];

/** Takes frames of straight RGBA on its stdin. `output`: null writes nothing, to try the encoder. */
export function encodeArguments(
  codec: Codec,
  encoder: string,
  { width, height, frameRate }: VideoFormat,
  output: string | null,
): string[] {
  const { filter, rate, profile } = videoEncoding(codec);
  const { num, den } = rationalFrameRate(frameRate);
  return [
    ...QUIET,
    '-y',
    ...['-protocol_whitelist', 'pipe', '-f', 'rawvideo', '-pixel_format', 'rgba', '-video_size', `${width}x${height}`],
    ...['-framerate', `${num}/${den}`, '-i', 'pipe:0', '-map', '0:v', '-vf', filter, '-c:v', encoder],
    ...(profile === null ? [] : ['-profile:v', profile]),
    ...(rate === null ? [] : rateArguments(encoder, rate)),
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...(output === null ? ['-f', 'null', '-'] : ['-f', codec.extension, `file:${output}`]),
  ];
}

function rateArguments(encoder: string, { bitrate, maxRate, isConstant, bufferSize }: VideoRate): string[] {
  return [
    ...['-b:v', `${bitrate}`, '-maxrate', `${maxRate}`, '-bufsize', `${bufferSize}`],
    ...(isConstant ? ['-minrate', `${bitrate}`] : []),
    ...(encoder === 'libx264' ? ['-preset', 'veryfast', ...(isConstant ? ['-nal-hrd', 'cbr'] : [])] : []),
    ...(encoder === 'h264_videotoolbox' ? ['-allow_sw', '1'] : []),
  ];
}

/** A container rounds its times: a frame may begin so long after the moment that shows it. Microseconds. */
const HALF_TICK = 500;

/** Writes one frame of straight RGBA for each frame at `frameRate`, from the video's first one on, to its stdout. */
export function decodeArguments(path: string, { width, height, frameRate }: VideoFormat): string[] {
  const times = `settb=1/1000000,setpts=PTS-STARTPTS-${HALF_TICK}`;
  // Without a longer end, a last frame that is short would never be shown.
  const atRate = `${times},tpad=stop_mode=clone:stop_duration=2,fps=fps=${frameRate}:start_time=0:round=up`;
  return [
    ...QUIET,
    // The library does not turn pictures of a phone either.
    ...[...FOREIGN, '-noautorotate', '-i', `file:${path}`, '-map', '0:v:0'],
    ...['-vf', `${atRate},scale=${width}:${height},format=rgba`, '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** Writes the picture at a time (seconds) as a JPEG to its stdout, no wider than `width`. */
export function posterArguments(path: string, time: number, width: number): string[] {
  return [
    ...QUIET,
    ...['-ss', `${time}`, ...FOREIGN, '-i', `file:${path}`, '-map', '0:v:0', '-frames:v', '1'],
    ...['-vf', `scale=w='min(${width},iw)':h=-2:out_range=pc,format=yuvj420p`, '-q:v', '4', '-f', 'mjpeg', 'pipe:1'],
  ];
}

/** For ffprobe: it prints JSON, which `videoFactsOf` reads. */
export function probeArguments(path: string): string[] {
  const entries = 'stream=width,height,avg_frame_rate,duration:format=duration';
  return [
    ...['-hide_banner', '-loglevel', 'error', ...FOREIGN, '-select_streams', 'v:0', '-show_entries', entries],
    ...['-of', 'json', `file:${path}`],
  ];
}
