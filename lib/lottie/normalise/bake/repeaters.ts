import type { Animated } from '../../document/index.ts';
import { isNode, type Node } from '../tree.ts';
import { type Baking, bakedProperty } from './baking.ts';
import { numberAt, numbersAt } from './values.ts';

/** More copies are left to Skia, which draws them without an opacity ramp of its own. */
const MOST_COPIES = 500;
const BELOW = 2;

/**
 * A repeater as the groups that it makes. Skia repeats nothing of a path that is painted below the repeater, and fades as
 * if there were one copy more. The opacity of a copy is on the way from that of the first to that of the last (Adobe's
 * help, "Repeater").
 */
export function withRepeaters(items: Node[], baking: Baking): Node[] {
  let made = items;
  for (const item of items) {
    if (item.ty !== 'rp' || item.hd === true || !isNode(item.tr)) continue;
    const place = made.indexOf(item);
    const copies = copiesOf(item, item.tr, made.slice(0, place), baking);
    if (copies !== null) made = [...copies, ...made.slice(place + 1)];
  }
  return made;
}

function copiesOf(item: Node, transform: Node, above: Node[], baking: Baking): Node[] | null {
  const frames = baking.framesOf([item.c]);
  const counts = (frames.length === 0 ? [0] : frames).map((frame) => countAt(item, frame));
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  if (most > MOST_COPIES) return null;
  const copies = Array.from({ length: most }, (_, index) => {
    baking.spend(JSON.stringify(above).length / 8);
    return { ty: 'gr', nm: item.nm, it: [...above, transformOf(item, transform, index, baking)] };
  });
  return item.m === BELOW ? copies : copies.reverse();
}

function countAt(item: Node, frame: number): number {
  return Math.max(0, Math.ceil(numberAt(item.c, frame, 0) - 1e-6));
}

/** The transform of a copy: the repeater's, as often as there are copies before it. */
function transformOf(item: Node, transform: Node, index: number, baking: Baking): Node {
  const steps = (frame: number) => index + numberAt(item.o, frame, 0);
  const baked = (keys: readonly unknown[], valueAt: (frame: number) => unknown): Animated =>
    bakedProperty(baking.framesOf(keys), valueAt);
  return {
    ty: 'tr',
    a: transform.a,
    p: baked([item.o, transform.p, transform.a], (frame) => {
      const [x = 0, y = 0] = numbersAt(transform.p, frame, [0, 0]);
      const [anchorX = 0, anchorY = 0] = numbersAt(transform.a, frame, [0, 0]);
      return [anchorX + x * steps(frame), anchorY + y * steps(frame)];
    }),
    s: baked([item.o, transform.s], (frame) =>
      numbersAt(transform.s, frame, [100, 100])
        .slice(0, 2)
        .map((percent) => power(percent / 100, steps(frame)) * 100),
    ),
    r: baked([item.o, transform.r], (frame) => numberAt(transform.r, frame, 0) * steps(frame)),
    o: baked([item.c, transform.so, transform.eo], (frame) => {
      const count = countAt(item, frame);
      if (index >= count) return 0;
      const [first, last] = [numberAt(transform.so, frame, 100), numberAt(transform.eo, frame, 100)];
      return first + ((last - first) * index) / Math.max(1, count - 1);
    }),
  };
}

/** A mirrored copy has no root: between two copies the size alone counts. */
function power(base: number, exponent: number): number {
  return base < 0 && !Number.isInteger(exponent) ? Math.abs(base) ** exponent : base ** exponent;
}
