import {
  type Animated,
  compositionsOf,
  type LottieDocument,
  type LottieLayer,
  parseLottie,
  valueAt,
} from '../../lib/lottie/document/index.ts';
import { type BakeOptions, bakeExpressions, type UnevaluatedExpression } from '../../lib/lottie/expressions/bake.ts';

/** A property without an expression, at a value. */
const still = (k: unknown) => ({ a: 0, k });

/** From one value at frame 0 to another at frame 10, in a straight line. */
export const moving = (from: number[], to: number[]) => ({
  a: 1,
  k: [
    { t: 0, s: from, o: { x: [0], y: [0] }, i: { x: [1], y: [1] } },
    { t: 10, s: to },
  ],
});

let nextIndex = 100;

/** A null, or whatever else `more` says. */
export function layer(nm: string, ks: object = {}, more: object = {}): LottieLayer {
  nextIndex += 1;
  const transform = {
    o: still(100),
    r: still(0),
    p: still([50, 50, 0]),
    a: still([0, 0, 0]),
    s: still([100, 100, 100]),
  };
  return {
    ty: 3,
    nm,
    ind: nextIndex,
    ip: 0,
    op: 21,
    st: 0,
    sr: 1,
    ks: { ...transform, ...ks },
    ...more,
  } as LottieLayer;
}

/** 10 frames a second, 21 frames, 200 x 100: a frame is a tenth of a second. */
export function documentOf(layers: LottieLayer[], more: object = {}): LottieDocument {
  const document = { v: '5.7.0', nm: 'main', fr: 10, ip: 0, op: 21, w: 200, h: 100, layers, assets: [], ...more };
  return parseLottie(Buffer.from(JSON.stringify(document)));
}

export async function bake(
  document: LottieDocument,
  { first = 0, last = 20, ...options }: { first?: number; last?: number } & BakeOptions = {},
): Promise<UnevaluatedExpression[]> {
  const [main] = compositionsOf(document);
  if (main === undefined) throw new Error('no composition');
  return await bakeExpressions(document, main, { first, last }, options);
}

/** A property of a layer's transform after the bake. */
export function property(document: LottieDocument, name: string, key: string): Animated {
  const found = document.layers.find(({ nm }) => nm === name);
  if (found === undefined) throw new Error(`no layer ${name}`);
  return (found.ks as Record<string, Animated>)[key] as Animated;
}

export function numbersAt(animated: Animated, frame: number): number[] {
  return [valueAt(animated, frame)].flat().map((value) => Math.round(value * 1e4) / 1e4);
}

/** What other layers of the tests read: a slider, a colour, a moving null, a text, drawn shapes. */
export function subjects(): LottieLayer[] {
  const control = (nm: string, ty: number, v: object) => ({
    ty: 5,
    nm,
    mn: 'ADBE Control',
    ef: [{ ty, nm: 'Value', mn: 'ADBE Control-0001', v }],
  });
  const ef = [control('Size', 0, still(40)), control('Tint', 2, still([1, 0, 0, 1])), control('Off', 7, still(0))];
  const path = {
    v: [
      [0, 0],
      [10, 0],
      [10, 10],
    ],
    i: [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    o: [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    c: true,
  };
  const shapes = [
    {
      ty: 'gr',
      nm: 'Badge',
      it: [
        { ty: 'sh', nm: 'Edge', ks: still(path) },
        { ty: 'st', nm: 'Line', c: still([0, 0, 1, 1]), o: still(100), w: still(7) },
        { ty: 'tr', p: still([3, 4]), a: still([0, 0]), s: still([100, 100]), r: still(0), o: still(100) },
      ],
    },
  ];
  const text = { d: { k: [{ t: 0, s: { t: 'Ada', f: 'Inter', s: 30, fc: [0, 0, 0], j: 0 } }] } };
  return [
    layer('control', {}, { ef }),
    layer('mover', { p: moving([0, 0, 0], [100, 50, 0]), o: moving([0], [100]) }),
    layer('turned', { p: still([100, 0, 0]), r: still(90), s: still([200, 200, 100]) }),
    layer('drawn', {}, { ty: 4, shapes }),
    layer('title', {}, { ty: 5, t: { ...text, p: {}, m: {}, a: [] } }),
  ];
}
