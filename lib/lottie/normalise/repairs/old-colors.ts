import type { LottieDocument } from '../../document/index.ts';
import { mapLayers, mapShapes, mapValues, withValue } from '../tree.ts';
import { isOlder } from './version.ts';

const PAINTS = new Set(['fl', 'st']);

/**
 * Bodymovin wrote the colours of fills and strokes from 0 to 255 before 4.1.9; the version alone does not tell, since
 * other tools write old versions and colours from 0 to 1. Source: lottie-web, `data_manager`, "checkColors".
 */
export function repairOldColors(document: LottieDocument): LottieDocument {
  if (!isOlder(document, [4, 1, 9])) return document;
  return mapLayers(document, (layer) =>
    mapShapes(layer, (item) => (PAINTS.has(String(item.ty)) ? withValue(item, 'c', scaled(item.c)) : item)),
  );
}

function scaled(color: unknown): unknown {
  let isLarge = false;
  mapValues(color, (value) => {
    isLarge ||= partsOf(value).some((part) => part > 1);
    return value;
  });
  return isLarge ? mapValues(color, (value) => partsOf(value).map((part) => part / 255)) : color;
}

function partsOf(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === 'number') : [];
}
