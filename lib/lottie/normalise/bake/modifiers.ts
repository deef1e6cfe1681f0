import type { BezierPath } from '../../document/index.ts';
import { mapped, type Node } from '../tree.ts';
import { bakedPath } from './baked-path.ts';
import type { Baking } from './baking.ts';
import { offsetPath } from './offset-path.ts';
import { roundCorners } from './round-corners.ts';
import { isPathItem, PATH_PROPERTIES, shapePath } from './shape-path.ts';
import { zigZag } from './zig-zag.ts';

const NUMBERS_OF_A_VERTEX = 6;

type Modify = (path: BezierPath, item: Node, frame: number, baking: Baking) => BezierPath[];

/** The modifiers that Skia lacks or draws otherwise, and the properties by which they move. */
const MODIFIERS: Readonly<Record<string, { modify: Modify; properties: readonly string[] }>> = {
  rd: { modify: (path, item, frame) => [roundCorners(path, item, frame)], properties: ['r'] },
  zz: { modify: (path, item, frame, baking) => [zigZag(path, item, frame, baking)], properties: ['s', 'r', 'pt'] },
  op: {
    modify: (path, item, frame, baking) => offsetPath(path, item, frame, baking),
    properties: ['a', 'ml'],
  },
};

/** Applies each such modifier to the paths above it in its group, as After Effects does, and takes it out. */
export function withModifiers(items: Node[], baking: Baking): Node[] {
  let made = items;
  for (const item of items) {
    const modifier = typeof item.ty === 'string' && Object.hasOwn(MODIFIERS, item.ty) ? MODIFIERS[item.ty] : undefined;
    if (modifier === undefined || item.hd === true) continue;
    const place = made.indexOf(item);
    const above = made.slice(0, place).flatMap((other) => modifiedItem(other, item, modifier, baking));
    made = [...above, ...made.slice(place + 1)];
  }
  return made;
}

function modifiedItem(
  item: Node,
  modifierItem: Node,
  modifier: { modify: Modify; properties: readonly string[] },
  baking: Baking,
): Node[] {
  if (Array.isArray(item.it)) {
    const inside = mapped([item], (group) => ({
      ...group,
      it: (group.it as Node[]).flatMap((child) => modifiedItem(child, modifierItem, modifier, baking)),
    }));
    return inside;
  }
  if (!isPathItem(item)) return [item];
  const moving = [
    ...(PATH_PROPERTIES[String(item.ty)] ?? []).map((key) => item[key]),
    ...modifier.properties.map((key) => modifierItem[key]),
  ];
  return bakedPaths(item, baking.framesOf(moving), baking, (frame) => {
    const path = shapePath(item, frame);
    return path === null ? [] : modifier.modify(path, modifierItem, frame, baking);
  });
}

/** The `sh` items that draw these paths at these frames: as many as there are at most at one time. */
export function bakedPaths(
  item: Node,
  frames: readonly number[],
  baking: Baking,
  pathsAt: (frame: number) => BezierPath[],
): Node[] {
  const drawn = new Map<number, BezierPath[]>();
  for (const frame of frames.length === 0 ? [0] : frames) {
    const paths = pathsAt(frame);
    for (const { v } of paths) baking.spend(v.length * NUMBERS_OF_A_VERTEX);
    drawn.set(frame, paths);
  }
  const most = [...drawn.values()].reduce((count, paths) => Math.max(count, paths.length), 0);
  return Array.from({ length: most }, (_, index) => ({
    ty: 'sh',
    nm: item.nm,
    ks: bakedPath(frames, baking, (frame) => drawn.get(frame)?.[index]),
  }));
}
