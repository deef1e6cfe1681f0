import type { LottieDocument } from '../../document/index.ts';
import { isNode, mapLayers, mapped, mapShapes, mapValues, type Node, withValue } from '../tree.ts';

/**
 * Before 4.4.18 a path did not say whether it is closed; its shape (`closed`) or its mask (`cl`) did. What a path says
 * itself counts, whatever the version. Source: lottie-web, `data_manager`, "checkShapes".
 */
export function repairOldPaths(document: LottieDocument): LottieDocument {
  return mapLayers(document, (layer) => {
    const shaped = mapShapes(layer, (item) =>
      item.ty === 'sh' ? withValue(item, 'ks', withClosed(item.ks, item.closed)) : item,
    );
    if (!Array.isArray(shaped.masksProperties)) return shaped;
    const masks = mapped(shaped.masksProperties as unknown[], (mask) =>
      isNode(mask) ? withValue(mask, 'pt', withClosed(mask.pt, mask.cl)) : mask,
    );
    return withValue(shaped, 'masksProperties', masks);
  });
}

function withClosed(path: unknown, closed: unknown): unknown {
  if (typeof closed !== 'boolean') return path;
  const set = (value: unknown) =>
    isNode(value) && isPath(value) && value.c === undefined ? { ...value, c: closed } : value;
  return mapValues(path, (value) => (Array.isArray(value) ? mapped(value, set) : set(value)));
}

function isPath(value: Node): boolean {
  return Array.isArray(value.v);
}
