/** A process that draws the posters of films: for each path that it is sent, a small JPEG, or null if it cannot be read. */
import { probeVideoFootage, VideoDecoder } from './decode-video.ts';
import { nodeAv } from './native.ts';

/** Pixels across. */
const WIDTH = 480;
const QUALITY = 70;
/** The first moment of a film is often black. Seconds. */
const LATEST = 1;

async function posterOf(path: string): Promise<string | null> {
  const { duration } = probeVideoFootage(path);
  await using film = new VideoDecoder(path);
  const shown = await film.frameAt(Math.min(LATEST, duration > 0 ? duration / 2 : 0));
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
    const poster = await posterOf(path).catch(() => null); // The report goes without it.
    process.send?.({ path, poster });
  });
});
// The terminal sends Ctrl-C to this process as well; the command decides when it ends.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit());
