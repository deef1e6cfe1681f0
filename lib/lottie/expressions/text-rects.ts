import { isAnimated, keyframesOf, LAYER_TYPE, type LottieLayer } from '../document/index.ts';
import type { LottieText } from '../object-model/text-document.ts';
import type { MeasureText } from '../renderer/text-measure.ts';
import type { Rectangle } from './model.ts';

/**
 * How large the texts of a layer are, each from its frame on. Null of any other layer, and of a text in a box, whose
 * lines are broken only when it is drawn.
 */
export function textRects(layer: LottieLayer, measure: MeasureText): { frame: number; rect: Rectangle }[] | null {
  if (layer.ty !== LAYER_TYPE.text || typeof layer.t !== 'object' || layer.t === null) return null;
  const documents: unknown = 'd' in layer.t ? layer.t.d : null;
  if (!isAnimated(documents)) return null;
  const texts = keyframesOf(documents).map(({ t, s }) => ({ frame: t, text: (s ?? {}) as LottieText }));
  if (texts.some(({ text }) => Array.isArray(text.sz))) return null;
  try {
    return texts.map(({ frame, text }) => ({ frame, rect: { ...measure(text) } }));
  } catch {
    // The font is missing: the caller then treats the size as unknown.
    return null;
  }
}
