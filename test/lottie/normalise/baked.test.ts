import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLottie } from '../../../lib/lottie/document/index.ts';
import { baked, type PathGeometry, TooMuchToBake } from '../../../lib/lottie/normalise/index.ts';
import { drawn } from '../../support/drawn-frame.ts';
import {
  fill,
  group,
  path,
  rectangle,
  shapeLayer,
  smallDocument,
  solidLayer,
  stroke,
  transform,
} from '../../support/small-document.ts';

const fixed = (k: unknown) => ({ a: 0, k });
const centered = { ks: transform(100, 50) };
const WHITE = '#ffffff';
const BLACK = '#000000';

/** From one value to another in forty frames, each dimension with its own ease or all in a straight line. */
function moving(from: unknown[], to: unknown[], ease = { x: [0], y: [0] }, into = { x: [1], y: [1] }) {
  return {
    a: 1,
    k: [
      { t: 0, s: from, o: ease, i: into },
      { t: 40, s: to },
    ],
  };
}

function star(more: object) {
  const radii = { or: fixed(40), ir: fixed(20), os: fixed(0), is: fixed(0) };
  return { ty: 'sr', sy: 1, d: 1, pt: fixed(5), p: fixed([0, 0]), r: fixed(0), ...radii, ...more };
}

describe('shapes that Skia lacks', () => {
  it('a star and a polygon are as round as they say', async (t) => {
    const sharp = await drawn(t, smallDocument([shapeLayer([group([star({}), fill()])], centered)]), 0);
    const round = await drawn(t, smallDocument([shapeLayer([group([star({ os: fixed(100) }), fill()])], centered)]), 0);
    assert.deepEqual([sharp.at(104, 13), round.at(104, 13)], [BLACK, WHITE]);
    const polygon = { sy: 2, pt: fixed(4), os: fixed(60) };
    const swollen = await drawn(t, smallDocument([shapeLayer([group([star(polygon), fill()])], centered)]), 0);
    assert.equal(swollen.at(122, 28), WHITE);
  });

  it('a part of a point makes no point', async (t) => {
    const five = await drawn(t, smallDocument([shapeLayer([group([star({ pt: fixed(5.6) }), fill()])], centered)]), 0);
    const six = await drawn(t, smallDocument([shapeLayer([group([star({ pt: fixed(6) }), fill()])], centered)]), 0);
    assert.deepEqual([five.at(100, 85), six.at(100, 85)], [BLACK, WHITE]);
  });

  it('roundness moves', async (t) => {
    const layer = shapeLayer([group([star({ os: moving([0], [100]) }), fill()])], centered);
    const [first, last] = [await drawn(t, smallDocument([layer]), 0), await drawn(t, smallDocument([layer]), 40)];
    assert.deepEqual([first.at(104, 13), last.at(104, 13)], [BLACK, WHITE]);
  });

  it('round corners round the first one too', async (t) => {
    const square = path([
      [-40, -40],
      [40, -40],
      [40, 40],
      [-40, 40],
    ]);
    const layer = shapeLayer([group([square, { ty: 'rd', r: fixed(30) }, fill()])], centered);
    const frame = await drawn(t, smallDocument([layer]), 0);
    for (const [x, y] of [
      [63, 13],
      [137, 13],
      [63, 87],
      [137, 87],
    ] as const)
      assert.equal(frame.at(x, y), BLACK, `${x} ${y}`);
    assert.equal(frame.at(100, 12), WHITE);
  });

  it('zig zag stands out on one side and in on the other', async (t) => {
    const line = path(
      [
        [-80, 0],
        [80, 0],
      ],
      false,
    );
    const zigZag = { ty: 'zz', s: fixed(20), r: fixed(3), pt: fixed(1) };
    const layer = shapeLayer([group([line, zigZag, stroke(6)])], centered);
    const frame = await drawn(t, smallDocument([layer]), 0);
    // Ends below the line, then a ridge above it at each quarter in turn.
    assert.deepEqual([frame.at(60, 30), frame.at(100, 70), frame.at(140, 30)], [WHITE, WHITE, WHITE]);
    assert.equal(frame.at(60, 70), BLACK);
  });

  it('the offset of an open path is a band on both sides, and that of a closed one an outline', async (t) => {
    const open = path(
      [
        [-60, 20],
        [0, -20],
        [60, 20],
      ],
      false,
    );
    const offset = { ty: 'op', a: fixed(6), lj: 1, ml: fixed(4) };
    const band = await drawn(t, smallDocument([shapeLayer([group([open, offset, fill()])], centered)]), 0);
    assert.deepEqual([band.at(70, 50), band.at(100, 60)], [WHITE, BLACK]);
    const level = path(
      [
        [-60, 0],
        [60, 0],
      ],
      false,
    );
    const wide = { ...offset, a: fixed(12) };
    const butt = await drawn(t, smallDocument([shapeLayer([group([level, wide, fill()])], centered)]), 0);
    const round = await drawn(
      t,
      smallDocument([shapeLayer([group([level, { ...wide, lj: 2 }, fill()])], centered)]),
      0,
    );
    assert.deepEqual([butt.at(35, 50), round.at(35, 50)], [BLACK, WHITE]);
    const square = rectangle([40, 40], [0, 0]);
    const grown = await drawn(t, smallDocument([shapeLayer([group([square, offset, fill()])], centered)]), 0);
    assert.deepEqual([grown.at(75, 25), grown.at(72, 22)], [WHITE, BLACK]);
    const less = { ...offset, a: fixed(-6) };
    const shrunk = await drawn(t, smallDocument([shapeLayer([group([square, less, fill()])], centered)]), 0);
    assert.deepEqual([shrunk.at(83, 50), shrunk.at(87, 50)], [BLACK, WHITE]);
  });

  it('a path is open until it comes to a key that is closed', async (t) => {
    const corners = [
      [10, 10],
      [90, 10],
      [90, 90],
      [10, 90],
    ];
    const [open, closed] = [path(corners, false).ks.k, path(corners).ks.k];
    const layer = shapeLayer([group([{ ty: 'sh', ks: moving([open], [closed]) }, stroke(6)])]);
    const colors = [];
    for (const frame of [0, 20, 40]) colors.push((await drawn(t, smallDocument([layer]), frame)).at(10, 50));
    assert.deepEqual(colors, [BLACK, BLACK, WHITE]);
  });

  it('a path gains and loses vertices on its way', async (t) => {
    const zero = (count: number) => Array.from({ length: count }, () => [0, 0]);
    const closed = (v: number[][]) => ({ c: true, v, i: zero(v.length), o: zero(v.length) });
    const square = closed([
      [-40, -40],
      [40, -40],
      [40, 40],
      [-40, 40],
    ]);
    const triangle = closed([
      [0, -40],
      [40, 40],
      [-40, 40],
    ]);
    const shape = { ty: 'sh', ks: moving([square], [triangle]) };
    const layer = shapeLayer([group([shape, fill()])], centered);
    const corners = async (frame: number) => (await drawn(t, smallDocument([layer]), frame)).at(64, 14);
    assert.deepEqual([await corners(0), await corners(40)], [WHITE, BLACK]);
    assert.equal((await drawn(t, smallDocument([layer]), 20)).at(100, 60), WHITE);
  });
});

describe('a repeater', () => {
  const tr = (more = {}) => ({
    ty: 'tr',
    p: fixed([30, 0]),
    a: fixed([0, 0]),
    s: fixed([100, 100]),
    r: fixed(0),
    so: fixed(100),
    eo: fixed(100),
    ...more,
  });
  const repeater = (more = {}, transformed = {}) => ({
    ty: 'rp',
    c: fixed(4),
    o: fixed(0),
    m: 1,
    tr: tr(transformed),
    ...more,
  });
  const bar = rectangle([20, 60], [0, 0]);
  const at = { ks: transform(40, 50) };

  it('repeats a path that is painted below it', async (t) => {
    const layer = shapeLayer([bar, repeater(), fill()], at);
    const frame = await drawn(t, smallDocument([layer]), 0);
    assert.deepEqual(
      [40, 70, 100, 130, 160].map((x) => frame.at(x, 50)),
      [WHITE, WHITE, WHITE, WHITE, BLACK],
    );
  });

  it('fades from the first copy to the last', async (t) => {
    const layer = shapeLayer([group([bar, fill()]), repeater({}, { eo: fixed(40) })], at);
    const frame = await drawn(t, smallDocument([layer, solidLayer('black', BLACK, 0, 0, 200, 100)]), 0);
    const shades = [40, 70, 100, 130].map((x) => Number.parseInt(frame.at(x, 50).slice(1, 3), 16));
    assert.deepEqual(shades, [255, 204, 153, 102]);
  });

  it('moves, and changes its number of copies', async (t) => {
    const layer = shapeLayer(
      [group([bar, fill()]), repeater({ c: moving([1], [4]) }, { p: moving([0, 0], [30, 0]) })],
      at,
    );
    const [first, last] = [await drawn(t, smallDocument([layer]), 0), await drawn(t, smallDocument([layer]), 40)];
    assert.deepEqual([first.at(70, 50), first.at(40, 50)], [BLACK, WHITE]);
    assert.deepEqual([last.at(70, 50), last.at(130, 50)], [WHITE, WHITE]);
  });
});

describe('what moves', () => {
  it('eases in each dimension by itself', async (t) => {
    const late = { x: [0, 0.99], y: [0.99, 0] };
    const into = { x: [0.01, 1], y: [1, 0.01] };
    const ks = { ...transform(), s: moving([10, 10, 100], [100, 100, 100], late, into) };
    const layer = { ...solidLayer('box', '#ffffff', 0, 0, 100, 100), ks };
    const { ink } = await drawn(t, smallDocument([layer]), 20);
    assert.ok(ink !== null && ink.right > 90 && ink.bottom < 20, JSON.stringify(ink));
  });
});

describe('a gradient', () => {
  it('bends at its midpoint', async (t) => {
    // From black to white with the midpoint at a fifth: what an exporter writes as a third stop.
    const stops = [0, 0, 0, 0, 0.2, 0.5, 0.5, 0.5, 1, 1, 1, 1];
    const gradient = {
      ty: 'gf',
      o: fixed(100),
      r: 1,
      t: 1,
      s: fixed([-100, 0]),
      e: fixed([100, 0]),
      g: { p: 3, k: fixed(stops) },
    };
    const frame = await drawn(
      t,
      smallDocument([shapeLayer([group([rectangle([200, 100], [0, 0]), gradient])], centered)]),
      0,
    );
    const shade = Number.parseInt(frame.at(100, 50).slice(1, 3), 16);
    // A straight line through the midpoint would come to 175 in the middle.
    assert.ok(Math.abs(shade - 225) < 6, `${shade}`);
  });
});

describe('a mask', () => {
  const square = {
    c: true,
    v: [
      [40, 30],
      [80, 30],
      [80, 70],
      [40, 70],
    ],
    i: [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    o: [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  };
  const masked = (more: object, ...others: object[]) =>
    solidLayer('box', '#ffffff', 0, 0, 200, 100, {
      hasMask: true,
      masksProperties: [{ inv: false, mode: 'a', pt: fixed(square), o: fixed(100), x: fixed(0), ...more }, ...others],
    });

  it('grows with round corners and shrinks with sharp ones', async (t) => {
    const grown = await drawn(t, smallDocument([masked({ x: fixed(20) })]), 0);
    assert.deepEqual([grown.at(22, 50), grown.at(60, 12), grown.at(23, 13)], [WHITE, WHITE, BLACK]);
    const shrunk = await drawn(t, smallDocument([masked({ x: fixed(-10) })]), 0);
    assert.deepEqual([shrunk.at(51, 41), shrunk.at(47, 50)], [WHITE, BLACK]);
    const gone = await drawn(t, smallDocument([masked({ x: fixed(-30) })]), 0);
    assert.equal(gone.ink, null);
  });

  it('grows while it moves', async (t) => {
    const layer = masked({ x: moving([0], [20]) });
    const [first, last] = [await drawn(t, smallDocument([layer]), 0), await drawn(t, smallDocument([layer]), 40)];
    assert.deepEqual([first.at(30, 50), last.at(30, 50)], [BLACK, WHITE]);
  });

  it('that lightens adds, and one that darkens intersects', async (t) => {
    const right = {
      ...square,
      v: [
        [60, 30],
        [120, 30],
        [120, 70],
        [60, 70],
      ],
    };
    const other = (mode: string) => ({ inv: false, mode, pt: fixed(right), o: fixed(100), x: fixed(0) });
    const lighter = await drawn(t, smallDocument([masked({}, other('l'))]), 0);
    assert.deepEqual(
      [50, 70, 100].map((x) => lighter.at(x, 50)),
      [WHITE, WHITE, WHITE],
    );
    const darker = await drawn(t, smallDocument([masked({}, other('d'))]), 0);
    assert.deepEqual(
      [50, 70, 100].map((x) => darker.at(x, 50)),
      [BLACK, WHITE, BLACK],
    );
  });
});

describe('an effect that Skia lacks', () => {
  const value = (ty: number, k: unknown) => ({ ty, v: fixed(k) });

  it('Stroke is drawn along the mask, over the layer and beyond the mask', async (t) => {
    const v = [
      [60, 30],
      [140, 30],
      [140, 70],
      [60, 70],
    ];
    const mask = { mode: 'a', inv: false, o: fixed(100), x: fixed(0), pt: path(v).ks };
    const red = value(2, [1, 0, 0, 1]);
    const controls = [value(10, 1), value(7, 0), value(7, 0), red, value(0, 8), value(0, 1), value(0, 1), value(0, 0)];
    const effect = {
      ty: 22,
      mn: 'ADBE Stroke',
      nm: 'Stroke',
      en: 1,
      ef: [...controls, value(0, 50), value(7, 50), value(7, 1)],
    };
    const layer = solidLayer('box', '#ffffff', 0, 0, 200, 100, {
      hasMask: true,
      masksProperties: [mask],
      ef: [effect],
    });
    const frame = await drawn(t, smallDocument([layer]), 0);
    assert.deepEqual([frame.at(100, 28), frame.at(142, 50), frame.at(100, 50)], ['#ff0000', '#ff0000', WHITE]);
    // Half of the way around: the lower side has no stroke.
    assert.equal(frame.at(80, 72), BLACK);
  });

  it('Stroke reveals the layer where its brush goes, as wide as twice its size', async (t) => {
    const v = [
      [20, 50],
      [180, 50],
    ];
    const mask = { mode: 'n', o: fixed(100), x: fixed(0), pt: path(v, false).ks };
    const reveal = [
      value(7, 1),
      value(7, 1),
      value(7, 0),
      value(2, [1, 0, 0, 1]),
      value(0, 10),
      value(0, 1),
      value(0, 1),
    ];
    const effect = {
      ty: 5,
      mn: 'ADBE Stroke',
      nm: 'Stroke',
      en: 1,
      ef: [...reveal, value(0, 0), value(0, 50), value(7, 1), value(7, 3)],
    };
    const layer = solidLayer('box', '#ffffff', 0, 0, 200, 100, {
      hasMask: true,
      masksProperties: [mask],
      ef: [effect],
    });
    const frame = await drawn(t, smallDocument([layer]), 0);
    assert.deepEqual(
      [frame.at(60, 50), frame.at(60, 42), frame.at(60, 38), frame.at(140, 50)],
      [WHITE, WHITE, BLACK, BLACK],
    );
  });

  it('Set Matte shows a layer where another one is, or is not', async (t) => {
    const matte = shapeLayer([group([rectangle([60, 60], [50, 50]), fill()])], { ind: 3, hd: true });
    const shown = (inverted: number) => {
      const controls = [value(10, 3), value(7, 4), value(7, inverted), value(7, 1), value(7, 1), value(7, 1)];
      const ef = [{ ty: 28, mn: 'ADBE Set Matte3', nm: 'Set Matte', en: 1, ef: controls }];
      const box = shapeLayer([group([rectangle([200, 100], [100, 50]), fill()])], { ef });
      return smallDocument([matte, box]);
    };
    const frame = await drawn(t, shown(0), 0);
    assert.deepEqual([frame.at(50, 50), frame.at(150, 50)], [WHITE, BLACK]);
    const inverted = await drawn(t, shown(1), 0);
    assert.deepEqual([inverted.at(50, 50), inverted.at(150, 50)], [BLACK, WHITE]);
  });

  it('Box Blur blurs', async (t) => {
    const effect = {
      ty: 5,
      mn: 'ADBE Box Blur2',
      nm: 'Box Blur',
      en: 1,
      ef: [value(0, 8), value(0, 3), value(7, 1), value(7, 0)],
    };
    const layer = solidLayer('box', '#ffffff', 60, 20, 80, 60, { ef: [effect] });
    const black = solidLayer('black', '#000000', 0, 0, 200, 100);
    const frame = await drawn(t, smallDocument([layer, black]), 0);
    const shade = Number.parseInt(frame.at(60, 50).slice(1, 3), 16);
    assert.ok(shade > 90 && shade < 165, `${shade}`);
    assert.equal(frame.at(100, 50), WHITE);
  });
});

describe('the expansion of a mask', () => {
  const masked = (pt: object, x: number, mode = 'a') =>
    smallDocument([
      solidLayer('box', '#ffffff', 0, 0, 200, 100, {
        hasMask: true,
        masksProperties: [{ mode, o: fixed(100), x: fixed(x), pt }],
      }),
    ]);
  /** Two squares of forty, joined by a bar that is ten high; or a frame of twenty with a slit of ten. */
  const dumbbell = path([
    ...[20, 60, 60].map((x, place) => [x, place < 2 ? 30 : 45]),
    ...[140, 140, 180, 180, 140, 140].map((x, place) => [x, [45, 30, 30, 70, 70, 55][place] ?? 0]),
    ...[60, 60, 20].map((x, place) => [x, place === 0 ? 55 : 70]),
  ]).ks;
  const slit = path([
    ...[
      [60, 10],
      [140, 10],
      [140, 90],
      [105, 90],
      [105, 70],
      [120, 70],
      [120, 30],
      [80, 30],
      [80, 70],
      [95, 70],
      [95, 90],
      [60, 90],
    ],
  ]).ks;

  it('keeps both parts of an outline that falls apart', async (t) => {
    const frame = await drawn(t, masked(dumbbell, -8), 0);
    assert.deepEqual([frame.at(40, 50), frame.at(100, 50), frame.at(160, 50)], [WHITE, BLACK, WHITE]);
    const cut = await drawn(t, masked(dumbbell, -8, 's'), 0);
    assert.deepEqual([cut.at(40, 50), cut.at(100, 50), cut.at(160, 50)], [BLACK, WHITE, BLACK]);
  });

  it('keeps the hole of an outline that closes', async (t) => {
    const frame = await drawn(t, masked(slit, 7), 0);
    assert.deepEqual([frame.at(100, 80), frame.at(100, 50), frame.at(65, 50)], [WHITE, BLACK, WHITE]);
  });
});

describe('dashes on curves', () => {
  const AROUND = 2 * Math.PI * 9;
  const reach = 9 * 0.5523;
  const ring = {
    ...{
      c: true,
      v: [
        [0, -9],
        [9, 0],
        [0, 9],
        [-9, 0],
      ],
    },
    ...{
      i: [
        [-reach, 0],
        [0, -reach],
        [reach, 0],
        [0, reach],
      ],
      o: [
        [reach, 0],
        [0, reach],
        [-reach, 0],
        [0, -reach],
      ],
    },
  };
  const rings = {
    path: { ty: 'sh', ks: fixed(ring) },
    'moving path': { ty: 'sh', ks: moving([{ ...ring, v: ring.v.map(([x = 0, y = 0]) => [x - 40, y]) }], [ring]) },
    ellipse: { ty: 'el', d: 1, s: fixed([18, 18]), p: fixed([0, 0]) },
  };
  const part = (n: string, k: number) => ({ n, nm: n, v: fixed(k) });
  const dashed = (length: number) => ({ ...stroke(2), d: [part('d', length), part('g', 1_000), part('o', 0)] });
  const large = { ks: transform(100, 50, 500) };

  for (const [name, item] of Object.entries(rings)) {
    it(`end where they should in a layer that is made larger: ${name}`, async (t) => {
      // Three quarters of the way around, clockwise from the top: at the left.
      const layer = shapeLayer([group([group([item]), dashed(AROUND * 0.75)])], large);
      const frame = await drawn(t, smallDocument([layer]), 40);
      assert.deepEqual(
        [47, 48, 49, 50, 51, 52].map((y) => frame.at(55, y)),
        [BLACK, BLACK, BLACK, WHITE, WHITE, WHITE],
      );
    });
  }

  it('begin at a round rectangle where they begin at one that moves', async (t) => {
    for (const d of [1, 3]) {
      const round = { ty: 'rc', d, p: fixed([0, 0]), r: fixed(6), s: fixed([18, 18]) };
      const ink = async (item: object) =>
        (await drawn(t, smallDocument([shapeLayer([group([item, dashed(2)])], large)]), 20)).ink;
      const [still, moves] = [await ink(round), await ink({ ...round, s: moving([18, 18], [18, 18]) })];
      assert.ok(still !== null && moves !== null);
      for (const side of ['left', 'top', 'right', 'bottom'] as const) {
        assert.ok(Math.abs(still[side] - moves[side]) <= 1, `${side}: ${still[side]}, not ${moves[side]}`);
      }
    }
  });

  it('leave vertices alone that a modifier counts', async (t) => {
    const bloat = { ty: 'pb', a: fixed(50) };
    const whole = await drawn(t, smallDocument([shapeLayer([group([rings.path, bloat, stroke(2)])], large)]), 0);
    const dashes = shapeLayer([group([rings.path, bloat, dashed(1_000)])], large);
    assert.deepEqual((await drawn(t, smallDocument([dashes]), 0)).ink, whole.ink);
  });

  it('cost no document its picture', () => {
    const many = Array.from({ length: 4_000 }, () => rings.path);
    const document = smallDocument([shapeLayer([group([...many, dashed(5)], {})], large)]);
    const none: PathGeometry = { offset: (shape) => [shape] };
    assert.doesNotThrow(() => baked(parseLottie(Buffer.from(JSON.stringify(document))), none));
  });
});

describe('baking', () => {
  const none: PathGeometry = { offset: (shape) => [shape] };

  it('leaves a document alone that needs none of it', () => {
    const document = parseLottie(
      Buffer.from(JSON.stringify(smallDocument([shapeLayer([group([rectangle([9, 9], [0, 0]), fill()])])]))),
    );
    assert.equal(baked(document, none), document);
  });

  it('ends with a clear error if it would never end', () => {
    const inner = group([
      star({
        pt: fixed(10_000),
        os: {
          a: 1,
          k: [
            { t: 0, s: [0] },
            { t: 9_000, s: [100] },
          ],
        },
      }),
    ]);
    const document = { ...smallDocument([shapeLayer([inner], { op: 9_000 })]), op: 9_000 };
    assert.throws(() => baked(parseLottie(Buffer.from(JSON.stringify(document))), none), TooMuchToBake);
  });
});
