import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_VIDEO_CODEC } from '../../lib/contract/formats.ts';
import { parseCommandLine, RenderLog } from '../../lib/lottie/renderer/command-line.ts';
import { FramePainter } from '../../lib/lottie/renderer/frames.ts';
import { render } from '../../lib/lottie/renderer/render.ts';
import { encodeVideo } from '../../lib/media/encode-video.ts';
import { atMost, inTurn, type Row } from './measure.ts';

const FRAMES = 150;
const SIZE = { width: 1280, height: 720 };
export const BENCH_FONT = fileURLToPath(new URL('../../assets/fonts/Inter-Regular.ttf', import.meta.url));

/** Shapes and a text that move, and nothing that only one of the two would have to look for. */
export const BENCH_DOCUMENT = {
  v: '5.9.0',
  fr: 25,
  ip: 0,
  op: FRAMES,
  w: SIZE.width,
  h: SIZE.height,
  nm: 'main',
  fonts: { list: [{ fName: 'Inter-Regular', fFamily: 'Inter', fStyle: 'Regular' }] },
  layers: [
    {
      ty: 5,
      nm: 'title',
      ip: 0,
      op: FRAMES,
      st: 0,
      ks: {
        p: {
          a: 1,
          k: [
            { t: 0, s: [100, 300], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } },
            { t: 149, s: [500, 500] },
          ],
        },
      },
      t: {
        d: {
          k: [{ t: 0, s: { t: 'A hundred and fifty frames', f: 'Inter-Regular', s: 60, fc: [1, 1, 1], j: 0, lh: 70 } }],
        },
        p: {},
        m: { g: 1, a: { a: 0, k: [0, 0] } },
        a: [],
      },
    },
    {
      ty: 1,
      nm: 'bar',
      ip: 0,
      op: FRAMES,
      st: 0,
      sw: 300,
      sh: 200,
      sc: '#ff5500',
      ks: {
        r: {
          a: 1,
          k: [
            { t: 0, s: [0], i: { x: 1, y: 1 }, o: { x: 0, y: 0 } },
            { t: 149, s: [180] },
          ],
        },
        p: { a: 0, k: [640, 360] },
      },
    },
  ],
};

/** The renderer in its own process's code, from document to video, against Skia and the encoder alone. */
export async function benchFrames({ folder }: { folder: string }): Promise<Row> {
  const project = join(folder, 'frames.json');
  await writeFile(project, JSON.stringify(BENCH_DOCUMENT));
  const files = new Map([['Inter-Regular', await readFile(BENCH_FONT)]]);
  const call = parseCommandLine([
    '-project',
    project,
    '-comp',
    'main',
    '-v',
    'ERRORS',
    '-output',
    join(folder, 'ours.mp4'),
  ]);
  const silent = new RenderLog({ file: null, progress: false });
  const times = await inTurn(
    3,
    () => render(call, silent),
    async () => {
      using painter = await FramePainter.open(SIZE, { transparent: false });
      painter.load({ json: JSON.stringify(BENCH_DOCUMENT), files });
      const pictures = async function* () {
        for (let frame = 0; frame < FRAMES; frame += 1) yield painter.paint(frame);
      };
      await encodeVideo(join(folder, 'peer.mp4'), DEFAULT_VIDEO_CODEC, { ...SIZE, frameRate: 25 }, pictures());
    },
  );
  return atMost('150 frames of 1280x720 / Skia and the encoder alone', times.ours / times.peer, 1.15);
}
