import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenLines } from '../../../lib/lottie/renderer/line-breaks.ts';
import { layoutLine, type TextFace } from '../../../lib/lottie/renderer/text-layout.ts';

/** Draws each character as one glyph; what is read from the right comes out turned round, as HarfBuzz gives it. */
const face = (name: string): TextFace & { name: string } => ({
  name,
  shape: (text, start, length, direction) => {
    const clusters = [...text.slice(start, start + length)].reduce<{ at: number; all: number[] }>(
      ({ at, all }, character) => ({ at: at + character.length, all: [...all, at] }),
      { at: start, all: [] },
    ).all;
    const placed = clusters.map((at) => ({ start: at, glyphs: [{ id: at, x: 0, y: 0 }], advance: 1 }));
    return direction === 'rtl' ? placed.reverse() : placed;
  },
});
const latin = face('latin');
const other = face('other');
const faceFor = (character: string) => (/[\p{Script=Latin}\p{N}\p{P} ]/u.test(character) ? latin : other);
const drawn = (line: string) =>
  layoutLine(line, faceFor)
    .map(({ text }) => text)
    .join('');

describe('a line of text', () => {
  it('is drawn in its order from the left, whatever its fonts', () => {
    assert.equal(drawn('Ada 你好 ok'), 'Ada 你好 ok');
    assert.deepEqual(
      layoutLine('a你', faceFor).map((laid) => laid.face.name),
      ['latin', 'other'],
    );
  });

  it('is drawn from the right if its first letter is, with numbers and Latin words the way they are read', () => {
    assert.equal(drawn('שלום'), 'םולש');
    assert.equal(drawn('אב 12 גד'), 'דג 12 בא');
    assert.equal(drawn('אב Ada!'), '!Ada בא');
    assert.equal(drawn('Ada אב גד ok'), 'Ada דג בא ok');
  });

  it('keeps a letter and what belongs to it in one font', () => {
    const fonts = layoutLine('a👨‍👩‍👧', (character) => (character === 'a' ? latin : other)).map(
      (laid) => laid.face.name,
    );
    assert.deepEqual(new Set(fonts.slice(1)), new Set(['other']));
  });
});

describe('a text in a box', () => {
  const lines = (text: string, width: number) =>
    brokenLines(text, { sz: [width * 10, 100], s: 10 }, (part) => [...part].length);

  it('is left to Skia if its words are read from the left and have spaces between them', () => {
    assert.deepEqual(lines('one two three', 5), ['one two three']);
  });

  it('is broken between words if it is read from the right', () => {
    assert.deepEqual(lines('אחת שתיים שלוש', 9.5), ['אחת שתיים', 'שלוש']);
    assert.deepEqual(lines('אחת שתיים שלוש', 4), ['אחת', 'שתיים', 'שלוש']);
  });

  it('is broken between the words of a dictionary if there are no spaces', () => {
    const broken = lines('สวัสดีชาวโลก', 8);
    assert.equal(broken.join(''), 'สวัสดีชาวโลก');
    assert.ok(broken.length > 1);
  });

  it('is one line without a box', () => {
    assert.deepEqual(
      brokenLines('שלום', { s: 10 }, () => 100),
      ['שלום'],
    );
  });
});
