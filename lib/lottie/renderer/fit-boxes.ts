import { LAYER_TYPE, type LottieDocument } from '../document/index.ts';
import type { LottieText } from '../object-model/text-document.ts';
import { FramePainter } from './frames.ts';

/**
 * Skia draws nothing at all of a text that does not fit into its box at its smallest size. Such a text is set to that
 * size and runs over its box instead. Whether it fits is seen by drawing it alone. `texts`: those of `shrunkIntoBox`.
 */
export async function fitBoxes(
  texts: readonly LottieText[],
  document: LottieDocument,
  fonts: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  for (const text of texts) {
    if ((text.t ?? '').trim() === '' || (await isDrawn(text, document, fonts))) continue;
    const { s: size = 0, lh: leading, mf } = text;
    const least = Number(mf);
    text.s = least;
    if (leading !== undefined && size > 0) text.lh = (leading * least) / size;
    for (const key of ['rs', 'mf']) delete text[key];
  }
}

async function isDrawn(
  text: LottieText,
  { fr, fonts: listed, chars }: LottieDocument,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<boolean> {
  const [width = 1, height = 1] = listOf(text.sz);
  const [left = 0, top = 0] = listOf(text.ps);
  const fixed = (k: unknown) => ({ a: 0, k });
  const layer = {
    ...{ ty: LAYER_TYPE.text, ip: 0, op: 1, st: 0 },
    ks: { o: fixed(100), r: fixed(0), p: fixed([-left, -top, 0]), a: fixed([0, 0, 0]), s: fixed([100, 100, 100]) },
    t: { d: { k: [{ t: 0, s: { ...text, fc: [0, 0, 0] } }] }, p: {}, m: { g: 1, a: fixed([0, 0]) }, a: [] },
  };
  const size = { width: sideOf(width), height: sideOf(height) };
  using painter = await FramePainter.open(size, { transparent: true });
  painter.load({
    json: JSON.stringify({
      v: '5.7.0',
      fr,
      ip: 0,
      op: 1,
      w: size.width,
      h: size.height,
      fonts: listed,
      chars,
      layers: [layer],
    }),
    files,
  });
  return painter.paint(0).some((value) => value > 0);
}

/** A box may be of any size, and a picture is memory. */
function sideOf(length: number): number {
  return Math.min(4_096, Math.max(1, Math.ceil(length) || 1));
}

function listOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
