import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
  textLayer,
  transform,
} from '../../support/small-document.ts';

describe('what After Effects draws and Skia reads otherwise', () => {
  it('a colour is opaque, whatever its fourth part', async (t) => {
    const moving = {
      a: 1,
      k: [
        { t: 0, s: [1, 0, 0, 0], i: { x: [1], y: [1] }, o: { x: [0], y: [0] } },
        { t: 40, s: [1, 0, 0, 0] },
      ],
    };
    for (const c of [{ a: 0, k: [1, 0, 0, 0.2] }, moving]) {
      const layer = shapeLayer([group([rectangle([40, 40], [20, 20]), { ...fill(), c }])]);
      assert.equal((await drawn(t, smallDocument([layer]), 10)).at(20, 20), '#ff0000');
    }
  });

  it('a gradient has its colours at the corners of the pixels, however large its layer is drawn', async (t) => {
    const black = { p: 2, k: { a: 0, k: [0, 0, 0, 0, 1, 1, 1, 1] } };
    const gradient = (width: number) => ({
      ...{ ty: 'gf', t: 1, r: 1, o: { a: 0, k: 100 }, g: black },
      ...{ s: { a: 0, k: [0, 0] }, e: { a: 0, k: [width, 0] } },
    });
    // 100 pixels from black to white: the pixel at 50 is half way, and not half a pixel further.
    const plain = shapeLayer([group([rectangle([100, 20], [50, 10]), gradient(100)])]);
    const doubled = shapeLayer([group([rectangle([50, 20], [25, 10]), gradient(50)], { s: { a: 0, k: [200, 100] } })]);
    for (const layer of [plain, doubled]) {
      const frame = await drawn(t, smallDocument([layer]), 0);
      assert.deepEqual([frame.at(20, 5), frame.at(50, 5)], ['#333333', '#808080']);
    }
  });

  it('the colour of a solid may have three digits, and an opacity', async (t) => {
    const colors = { '#f30': '#ff3300', '#FF3300': '#ff3300', '#ff330000': '#000000', '#f300': '#000000' };
    for (const [written, color] of Object.entries(colors)) {
      const layers = [solidLayer('s', written, 0, 0, 50, 50, { ind: 1 }), solidLayer('b', '#000000', 0, 0, 50, 50)];
      assert.equal((await drawn(t, smallDocument(layers), 0)).at(20, 20), color);
    }
  });

  it('a gradient has a hard edge where two stops are at one place', async (t) => {
    const stops = [0, 1, 0, 0, 0.5, 1, 0, 0, 0.5, 0, 0, 1, 1, 0, 0, 1];
    const moving = {
      a: 1,
      k: [
        { t: 0, s: stops },
        { t: 40, s: stops },
      ],
    };
    for (const k of [{ a: 0, k: stops }, moving]) {
      const gradient = {
        ...{ ty: 'gf', t: 1, r: 1, o: { a: 0, k: 100 }, g: { p: 4, k } },
        ...{ s: { a: 0, k: [0, 0] }, e: { a: 0, k: [100, 0] } },
      };
      const frame = await drawn(t, smallDocument([shapeLayer([group([rectangle([100, 20], [50, 10]), gradient])])]), 0);
      assert.deepEqual([frame.at(48, 5), frame.at(52, 5)], ['#ff0000', '#0000ff']);
    }
  });

  it('dashes begin where they should without an offset, repeat if they are odd, and are dots without a length', async (t) => {
    const dashed = (d: object[], more = {}) => {
      const line = path(
        [
          [0, 50],
          [200, 50],
        ],
        false,
      );
      return drawn(t, smallDocument([shapeLayer([group([line, { ...stroke(10), ...more, d }])])]), 0);
    };
    const part = (n: string, k: number) => ({ n, nm: n, v: { a: 0, k } });
    const whole = await dashed([part('d', 20), part('g', 40)]);
    assert.deepEqual(
      [10, 30, 50, 70, 90].map((x) => whole.at(x, 50) === '#ffffff'),
      [true, false, false, true, false],
    );
    const odd = await dashed([part('d', 20), part('o', 0)]);
    assert.deepEqual(
      [10, 30, 50, 70].map((x) => odd.at(x, 50) === '#ffffff'),
      [true, false, true, false],
    );
    const dots = await dashed([part('d', 0), part('g', 40), part('o', 0)], { lc: 2 });
    assert.deepEqual(
      [20, 40, 60, 80].map((x) => dots.at(x, 50) === '#ffffff'),
      [false, true, false, true],
    );
  });

  it('a composition whose transformations are collapsed is not cut at its edge', async (t) => {
    const inner = { id: 'inner', w: 40, h: 40, layers: [solidLayer('wide', '#ff0000', -20, 10, 80, 20, { ind: 1 })] };
    const shown = (ct: number) => {
      const ks = { ...transform(60, 20), a: { a: 0, k: [0, 0, 0] } };
      const layer = { ty: 0, nm: 'inner', refId: 'inner', ip: 0, op: 50, st: 0, w: 40, h: 40, ks, ct };
      return drawn(t, { ...smallDocument([layer]), assets: [inner] }, 0);
    };
    const [cut, open] = [await shown(0), await shown(1)];
    assert.deepEqual([cut.at(50, 40), cut.at(80, 40), cut.at(110, 40)], ['#000000', '#ff0000', '#000000']);
    assert.deepEqual([open.at(50, 40), open.at(80, 40), open.at(110, 40)], ['#ff0000', '#ff0000', '#ff0000']);
  });

  const mask = (mode: string, corners: number[][], more = {}) => ({
    ...{ mode, inv: false, pt: path(corners).ks, o: { a: 0, k: 100 }, x: { a: 0, k: 0 } },
    ...more,
  });
  const box = (left: number, top: number, right: number, bottom: number) => [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  const masked = (...masksProperties: object[]) =>
    smallDocument([solidLayer('s', '#ff0000', 50, 10, 60, 60, { ind: 1, hasMask: true, masksProperties })]);

  it('a mask hides all of a layer that lies in it', async (t) => {
    const around = box(-10, -10, 70, 70);
    const nothing = { mode: 'n' };
    const hiding = [mask('s', around), mask('a', around, { inv: true }), mask('i', around, { inv: true })];
    for (const one of hiding) assert.equal((await drawn(t, masked(one), 0)).ink, null);
    assert.equal((await drawn(t, masked({ ...mask('a', around), ...nothing }, mask('s', around)), 0)).ink, null);
    assert.equal((await drawn(t, masked(mask('s', around, { inv: true })), 0)).at(60, 20), '#ff0000');
  });

  it('a mask that subtracts a part leaves the rest of what it covers', async (t) => {
    const half = (opacity: unknown) => mask('s', box(20, 0, 40, 60), { o: opacity });
    const onBlack = (...masks: object[]) => {
      const document = masked(...masks);
      return { ...document, layers: [...document.layers, solidLayer('black', '#000000', 0, 0, 200, 100, { ind: 2 })] };
    };
    const alone = await drawn(t, onBlack(half({ a: 0, k: 60 })), 0);
    assert.deepEqual([alone.at(60, 40), alone.at(80, 40)], ['#ff0000', '#660000']);
    const cut = await drawn(t, onBlack(mask('a', box(0, 0, 60, 30)), half({ a: 0, k: 60 })), 0);
    assert.deepEqual([cut.at(60, 20), cut.at(80, 20), cut.at(80, 60)], ['#ff0000', '#660000', '#000000']);
    const keys = [
      { t: 0, s: [0], i: { x: [1], y: [1] }, o: { x: [0], y: [0] } },
      { t: 40, s: [100] },
    ];
    const fading = onBlack(half({ a: 1, k: keys }));
    assert.deepEqual(
      [(await drawn(t, fading, 0)).at(80, 40), (await drawn(t, fading, 40)).at(80, 40)],
      ['#ff0000', '#000000'],
    );
  });

  it('an effect that is switched off is not drawn', async (t) => {
    const color = { ty: 2, nm: 'Color', v: { a: 0, k: [0, 0, 1, 1] } };
    const effect = {
      ty: 21,
      nm: 'Fill',
      mn: 'ADBE Fill',
      en: 0,
      ef: [{}, {}, color, {}, {}, {}, { ty: 0, v: { a: 0, k: 1 } }],
    };
    const off = solidLayer('box', '#00ff00', 0, 0, 40, 40, { ef: [effect] });
    assert.equal((await drawn(t, smallDocument([off]), 0)).at(20, 20), '#00ff00');
    const on = solidLayer('box', '#00ff00', 0, 0, 40, 40, { ef: [{ ...effect, en: 1 }] });
    assert.equal((await drawn(t, smallDocument([on]), 0)).at(20, 20), '#0000ff');
  });

  it('the source of a matte is not painted if it says hd: false', async (t) => {
    const source = solidLayer('matte', '#ff0000', 0, 0, 20, 40, { td: 1, hd: false, ind: 1 });
    const shown = solidLayer('shown', '#00ff00', 0, 0, 40, 40, { tt: 1, hd: false, ind: 2 });
    const frame = await drawn(t, smallDocument([source, shown]), 0);
    assert.deepEqual([frame.at(10, 20), frame.at(30, 20)], ['#00ff00', '#000000']);
  });

  it('a parent is found though its number is below 0', async (t) => {
    const child = solidLayer('child', '#ff0000', 10, 10, 20, 20, { ind: -1, parent: -2 });
    const carrier = { ty: 3, nm: 'null', ind: -2, ip: 0, op: 50, st: 0, ks: transform(100, 40) };
    const frame = await drawn(t, smallDocument([child, carrier]), 0);
    assert.deepEqual(frame.ink, { left: 110, top: 50, right: 129, bottom: 69 });
  });

  it('a matte is found though its layers have no numbers', async (t) => {
    const source = solidLayer('matte', '#ff0000', 0, 0, 20, 40, { td: 1 });
    const shown = solidLayer('shown', '#00ff00', 0, 0, 40, 40, { tt: 1 });
    const frame = await drawn(t, smallDocument([source, shown]), 0);
    assert.deepEqual([frame.at(10, 20), frame.at(30, 20)], ['#00ff00', '#000000']);
  });

  it('an inverted matte without a picture hides nothing', async (t) => {
    const unpainted = { ...shapeLayer([group([rectangle([40, 40], [20, 20])])]), td: 1, ind: 1 };
    const source = { ...shapeLayer([]), td: 1, ind: 1 };
    for (const [tt, source] of [
      [2, unpainted],
      [4, unpainted],
      [2, { ...shapeLayer([]), td: 1, ind: 1 }],
    ] as const) {
      const frame = await drawn(
        t,
        smallDocument([source, solidLayer('shown', '#00ff00', 0, 0, 40, 40, { tt, ind: 2 })]),
        0,
      );
      assert.equal(frame.at(20, 20), '#00ff00');
    }
    const plain = await drawn(
      t,
      smallDocument([source, solidLayer('shown', '#00ff00', 0, 0, 40, 40, { tt: 1, ind: 2 })]),
      0,
    );
    assert.equal(plain.at(20, 20), '#000000');
  });

  it('a skew leans along its axis, in groups and in layers', async (t) => {
    // A skew by 30 along 45 degrees lifts the upper left corner of a square, and not the upper right one.
    const skew = { sk: { a: 0, k: 30 }, sa: { a: 0, k: 45 } };
    const shape = [rectangle([40, 40], [0, 0]), fill([1, 1, 1])];
    const inGroup = shapeLayer([group(shape, skew)], { ks: transform(100, 50) });
    const inLayer = shapeLayer([group(shape)], { ks: { ...transform(100, 50), ...skew } });
    for (const layer of [inGroup, inLayer]) {
      const frame = await drawn(t, smallDocument([layer]), 0);
      assert.deepEqual([frame.at(94, 23), frame.at(108, 23)], ['#ffffff', '#000000']);
    }
  });
});

describe('the characters of a text', () => {
  const heightOf = async (t: Parameters<typeof drawn>[0], text: string) => {
    const { ink } = await drawn(t, smallDocument([textLayer('text', text, [10, 30], 24)]), 0);
    return ink === null ? 0 : ink.bottom - ink.top;
  };

  it('begin a new line at a soft return, a line feed and the separators of Unicode', async (t) => {
    const two = await heightOf(t, 'H\rH');
    assert.ok(two > 40, `${two}`);
    for (const end of ['\n', '\r\n', '\u0003', '\u000b', '\f', '\u0085', '\u2028', '\u2029'])
      assert.equal(await heightOf(t, `H${end}H`), two, JSON.stringify(end));
  });

  it('that have no picture are left out, and a tab is white space', async (t) => {
    const plain = await drawn(t, smallDocument([textLayer('text', 'HH', [10, 50], 24)]), 0);
    for (const sign of ['\u0000', '\u0007', '\u001b', '\u00ad', '\ufeff', '\ufffa']) {
      const frame = await drawn(t, smallDocument([textLayer('text', `H${sign}H`, [10, 50], 24)]), 0);
      assert.deepEqual(frame.ink, plain.ink, JSON.stringify(sign));
    }
    const [tab, space] = await Promise.all(
      ['H\tH', 'H H'].map((text) => drawn(t, smallDocument([textLayer('text', text, [10, 50], 24)]), 0)),
    );
    assert.deepEqual(tab?.ink, space?.ink);
  });

  it('are drawn though the document gives no line height and no justification', async (t) => {
    const layer = textLayer('text', 'Hello', [10, 50], 24);
    const [key] = layer.t.d.k;
    const { lh: _, ...rest } = key?.s ?? { lh: 0 };
    const bare = { ...layer, t: { d: { k: [{ t: 0, s: rest }] } } };
    const [whole, drawnBare] = [await drawn(t, smallDocument([layer]), 0), await drawn(t, smallDocument([bare]), 0)];
    assert.deepEqual(drawnBare.ink, whole.ink);
  });
});

describe('a blend mode in a shape layer', () => {
  it('blends with what is in the layer, and not with the layers below', async (t) => {
    const stroked = shapeLayer([group([rectangle([60, 60], [50, 50]), { ...stroke(20, [1, 0, 0]), bm: 1 }])]);
    const below = solidLayer('below', '#00ff00', 0, 0, 200, 100);
    const frame = await drawn(t, smallDocument([stroked, below]), 0);
    assert.deepEqual([frame.at(20, 50), frame.at(50, 50)], ['#ff0000', '#00ff00']);
    const over = group([rectangle([60, 60], [50, 50]), { ...fill([1, 0, 0]), bm: 1 }]);
    const under = group([rectangle([60, 60], [80, 50]), fill([0, 0, 1])]);
    const both = await drawn(t, smallDocument([shapeLayer([over, under]), below]), 0);
    assert.deepEqual([both.at(30, 50), both.at(70, 50)], ['#ff0000', '#000000']);
  });
});

describe('a text in a box', () => {
  it('is drawn though its first line is a hair higher than the box', async (t) => {
    const text = textLayer('text', 'High', [10, 10], 40, [180, 38.5]);
    assert.notEqual((await drawn(t, smallDocument([text]), 0)).ink, null);
  });
});

describe('a skew of half a turn', () => {
  it('skews nothing', async (t) => {
    const turned = group([rectangle([60, 60], [50, 50]), fill()], { sk: { a: 0, k: 180 }, sa: { a: 0, k: 0 } });
    const frame = await drawn(t, smallDocument([shapeLayer([turned])]), 0);
    assert.deepEqual([frame.at(30, 30), frame.at(70, 70), frame.at(90, 50)], ['#ffffff', '#ffffff', '#000000']);
  });
});

describe('a document that collapses every layer, nulls too', () => {
  it('cuts its compositions at their edge', async (t) => {
    const inner = { id: 'inner', w: 50, h: 50, layers: [solidLayer('wide', '#ffffff', 0, 0, 200, 100, { ct: 1 })] };
    const shown = { ty: 0, refId: 'inner', ip: 0, op: 50, w: 50, h: 50, ct: 1, ks: {} };
    const open = await drawn(t, smallDocument([shown], [inner]), 0);
    assert.equal(open.at(100, 50), '#ffffff');
    const blank = { ty: 3, nm: 'null', ip: 0, op: 50, ct: 1, ks: {} };
    const cut = await drawn(t, smallDocument([shown, blank], [inner]), 0);
    assert.deepEqual([cut.at(25, 25), cut.at(100, 50)], ['#ffffff', '#000000']);
  });
});
