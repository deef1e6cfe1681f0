import type { Node } from '../tree.ts';

const FAR = -1e5;
const ZEROS = [
  [0, 0],
  [0, 0],
  [0, 0],
];

/** A mask that cuts nothing: it subtracts a spot that is far from everything. `softness` is its feather, in pixels. */
export function farMask(softness: number): Node {
  const fixed = (k: unknown) => ({ a: 0, k });
  const spot = [
    [FAR, FAR],
    [FAR - 1, FAR],
    [FAR, FAR - 1],
  ];
  return {
    ...{ mode: 's', inv: false, o: fixed(100), x: fixed(0), f: fixed([softness, softness]) },
    pt: fixed({ c: true, v: spot, i: ZEROS, o: ZEROS }),
  };
}
