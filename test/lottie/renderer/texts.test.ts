import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { drawn, renderDocument } from '../../support/drawn-frame.ts';
import { transform } from '../../support/small-document.ts';

const fixed = (k: unknown) => ({ a: 0, k });

interface TextOptions {
  font?: { fName: string; fFamily: string; fStyle: string };
  chars?: object[];
  text?: object;
  animators?: object[];
}

/** A white text on black, whose first base line begins at 20, 100. */
function document(t: string, { font, chars, text = {}, animators = [] }: TextOptions = {}) {
  const listed = font ?? { fName: 'Inter-Regular', fFamily: 'Inter', fStyle: 'Regular' };
  const s = { t, f: listed.fName, s: 60, fc: [1, 1, 1], j: 0, lh: 72, tr: 0, ...text };
  const path = { d: { k: [{ t: 0, s }] }, p: {}, m: { g: 1, a: fixed([0, 0]) }, a: animators };
  return {
    ...{ v: '5.12.0', nm: 'main', fr: 25, ip: 0, op: 10, w: 400, h: 200, assets: [] },
    fonts: { list: [listed] },
    ...(chars === undefined ? {} : { chars }),
    layers: [{ ty: 5, nm: 'text', ip: 0, op: 10, st: 0, ks: transform(20, 100), t: path }],
  };
}

const inkOf = async (t: TestContext, ...args: Parameters<typeof document>) =>
  (await drawn(t, document(...args), 0)).ink ?? assert.fail('nothing is drawn');

/** A triangle of 60 by 70 hundredths of an em. */
const TRIANGLE = [
  [0, 0],
  [60, 0],
  [30, -70],
];
const glyph = (ch: string, family = 'Nowhere') => ({
  ...{ ch, fFamily: family, style: 'Regular', size: 60, w: 80 },
  data: {
    shapes: [
      {
        ty: 'gr',
        it: [
          {
            ty: 'sh',
            ks: fixed({ c: true, v: TRIANGLE, i: TRIANGLE.map(() => [0, 0]), o: TRIANGLE.map(() => [0, 0]) }),
          },
          { ty: 'tr', p: fixed([0, 0]), a: fixed([0, 0]), s: fixed([100, 100]), r: fixed(0), o: fixed(100) },
        ],
      },
    ],
  },
});
const NOWHERE = { fName: 'Nowhere-Regular', fFamily: 'Nowhere', fStyle: 'Regular' };

describe('a text in any writing system', () => {
  // Boxes of characters that a font lacks are all of one size.
  const pairs: [name: string, one: string, other: string][] = [
    ['Arabic', 'م', 'بابابا'],
    ['Hebrew', 'ו', 'שם'],
    ['Devanagari', 'क', 'क्षत्रिय'],
    ['Thai', 'ก', 'ที่นี่'],
    ['Chinese', '一', '世'],
    ['Japanese', 'こ', 'ー'],
    ['Korean', '이', '세'],
    ['emoji', '😀', '🎉🎉'],
  ];
  for (const [name, one, other] of pairs) {
    it(`has its own letters: ${name}`, async (t) => {
      assert.notDeepEqual(await inkOf(t, one), await inkOf(t, other));
    });
  }

  it('joins the letters of Arabic: a word is narrower than its letters by themselves', async (t) => {
    const joined = await inkOf(t, 'سسس');
    const apart = await inkOf(t, 'س\u200cس\u200cس');
    assert.ok(joined.right < apart.right - 10, `${joined.right} ${apart.right}`);
  });

  it('is read from the right: what comes first is on the right', async (t) => {
    const frame = await drawn(t, document('אI'), 0);
    const before = await drawn(t, document('Iא'), 0);
    // The I is a bar that reaches from the base line to the height of capitals.
    const bar = (from: typeof frame, x: number) => from.at(x, 60) !== '#000000' && from.at(x, 98) !== '#000000';
    const { left, right } = frame.ink ?? assert.fail();
    assert.ok(bar(frame, left + 2) && !bar(frame, right - 2));
    assert.ok(bar(before, (before.ink?.left ?? 0) + 2));
  });

  it('keeps its colour, tracking and animators with letters of another font', async (t) => {
    const plain = await inkOf(t, '世世');
    const apart = await inkOf(t, '世世', { text: { tr: 500 } });
    assert.ok(apart.right > plain.right + 25);
    const moved = { nm: 'up', s: { t: 0, xe: fixed(0), ne: fixed(0), a: fixed(100), b: 1, rn: 0, sh: 1, r: 1 } };
    const selector = { ...moved.s, s: fixed(0), e: fixed(100), o: fixed(0) };
    const up = await inkOf(t, '世世', { animators: [{ ...moved, s: selector, a: { p: fixed([0, -40, 0]) } }] });
    assert.equal(up.top, plain.top - 40);
    const red = await drawn(t, document('世', { text: { fc: [1, 0, 0] } }), 0);
    const pixels = Array.from({ length: 60 }, (_, x) => red.at(20 + x, 80)).filter((color) => color !== '#000000');
    assert.ok(pixels.length > 0 && pixels.every((color) => color.endsWith('0000')));
  });

  it('draws emoji in colours, whatever the colour of the text', async (t) => {
    const frame = await drawn(t, document('😀', { text: { fc: [0, 0, 1] } }), 0);
    const colors = Array.from({ length: 60 }, (_, x) => frame.at(20 + x, 80));
    assert.ok(
      colors.some((color) => Number.parseInt(color.slice(1, 3), 16) > 180 && Number.parseInt(color.slice(5), 16) < 120),
      colors.join(' '),
    );
  });

  it('breaks a text that is read from the right in its box, its beginning above', async (t) => {
    const box = { sz: [150, 200], ps: [0, -60] };
    const broken = await inkOf(t, 'שלום שלום שלום', { text: box });
    assert.ok(broken.right < 20 + 155 && broken.bottom > 150);
  });

  it('breaks a text of Chinese with tracking, and one of emoji, in their boxes', async (t) => {
    const box = { sz: [200, 200], ps: [0, -60] };
    for (const [words, tr] of [['这是一个很长的', 200] as const, ['😀🎉😀🎉😀', 0] as const]) {
      const ink = await inkOf(t, words, { text: { ...box, tr } });
      assert.ok(ink.right < 225 && ink.bottom > 130, JSON.stringify(ink));
    }
  });

  it('fills a box with as many characters as are as wide as it', async (t) => {
    const box = { sz: [240, 200], ps: [0, -60] };
    const one = await inkOf(t, '世世世世', { text: box });
    assert.ok(one.bottom < 130, JSON.stringify(one));
  });

  it('sets a justified text to both sides of its box, in any writing system', async (t) => {
    const box = { sz: [330, 200], ps: [0, -60], s: 40 };
    for (const words of ['HI HI HI HI HIH HIH', 'שם שם שם שם שם שם שם שם']) {
      const [left, both] = [await inkOf(t, words, { text: box }), await inkOf(t, words, { text: { ...box, j: 3 } })];
      assert.ok(left.right < both.right && both.right >= 345, `${words} ${left.right} ${both.right}`);
      assert.equal(both.left, left.left);
    }
  });

  it('makes a text that is read from the right smaller until its lines fit into the box', async (t) => {
    const text = { s: 40, lh: 48, sz: [200, 60], ps: [0, 0], rs: 2, mf: 8 };
    const [two, four] = [await inkOf(t, 'שלום שלום', { text }), await inkOf(t, 'שלום שלום שלום שלום', { text })];
    assert.ok(four.bottom <= 160 && four.right <= 220, JSON.stringify(four));
    // Two lines of smaller letters, where the shorter text is one line of larger ones.
    assert.ok(two.bottom < 140 && four.bottom > two.bottom, `${two.bottom} ${four.bottom}`);
  });

  it('sets a line to the right without the space at which it was broken', async (t) => {
    const box = { sz: [200, 200], ps: [0, -60], j: 1 };
    const ink = await inkOf(t, 'HHHH I', { text: box });
    const whole = await inkOf(t, 'HHHH\rI', { text: box });
    assert.deepEqual(ink, whole);
  });

  it('draws letters that are written in parts with a font that has them whole', async (t) => {
    assert.deepEqual(await inkOf(t, '한글'.normalize('NFD')), await inkOf(t, '한글'));
  });

  it('breaks a text of composed letters in its box, also beside one that is read from the right', async (t) => {
    const made = document('नमस्ते दुनिया नमस्ते', { text: { sz: [200, 200], ps: [0, -60], s: 50 } });
    const [layer] = document('שלום שלום', { text: { s: 10 } }).layers;
    made.layers.unshift(...(layer === undefined ? [] : [layer]));
    const ink = (await drawn(t, made, 0)).ink ?? assert.fail('nothing is drawn');
    assert.ok(ink.right < 225 && ink.bottom > 130, JSON.stringify(ink));
  });

  it('says which characters no font has, by the font that they are written in', async (t) => {
    const { log, exitCode } = await renderDocument(t, document('A\u{1e030}\u{10d40}'), 0, []);
    assert.equal(exitCode, 0);
    assert.match(log, /WARNING:“.*” are not in Inter Regular, nor in any other font/);
  });
});

describe('glyphs that a document brings for a font', () => {
  it('are drawn, and the font is not missing', async (t) => {
    const made = document('HH', { font: NOWHERE, chars: [glyph('H')] });
    const frame = await drawn(t, made, 0);
    // Two triangles of 36 by 42 pixels, 48 pixels apart.
    assert.deepEqual(frame.ink, { left: 20, right: 20 + 48 + 35, top: 58, bottom: 99 });
    assert.equal(frame.at(20 + 18, 98), '#ffffff');
    assert.equal(frame.at(20 + 2, 62), '#000000');
    assert.doesNotMatch((await renderDocument(t, made, 0, [])).log, /Font family/);
  });

  it('stand beside letters of other fonts, if a text has more than they', async (t) => {
    const frame = await drawn(t, document('HI', { font: NOWHERE, chars: [glyph('H')] }), 0);
    assert.equal(frame.at(20 + 18, 98), '#ffffff');
    assert.ok((frame.ink?.right ?? 0) > 20 + 48);
  });
});

describe('a font that is missing', () => {
  it('is replaced in the weight that its name tells, each of several', async (t) => {
    const font = (fStyle: string) => ({ fName: `Nowhere-${fStyle}`, fFamily: 'Nowhere', fStyle });
    const [regular, bold] = [
      await inkOf(t, 'HHH', { font: font('Light') }),
      await inkOf(t, 'HHH', { font: font('Black') }),
    ];
    assert.ok(bold.right > regular.right);
    const both = document('HHH', { font: font('Light') });
    both.fonts.list.push(font('Black'));
    const second = structuredClone(both.layers[0]);
    assert.ok(second);
    const text = second.t.d.k[0]?.s;
    assert.ok(text);
    text.f = 'Nowhere-Black';
    both.layers = [second];
    assert.deepEqual((await drawn(t, both, 0)).ink, bold);
  });
});
