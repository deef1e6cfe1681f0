/**
 * A process that draws the posters of films: for each path that it is sent, a small JPEG, or null if it cannot be read. Its
 * argument is an FFmpeg program that does it in the place of node-av.
 */
import { execa } from 'execa';
import { probeVideoFootage, VideoDecoder } from './decode-video.ts';
import { posterArguments, probeArguments } from './ffmpeg/arguments.ts';
import { ffprobeBeside, videoFactsOf } from './ffmpeg/program.ts';
import { nodeAv } from './native.ts';

/** Pixels across. */
const WIDTH = 480;
const QUALITY = 70;
/** The first moment of a film is often black. Seconds. */
const LATEST = 1;
const LONGEST_WAIT_MS = 20_000;

const [, , ffmpeg] = process.argv;

function timeOf(duration: number): number {
  return Math.min(LATEST, duration > 0 ? duration / 2 : 0);
}

async function posterByProgram(program: string, path: string): Promise<string | null> {
  const limits = { timeout: LONGEST_WAIT_MS, windowsHide: true, stdin: 'ignore', stderr: 'ignore' } as const;
  const { stdout: facts } = await execa(ffprobeBeside(program), probeArguments(path), limits);
  const { duration } = videoFactsOf(facts, path);
  const args = posterArguments(path, timeOf(duration), WIDTH);
  const { stdout } = await execa(program, args, { ...limits, encoding: 'buffer' });
  return stdout.length === 0 ? null : Buffer.from(stdout).toString('base64');
}

async function posterByLibrary(path: string): Promise<string | null> {
  const { duration } = probeVideoFootage(path);
  await using film = new VideoDecoder(path);
  const shown = await film.frameAt(timeOf(duration));
  if (shown === null) return null;
  const { AV_PIX_FMT_RGBA, Frame, Scaler } = nodeAv();
  const { width, height, pixels } = shown;
  using frame = Frame.fromVideoBuffer(pixels, {
    ...{ width, height, format: AV_PIX_FMT_RGBA },
    timeBase: { num: 1, den: 1 },
    pts: 0n,
  });
  using scaler = new Scaler();
  const small = Math.min(WIDTH, width);
  const resize = { width: even(small), height: even((small * height) / width) };
  return (await scaler.toJpeg(frame, { resize, quality: QUALITY })).toString('base64');
}

/** A JPEG of video has half as many colours as pixels in each direction. */
function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2);
}

let last = Promise.resolve();
process.on('message', ({ path }: { path: string }) => {
  last = last.then(async () => {
    const made = ffmpeg === undefined ? posterByLibrary(path) : posterByProgram(ffmpeg, path);
    const poster = await made.catch(() => null); // The report goes without it.
    process.send?.({ path, poster });
  });
});
// The terminal sends Ctrl-C to this process as well; the command decides when it ends.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit());
