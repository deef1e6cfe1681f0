import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { checkLottie, type LottieDocument, parseLottie } from '../../lib/lottie/document/index.ts';
import { baked, fitForSkia, modernised } from '../../lib/lottie/normalise/index.ts';
import { FramePainter, startSkia } from '../../lib/lottie/renderer/frames.ts';
import { SkiaGeometry } from '../../lib/lottie/renderer/path-operations.ts';
import { sharedFile } from '../support/shared-folder.ts';
import { BENCH_DOCUMENT, BENCH_FONT } from './frames.ts';
import { atMost, median, type Row } from './measure.ts';

const ROUNDS = 5;
const LARGE_MB = 10;
const MOST_FRAMES = 100;
/** Documents of the wild, where they are. */
const DOCUMENTS = ['banner', 'gatin', 'starfish', 'adrock'].map((name) => `lottie/${name}.json`);

interface Pair {
  name: string;
  frames: number;
  size: { width: number; height: number };
  /** What Skia gets without the stage, and with it. */
  json: { without: string; with: string };
}

/** What the stage between document and Skia costs: of a frame, for documents that look the same without it, and of a document. */
export async function benchStage(): Promise<Row[]> {
  const files = new Map([['Inter-Regular', await readFile(BENCH_FONT)]]);
  const pairs = await pairsOf();
  const alike: Pair[] = [];
  for (const pair of pairs) if (await looksTheSame(pair, files)) alike.push(pair);
  const times = { without: [] as number[], with: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const way of ['without', 'with'] as const) {
      let spent = 0;
      for (const pair of alike) spent += await drawn(pair, way, files);
      if (round > 0) times[way].push(spent);
    }
  }
  const frames = alike.reduce((sum, pair) => sum + pair.frames, 0);
  const [without, fitted] = [median(times.without) / frames, median(times.with) / frames];
  const names = alike.map(({ name }) => name).join(', ');
  console.log(`        ${names}: ${without.toFixed(2)} ms a frame without the stage, ${fitted.toFixed(2)} with it`);
  const fitting = await fittingOfLarge();
  return [
    atMost(
      `ms a frame of ${alike.length} documents that need no repair, with the stage / without`,
      fitted / without,
      1.1,
    ),
    atMost(`making a document of ${LARGE_MB} MB fit (ms a megabyte)`, fitting / LARGE_MB, 10),
  ];
}

async function pairsOf(): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const [name, document] of await documents()) {
    const without = JSON.stringify(document);
    const json = { without, with: JSON.stringify(await fit(document)) };
    const { w: width, h: height, ip, op } = document;
    pairs.push({ name, frames: Math.min(MOST_FRAMES, Math.floor(op - ip)), size: { width, height }, json });
  }
  return pairs;
}

async function documents(): Promise<Map<string, LottieDocument>> {
  const found = new Map([['our own', checkLottie(structuredClone(BENCH_DOCUMENT))]]);
  for (const file of DOCUMENTS) {
    const bytes = await readFile(sharedFile(file)).catch(() => null); // A contributor has none of them.
    if (bytes !== null) found.set(file, parseLottie(bytes));
  }
  return found;
}

async function fit(document: LottieDocument): Promise<LottieDocument> {
  const skia = await startSkia();
  const offset = (...path: Parameters<SkiaGeometry['offset']>) => new SkiaGeometry(skia).offset(...path);
  return fitForSkia(baked(modernised(document), { offset }));
}

/** Milliseconds of processor. The layers of all documents, again and again. */
async function fittingOfLarge(): Promise<number> {
  const layers = [...(await documents()).values()].flatMap((document) => document.layers);
  const times = Math.ceil((LARGE_MB * 2 ** 20) / JSON.stringify(layers).length);
  const many = Array.from({ length: times }, () => layers).flat();
  const large = checkLottie({ ...structuredClone(BENCH_DOCUMENT), layers: structuredClone(many) });
  const begun = process.cpuUsage();
  await fit(large);
  return cpuMilliseconds(begun);
}

type Way = keyof Pair['json'];

async function looksTheSame(pair: Pair, files: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
  const hashes: string[] = [];
  for (const way of ['without', 'with'] as const) {
    using painter = await FramePainter.open(pair.size, { transparent: false });
    painter.load({ json: pair.json[way], files });
    const hash = createHash('sha256');
    for (let part = 0; part < 5; part += 1) hash.update(painter.paint(Math.floor((part * pair.frames) / 5)));
    hashes.push(hash.digest('hex'));
  }
  return hashes[0] === hashes[1];
}

/** Milliseconds of processor for all frames. */
async function drawn(pair: Pair, way: Way, files: ReadonlyMap<string, Uint8Array>): Promise<number> {
  using painter = await FramePainter.open(pair.size, { transparent: false });
  painter.load({ json: pair.json[way], files });
  const begun = process.cpuUsage();
  for (let frame = 0; frame < pair.frames; frame += 1) painter.paint(frame);
  return cpuMilliseconds(begun);
}

/** The processor time of this process is disturbed less by others than a clock. */
function cpuMilliseconds(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1_000;
}
