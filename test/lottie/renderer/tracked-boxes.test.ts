import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drawn } from '../../support/drawn-frame.ts';
import { smallDocument, textLayer } from '../../support/small-document.ts';

/** A text of two words in a box that is as wide as given. */
function boxed(width: number, more: object) {
  const layer = textLayer('text', 'Hi ho', [10, 10], 30, [width, 90]);
  const [key] = layer.t.d.k;
  return smallDocument([{ ...layer, t: { d: { k: [{ t: 0, s: { ...key?.s, ...more } }] } } }]);
}

describe('a text in a box', () => {
  it('is broken by the width of its letters with their tracking', async (t) => {
    const height = async (width: number, tr: number) => {
      const { ink } = await drawn(t, boxed(width, { tr }), 0);
      return ink === null ? 0 : ink.bottom - ink.top;
    };
    const [loose, tracked] = [await height(90, 0), await height(90, 500)];
    assert.ok(loose < 30 && tracked > 50, `${loose} ${tracked}`);
    const [broken, squeezed] = [await height(60, 0), await height(60, -120)];
    assert.ok(broken > 50 && squeezed < 30, `${broken} ${squeezed}`);
  });

  it('has small capitals that are smaller than its capitals', async (t) => {
    const ink = async (ca: number) => (await drawn(t, boxed(190, { t: 'Aaaa', ca }), 0)).ink;
    const [all, small] = [await ink(1), await ink(2)];
    assert.ok(all !== null && small !== null);
    assert.equal(small.bottom - small.top, all.bottom - all.top);
    assert.ok(small.right - small.left < (all.right - all.left) * 0.9, `${small.right} ${all.right}`);
  });

  it('keeps the glyphs that the document brings', async (t) => {
    const square = {
      c: true,
      v: [
        [0, 0],
        [80, 0],
        [80, -80],
        [0, -80],
      ],
      i: ZEROS,
      o: ZEROS,
    };
    const shapes = [{ ty: 'gr', it: [{ ty: 'sh', ks: { a: 0, k: square } }] }];
    const glyph = { ch: 'i', size: 30, style: 'Regular', fFamily: 'Inter', w: 90, data: { shapes } };
    const { ink } = await drawn(t, { ...boxed(190, { t: 'i', tr: 50 }), chars: [glyph] }, 0);
    assert.ok(ink !== null && ink.right - ink.left > 20, JSON.stringify(ink));
  });
});

const ZEROS = [
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
];
