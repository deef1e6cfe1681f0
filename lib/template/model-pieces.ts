/**
 * A model in pieces, each small enough to be read in a moment: a template of 100,000 layers makes tens of megabytes, and
 * the host's event loop must not wait while it takes them from the thread or the store.
 */
import { Turns } from '../gate.ts';
import type { TemplateComposition, TemplateFootage, TemplateLayer, TemplateModel } from './model.ts';

/** Compositions, layers and footage files in one piece. */
const ENTRIES = 500;

/** The first piece: all but the lists that may be long. */
interface Head {
  /** How many pieces follow. */
  pieces: number;
  model: TemplateModel;
}

interface Piece {
  /** The next layers of the last composition of the piece before. */
  layers: TemplateLayer[];
  compositions: TemplateComposition[];
  footage: TemplateFootage[];
}

/** Each piece as JSON. A model of few entries is the one piece that it is. */
export function piecesOf(model: TemplateModel): string[] {
  const entries = model.compositions.reduce((sum, { layers }) => sum + 1 + layers.length, model.footage.length);
  if (entries <= ENTRIES) return [JSON.stringify(model)];
  const texts: string[] = [];
  let piece: Piece = { layers: [], compositions: [], footage: [] };
  let count = 0;
  const close = () => {
    texts.push(JSON.stringify(piece));
    piece = { layers: [], compositions: [], footage: [] };
    count = 0;
  };
  const add = (put: () => void) => {
    if (count === ENTRIES) close();
    put();
    count += 1;
  };
  for (const composition of model.compositions) {
    add(() => piece.compositions.push({ ...composition, layers: [] }));
    // In a piece that has begun after the composition, they are the next ones of the last before it.
    for (const layer of composition.layers) add(() => (piece.compositions.at(-1) ?? piece).layers.push(layer));
  }
  for (const file of model.footage) add(() => piece.footage.push(file));
  close();
  const head: Head = { pieces: texts.length, model: { ...model, compositions: [], footage: [] } };
  return [JSON.stringify(head), ...texts];
}

/** Puts the model together, and rests between the pieces; undefined if one of them is not there. */
export async function modelOf(piece: (index: number) => string | undefined): Promise<TemplateModel | undefined> {
  const first = piece(0);
  if (first === undefined) return undefined;
  const head = JSON.parse(first) as TemplateModel | Head;
  if (!('pieces' in head)) return head;
  const { model, pieces } = head;
  const turns = new Turns();
  for (let index = 1; index <= pieces; index += 1) {
    await turns.rest();
    const text = piece(index);
    if (text === undefined) return undefined;
    const { layers, compositions, footage } = JSON.parse(text) as Piece;
    model.compositions.at(-1)?.layers.push(...layers);
    model.compositions.push(...compositions);
    model.footage.push(...footage);
  }
  return model;
}

/** Texts in memory that threads share, so that to hand them over copies nothing. */
export interface SharedTexts {
  bytes: SharedArrayBuffer;
  /** Where each text ends. */
  ends: number[];
}

export function shareTexts(texts: readonly string[]): SharedTexts {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = new SharedArrayBuffer(sizes.reduce((sum, size) => sum + size, 0));
  const target = Buffer.from(bytes);
  const ends: number[] = [];
  for (const text of texts) {
    const from = ends.at(-1) ?? 0;
    ends.push(from + target.write(text, from));
  }
  return { bytes, ends };
}

export function sharedText({ bytes, ends }: SharedTexts, index: number): string | undefined {
  const end = ends[index];
  return end === undefined ? undefined : Buffer.from(bytes).toString('utf8', ends[index - 1] ?? 0, end);
}
