import {
  composition,
  group,
  header,
  matchName,
  numbers,
  property,
  solid,
  type WrittenLayer,
} from './project-writer.ts';
import { list, type WrittenChunk, writeRifx, writeXml } from './rifx-writer.ts';

/** Two seconds of 64 by 36 pixels at 25 frames. */
export const SIZE = { width: 64, height: 36, frameRate: 25, duration: 2000 };

const LAYER: WrittenLayer = {
  ...{ id: 1, name: '', layerClass: 0, sourceId: 7, parentId: 0, start: 0, in: 0, out: 2000, stretch: 100 },
  ...{ switches: 0b101, blendingMode: 2, trackMatte: 0 },
};

/**
 * `main` (3) shows `inner` (4), which has a blue square (layer 21) in its upper left corner; nothing shows `unused` (9).
 * `more` are further layers of `main`, below.
 */
function chunks(more: readonly Partial<WrittenLayer>[], backgrounds: Backgrounds = {}): WrittenChunk[] {
  const place = [matchName('ADBE Position'), property(3, true, [numbers([10, 10, 0])])];
  const square = { ...LAYER, id: 21, properties: [matchName('ADBE Transform Group'), group(place)] };
  const layers = [{ ...LAYER, id: 11, sourceId: 4 }, ...more.map((layer, at) => ({ ...LAYER, id: 12 + at, ...layer }))];
  const items = [
    solid(7, 'square', 20, 20, [0, 0, 1]),
    composition({ ...SIZE, ...ofBackground(backgrounds.inner), id: 4, name: 'inner', layers: [square] }),
    composition({ ...SIZE, ...ofBackground(backgrounds.main), id: 3, name: 'main', layers }),
    composition({ ...SIZE, id: 9, name: 'unused', layers: [{ ...LAYER, id: 31, name: 'nobody' }] }),
  ];
  return [...header(), list('Fold', items)];
}

type Color = readonly [red: number, green: number, blue: number];
type Backgrounds = Partial<Record<'main' | 'inner', Color>>;

function ofBackground(background: Color | undefined) {
  return background === undefined ? {} : { background };
}

/** With these backgrounds of its compositions, from 0 to 255. */
export function squareProjectOn(backgrounds: Backgrounds): Uint8Array {
  return writeRifx(chunks([], backgrounds));
}

/** As an .aep. */
export function squareProject(...more: Partial<WrittenLayer>[]): Uint8Array {
  return writeRifx(chunks(more));
}

/** As an .aepx. */
export function squareProjectXml(): Uint8Array {
  return writeXml(chunks([]));
}

/** A layer whose blend mode the bundled renderer does not have. */
export const DISSOLVING: Partial<WrittenLayer> = { name: 'dust', blendingMode: 3 };
