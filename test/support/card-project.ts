import { parts, rectangle, sourceText, type WrittenRun } from './layer-writer.ts';
import { compositionWithPanel } from './panel-writer.ts';
import {
  composition,
  file,
  group,
  header,
  items,
  numbers,
  property,
  solid,
  TIME_BASE,
  type WrittenLayer,
} from './project-writer.ts';
import { fields, list, type WrittenChunk, writeRifx } from './rifx-writer.ts';

/** Three seconds of 640 by 360 pixels at 25 frames. */
export const CARD = { width: 640, height: 360, frameRate: 25, duration: 3000 };

/** Where things of the card are at its end, in pixels. */
export const PLACES = { paper: [620, 20], bar: [200, 300], portrait: [112, 180] } as const;

const VISIBLE = 0b101;
export const CARD_LAYER: WrittenLayer = {
  ...{ id: 1, name: '', layerClass: 0, sourceId: 0, parentId: 0, start: 0, in: 0, out: CARD.duration, stretch: 100 },
  ...{ switches: VISIBLE, blendingMode: 2, trackMatte: 0 },
};

const FONT = 'Inter-Bold';
const INK = [0.1, 0.13, 0.2] as const;

/**
 * A business card: `card` (3) shows `words` (4), which has the texts `name` and `role`; a picture `portrait`, a shape
 * `bar` that slides in, and `paper`. Its Essential Graphics panel changes all of them. Nothing of it comes from After
 * Effects; it is what `samples/templates/business-card.aep` is written from.
 */
export function cardProject(): Uint8Array {
  return writeRifx([...header(), list('Fold', [paper(), picture(), words(), card()])]);
}

function paper(): WrittenChunk {
  return solid(7, 'paper', CARD.width, CARD.height, [0.97, 0.95, 0.9]);
}

function picture(): WrittenChunk {
  return file(8, '/card/images/portrait.png', { up: 1, down: 2 }, { width: 440, height: 440 });
}

function text(id: number, name: string, at: readonly [number, number], run: WrittenRun): WrittenLayer {
  const properties = parts({ 'ADBE Text Properties': group(sourceText([run])), ...transform(position(at)) });
  return { ...CARD_LAYER, id, name, layerClass: 3, properties };
}

function words(): WrittenChunk {
  return composition({
    ...CARD,
    id: 4,
    name: 'words',
    layers: [
      text(41, 'name', [224, 168], { text: 'Ada Lovelace', font: FONT, size: 48, color: INK }),
      text(42, 'role', [224, 216], { text: 'Analyst', font: 'Inter-Regular', size: 28, color: INK }),
    ],
  });
}

function card(): WrittenChunk {
  const slide = property(3, true, [positions([0, [-400, 300]], [1, [CARD.width / 2, 300]])]);
  const layers: WrittenLayer[] = [
    { ...CARD_LAYER, id: 31, name: 'words', sourceId: 4 },
    { ...CARD_LAYER, id: 32, name: 'portrait', sourceId: 8, properties: parts(transform(portraitPlace())) },
    {
      ...{ ...CARD_LAYER, id: 33, name: 'bar', layerClass: 4 },
      properties: parts({
        'ADBE Root Vectors Group': group(rectangle([CARD.width, 24], [0.85, 0.3, 0.2])),
        ...transform({ 'ADBE Anchor Point': property(3, true, [numbers([0, 0, 0])]), 'ADBE Position': slide }),
      }),
    },
    { ...CARD_LAYER, id: 34, name: 'paper', sourceId: 7 },
  ];
  const source = ['ADBE Text Properties', 'ADBE Text Document'];
  const fill = ['ADBE Root Vectors Group', 'ADBE Vector Group', 'ADBE Vectors Group', 'ADBE Vector Graphic - Fill'];
  return compositionWithPanel({ ...CARD, id: 3, name: 'card', layers }, [
    { id: 1, name: 'Name', type: 6, compId: 4, layerId: 41, path: source },
    { id: 2, name: 'Role', type: 6, compId: 4, layerId: 42, path: source },
    { id: 3, name: 'Accent', type: 4, layerId: 33, path: [...fill, 'ADBE Vector Fill Color'] },
    {
      id: 4,
      name: 'Portrait',
      type: 14,
      layerId: 32,
      path: ['ADBE Source Options Group', 'ADBE Layer Source Alternate'],
    },
  ]);
}

function transform(properties: Record<string, WrittenChunk>): Record<string, WrittenChunk> {
  return { 'ADBE Transform Group': group(parts(properties)) };
}

function position([x, y]: readonly [number, number]): Record<string, WrittenChunk> {
  return { 'ADBE Position': property(3, true, [numbers([x, y, 0])]) };
}

/** 128 pixels wide. The file has a scale as a part of 1. */
function portraitPlace(): Record<string, WrittenChunk> {
  const part = 128 / 440;
  return { ...position(PLACES.portrait), 'ADBE Scale': property(3, false, [numbers([part, part, 1])]) };
}

/** Keyframes that ease in and out: seconds, and where. */
function positions(...keyframes: [seconds: number, place: readonly [number, number]][]): WrittenChunk {
  const [BEZIER, EASE, SIZE] = [2, 1 / 3, 128];
  return items(
    SIZE,
    keyframes.map(([seconds, [x, y]]) =>
      fields(SIZE, [
        [0, 'int32', seconds * TIME_BASE],
        [4, 'uint8', BEZIER],
        [5, 'uint8', BEZIER],
        [32, 'float64', EASE],
        [48, 'float64', EASE],
        [56, 'float64', x],
        [64, 'float64', y],
      ]),
    ),
  );
}
