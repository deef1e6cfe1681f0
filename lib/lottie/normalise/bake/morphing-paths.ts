import { bezierPath, isAnimated, keyframesOf, pathAt } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import { bakedPath } from './baked-path.ts';
import type { Baking } from './baking.ts';

/** A path whose keyframes differ in their numbers of vertices, of which Skia draws nothing: frame by frame. */
export function morphed(property: unknown, baking: Baking): unknown {
  if (!isAnimated(property)) return property;
  const counts = new Set(
    keyframesOf(property).flatMap(({ s, e }) => [s, e].flatMap((value) => bezierPath(value)?.v.length ?? [])),
  );
  if (counts.size < 2) return property;
  return bakedPath(baking.framesOf([property]), baking, (frame) => pathAt(property, frame) ?? undefined);
}

export function withMorphingPaths(items: Node[], baking: Baking): Node[] {
  return items.map((item) => {
    const ks = item.ty === 'sh' ? morphed(item.ks, baking) : item.ks;
    return ks === item.ks ? item : { ...item, ks };
  });
}
