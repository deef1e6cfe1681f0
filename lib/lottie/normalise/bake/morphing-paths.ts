import { formOf, isAnimated, type Keyframe, keyframesOf, pathAt } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import { bakedPath } from './baked-path.ts';
import type { Baking } from './baking.ts';

/**
 * A path whose keyframes differ in their numbers of vertices, of which Skia draws nothing, or of which some are open and
 * some closed, which it closes from the first: frame by frame.
 */
export function morphed(property: unknown, baking: Baking): unknown {
  if (!isAnimated(property)) return property;
  if (!changesForm(keyframesOf(property))) return property;
  return bakedPath(baking.framesOf([property]), baking, (frame) => pathAt(property, frame) ?? undefined);
}

function changesForm(keys: readonly Keyframe[]): boolean {
  let known: string | null = null;
  for (const { s, e } of keys) {
    for (const value of [s, e]) {
      const form = formOf(value);
      if (form === null) continue;
      if (known !== null && known !== form) return true;
      known = form;
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
