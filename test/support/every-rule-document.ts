import { fill, group, path, rectangle, shapeLayer, smallDocument, stroke, textLayer } from './small-document.ts';

const fixed = (k: unknown) => ({ a: 0, k });
const moving = (...values: unknown[]) => ({
  a: 1,
  k: values.map((value, index) => ({
    ...{ t: index * 20, s: [value].flat(), e: [value].flat() },
    ...{ i: { x: [0.2, 0.8], y: [1, 0.5] }, o: { x: [0.3, 0.1], y: [0, 0.4] } },
  })),
});

/** A document with something for every rule that makes documents fit. */
export function everyRuleDocument() {
  const corners = [
    [0, 0],
    [50, 0],
    [50, 50],
  ];
  const { k: triangle } = path(corners).ks;
  const { k: square } = path([...corners, [0, 50]]).ks;
  const star = {
    ty: 'sr',
    sy: 1,
    d: 3,
    pt: moving(5, 7),
    p: fixed([0, 0]),
    r: fixed(0),
    or: fixed(40),
    ir: fixed(20),
    os: moving(0, 80),
    is: fixed(9),
  };
  const repeated = {
    ty: 'tr',
    p: moving([0, 0], [30, 9]),
    a: fixed([1, 2]),
    s: fixed([90, 80]),
    r: fixed(9),
    so: fixed(90),
    eo: moving(10, 50),
  };
  const gradient = {
    ty: 'gf',
    o: fixed(100),
    t: 1,
    s: fixed([0, 0]),
    e: fixed([9, 9]),
    g: { p: 3, k: moving([0, 0, 0, 0, 0.2, 0.5, 0.5, 0.5, 1, 1, 1, 1, 0, 0, 0.3, 0.5, 1, 1]) },
  };
  const mask = {
    mode: 'd',
    inv: false,
    o: fixed(60),
    x: moving(0, 9),
    pt: {
      a: 1,
      k: [
        { t: 0, s: [square] },
        { t: 30, s: [triangle] },
      ],
    },
  };
  const blur = {
    ty: 5,
    mn: 'ADBE Box Blur2',
    ef: [moving(1, 9), fixed(3), fixed(1), fixed(0)].map((v) => ({ ty: 0, v })),
  };
  return smallDocument(
    [
      shapeLayer([
        group(
          [
            star,
            { ty: 'rd', r: fixed(4) },
            { ty: 'el', s: fixed([9, 9]), p: fixed([0, 0]) },
            { ty: 'zz', s: fixed(3), r: fixed(4), pt: fixed(2) },
            fill(),
          ],
          { sk: fixed(9), sa: fixed(30) },
        ),
        {
          ty: 'sh',
          closed: true,
          ks: {
            a: 1,
            k: [
              { t: 0, s: [square] },
              { t: 30, s: [triangle] },
            ],
          },
        },
        { ty: 'op', a: moving(1, 5), lj: 2, ml: fixed(4) },
        { ty: 'rp', c: moving(1, 4), o: fixed(0.5), m: 1, tr: repeated },
        gradient,
        stroke(2),
      ]),
      shapeLayer([group([rectangle([9, 9], [1, 1]), fill()])], {
        td: 1,
        hd: false,
        masksProperties: [mask],
        ef: [
          {
            ty: 22,
            mn: 'ADBE Stroke',
            nm: 'Stroke',
            ef: [
              { ty: 10, v: fixed(1) },
              { ty: 2, v: fixed([1, 0, 0, 0.5]) },
            ],
          },
        ],
      }),
      { ...textLayer('text', 'a\u0003b', [0, 0], 9), tt: 2, sy: [{ ty: 0 }] },
      { ty: 3, nm: 'all', ip: 5, op: 40, ks: {}, ae: { adjustment: true }, tt: 1, ef: [blur], masksProperties: [mask] },
      shapeLayer([{ ...group([rectangle([9, 9], [1, 1]), fill()]), bm: 3 }], {
        ind: 40,
        ef: [{ ty: 28, mn: 'ADBE Set Matte3', ef: [fixed(40), fixed(4), fixed(0)].map((v) => ({ ty: 0, v })) }],
      }),
    ],
    [{ id: 'inner', layers: [shapeLayer([])] }],
  );
}
