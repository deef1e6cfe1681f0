import type { BezierPath } from '../../document/index.ts';
import type { Node } from '../tree.ts';
import type { Baking } from './baking.ts';
import { JOINS } from './geometry.ts';
import { numberAt } from './values.ts';

/** Offset Paths: Skia offsets closed paths with a mitre only, and fills an open one instead of the band around it. */
export function offsetPath(path: BezierPath, item: Node, frame: number, baking: Baking): BezierPath[] {
  const amount = numberAt(item.a, frame, 0);
  if (amount === 0) return [path];
  const join = JOINS[numberAt({ k: item.lj }, frame, 1)] ?? 'miter';
  return baking.offset(path, amount, { join, miterLimit: numberAt(item.ml, frame, 4) });
}
