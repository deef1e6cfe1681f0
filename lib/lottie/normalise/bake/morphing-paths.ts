import { isAnimated, type Keyframe, keyframesOf, pathAt, vertexCount } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import { bakedPath } from './baked-path.ts';
import type { Baking } from './baking.ts';

/** A path whose keyframes differ in their numbers of vertices, of which Skia draws nothing: frame by frame. */
export function morphed(property: unknown, baking: Baking): unknown {
  if (!isAnimated(property)) return property;
  if (!changesCount(keyframesOf(property))) return property;
  return bakedPath(baking.framesOf([property]), baking, (frame) => pathAt(property, frame) ?? undefined);
}

function changesCount(keys: readonly Keyframe[]): boolean {
  let known: number | null = null;
  for (const { s, e } of keys) {
    for (const value of [s, e]) {
      const count = vertexCount(value);
      if (count === null) continue;
      if (known !== null && known !== count) return true;
      known = count;
    }
  }
  return false;
}

export function withMorphingPaths(items: Node[], baking: Baking): Node[] {
  return items.map((item) => {
    const ks = item.ty === 'sh' ? morphed(item.ks, baking) : item.ks;
    return ks === item.ks ? item : { ...item, ks };
  });
}
