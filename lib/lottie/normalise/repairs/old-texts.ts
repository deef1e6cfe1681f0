import { LAYER_TYPE, type LottieDocument, type LottieLayer } from '../../document/index.ts';
import { isNode, mapLayers, type Node, withValue } from '../tree.ts';

/**
 * Before 4.4.14 the text document stood where its keyframes are now, and before 5.7.15 the options of a text on a path
 * were plain numbers. Source: lottie-web, `data_manager`, "checkText" and "checkPathProperties".
 */
export function repairOldTexts(document: LottieDocument): LottieDocument {
  return mapLayers(document, (layer) => (layer.ty === LAYER_TYPE.text ? withModernText(layer) : layer));
}

function withModernText(layer: LottieLayer): LottieLayer {
  if (!isNode(layer.t)) return layer;
  let text: Node = layer.t;
  if (isNode(text.d) && !('k' in text.d) && typeof text.d.t === 'string') {
    text = { ...text, d: { k: [{ t: 0, s: text.d }] } };
  }
  if (isNode(text.p)) {
    let path: Node = text.p;
    for (const key of ['a', 'p', 'r', 'f', 'l']) {
      if (typeof path[key] === 'number' && 'm' in path) path = { ...path, [key]: { a: 0, k: path[key] } };
    }
    text = withValue(text, 'p', path);
  }
  return withValue(layer, 't', text);
}
