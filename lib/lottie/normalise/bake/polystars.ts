import { isAnimated, keyframesOf } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import type { Baking } from './baking.ts';
import { bakedPaths } from './modifiers.ts';
import { PATH_PROPERTIES, shapePath } from './shape-path.ts';

const REVERSED = 3;
/** Modifiers that go wrong on the way in which Skia closes a star: its first corner is passed twice. */
const SENSITIVE: ReadonlySet<unknown> = new Set(['pb', 'tw', 'tm']);

/**
 * Stars and polygons as paths if they are rounded, which Skia ignores; reversed; bloated, twisted or trimmed; or if they have
 * a part of a point, which Skia rounds up.
 */
export function withPolystars(items: Node[], baking: Baking): Node[] {
  const isModified = items.some(({ ty }) => SENSITIVE.has(ty));
  return items.flatMap((item) => {
    if (item.ty !== 'sr') return [item];
    if (!isModified && item.d !== REVERSED && !isSet(item.is) && !isSet(item.os) && hasWholePoints(item)) return [item];
    const moving = (PATH_PROPERTIES.sr ?? []).map((key) => item[key]);
    return bakedPaths(item, baking.framesOf(moving), baking, (frame) => {
      const path = shapePath(item, frame);
      return path === null ? [] : [path];
    });
  });
}

function hasWholePoints({ pt }: Node): boolean {
  return !isAnimated(pt) || (keyframesOf(pt).length === 0 && Number.isInteger([pt.k].flat()[0]));
}

function isSet(property: unknown): boolean {
  if (!isAnimated(property)) return false;
  return keyframesOf(property).length > 0 || (property.k !== 0 && property.k !== undefined);
}

/** Ellipses that stand still, as paths: Skia draws the edge of its own kind of ellipse more coarsely. */
export function withEllipses(items: Node[], baking: Baking): Node[] {
  return items.flatMap((item) => {
    if (item.ty !== 'el') return [item];
    const frames = baking.framesOf((PATH_PROPERTIES.el ?? []).map((key) => item[key]));
    const path = frames.length === 0 ? shapePath(item, 0) : null;
    return path === null ? [item] : bakedPaths(item, [], baking, () => [path]);
  });
}
