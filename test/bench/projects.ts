import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportDocument, readProject } from '../../lib/aep-to-lottie/index.ts';
import { parseCommandLine, RenderLog } from '../../lib/lottie/renderer/command-line.ts';
import { render } from '../../lib/lottie/renderer/render.ts';
import { parts, rectangle, sourceText } from '../support/layer-writer.ts';
import {
  composition,
  group,
  header,
  items,
  numbers,
  property,
  TIME_BASE,
  type WrittenLayer,
} from '../support/project-writer.ts';
import { fields, list, type WrittenChunk, writeRifx } from '../support/rifx-writer.ts';
import type { Taken } from './alone.ts';
import { atMost, inTurn, median, type Row } from './measure.ts';
import { alone } from './template.ts';

const LAYERS = 100;
const FRAMES = 150;
const FRAME_RATE = 25;
const SIZE = { width: 1280, height: 720, frameRate: FRAME_RATE, duration: (FRAMES / FRAME_RATE) * 1_000 };
const LARGE = 50 * 2 ** 20;
const RUNS = 3;
const ROUNDS = 3;

/** A composition of 100 layers from a project, drawn as a video, against the same document as Lottie. */
export async function benchProjectFrames({ folder }: { folder: string }): Promise<Row> {
  const project = writeProject([compositionOf(3, 'main', LAYERS)]);
  const places = { project: join(folder, 'layers.aep'), document: join(folder, 'layers.json') };
  await writeFile(places.project, project);
  await writeFile(places.document, JSON.stringify(exportDocument(readProject(project)).document));
  const silent = new RenderLog({ file: null, progress: false });
  const draw = (path: string) =>
    render(parseCommandLine(['-project', path, '-comp', 'main', '-output', join(folder, 'layers.mp4')]), silent);
  const times = await inTurn(
    ROUNDS,
    () => draw(places.project),
    () => draw(places.document),
  );
  return atMost(`${LAYERS} layers, ${FRAMES} frames of 1280x720: .aep / its document`, times.ours / times.peer, 1.15);
}

/** A project of 50 MB, made into a document by a program that has just started. */
export async function benchConversion({ folder }: { folder: string }): Promise<Row[]> {
  const file = join(folder, 'converted.aep');
  const one = writeProject([compositionOf(3, 'main', LAYERS)]).length;
  const count = Math.ceil(LARGE / one);
  const project = writeProject(Array.from({ length: count }, (_, at) => compositionOf(3 + at, `comp ${at}`, LAYERS)));
  await writeFile(file, project);
  const taken: Record<'load' | 'convert', Taken[]> = { load: [], convert: [] };
  for (let run = 0; run < RUNS; run += 1)
    for (const work of ['load', 'convert'] as const) taken[work].push(await alone(file, work));
  const peak = (work: keyof typeof taken) => median(taken[work].map(({ peakBytes }) => peakBytes));
  const seconds = median(taken.convert.map(({ milliseconds }) => milliseconds)) / 1_000;
  return [
    atMost(`all of a project of 50 MB (${count * LAYERS} layers) as a document (s)`, seconds, 10),
    atMost('memory that it takes / size of the file', (peak('convert') - peak('load')) / project.length, 10),
  ];
}

function writeProject(compositions: WrittenChunk[]): Uint8Array {
  return writeRifx([...header(), list('Fold', compositions)]);
}

function compositionOf(id: number, name: string, layers: number): WrittenChunk {
  return composition({ ...SIZE, id, name, layers: Array.from({ length: layers }, (_, at) => layerOf(at)) });
}

const LAYER: Omit<WrittenLayer, 'id' | 'name' | 'layerClass' | 'properties'> = {
  ...{ sourceId: 0, parentId: 0, start: 0, in: 0, out: SIZE.duration, stretch: 100 },
  ...{ switches: 0b101, blendingMode: 2, trackMatte: 0 },
};

/** Every tenth one a text, the others rectangles; all of them move and turn. */
function layerOf(at: number): WrittenLayer {
  const isText = at % 10 === 0;
  const [x, y] = [(at % 10) * 120 + 60, Math.floor(at / 10) * 70 + 40];
  const content: Record<string, WrittenChunk> = isText
    ? { 'ADBE Text Properties': group(sourceText([{ text: `Layer ${at}`, font: 'Inter-Regular', size: 30 }])) }
    : { 'ADBE Root Vectors Group': group(rectangle([80, 40], [(at % 7) / 7, (at % 11) / 11, (at % 13) / 13])) };
  const transform = parts({
    'ADBE Anchor Point': property(3, true, [numbers([0, 0, 0])]),
    'ADBE Position': property(3, true, [numbers([x, y, 0])]),
    'ADBE Rotate Z': property(1, false, [turning()]),
  });
  const properties = parts({ ...content, 'ADBE Transform Group': group(transform) });
  return { ...LAYER, id: at + 10, name: `layer ${at}`, layerClass: isText ? 3 : 4, properties };
}

/** A whole turn in the length of the composition. */
function turning(): WrittenChunk {
  const keyframe = (seconds: number, degrees: number) =>
    fields(48, [
      [0, 'int32', seconds * TIME_BASE],
      [4, 'uint8', 1],
      [5, 'uint8', 1],
      [8, 'float64', degrees],
    ]);
  return items(48, [keyframe(0, 0), keyframe(SIZE.duration / 1_000, 360)]);
}
