import { isAnimated, keyframesOf, LAYER_TYPE, type LottieDocument, type LottieLayer } from '../document/index.ts';
import type { LottieText } from '../object-model/text-document.ts';

/** Every text that is drawn with a composition, at all of its moments; a change of one is drawn. */
export function textsUnder(document: LottieDocument, layers: readonly LottieLayer[]): LottieText[] {
  const byId = new Map(document.assets.map((asset) => [asset.id, asset.layers ?? []]));
  const seen = new Set<string>();
  const texts: LottieText[] = [];
  const visit = (list: readonly LottieLayer[]): void => {
    for (const layer of list) {
      texts.push(...textsOf(layer));
      const { refId } = layer;
      if (refId === undefined || seen.has(refId)) continue;
      seen.add(refId);
      visit(byId.get(refId) ?? []);
    }
  };
  visit(layers);
  return texts;
}

function textsOf({ ty, t }: LottieLayer): LottieText[] {
  const animated = ty === LAYER_TYPE.text && typeof t === 'object' && t !== null && 'd' in t ? t.d : null;
  if (!isAnimated(animated)) return [];
  return keyframesOf(animated).flatMap(({ s }) => (isText(s) ? [s] : []));
}

function isText(value: unknown): value is LottieText {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
