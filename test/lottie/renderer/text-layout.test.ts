import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { justify } from '../../../lib/lottie/renderer/justify.ts';
import { brokenLines } from '../../../lib/lottie/renderer/line-breaks.ts';
import { layoutLine, levelsOf, type TextFace } from '../../../lib/lottie/renderer/text-layout.ts';

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
    brokenLines(text, width, ({ start, end }) => [...text.slice(start, end)].length).map(({ start, end }) =>
      text.slice(start, end),
    );

  it('is broken between words, of which none carries the space to its line end', () => {
    assert.deepEqual(lines('one two three', 5), ['one', 'two', 'three']);
    assert.deepEqual(lines('one two three', 7), ['one two', 'three']);
    assert.deepEqual(lines('אחת שתיים שלוש', 9.5), ['אחת שתיים', 'שלוש']);
    assert.deepEqual(lines('', 5), ['']);
  });

  it('keeps the spaces at the end of a paragraph, where no line is broken', () => {
    assert.deepEqual(lines('one two  ', 4), ['one', 'two  ']);
  });

  it('counts nothing behind the last letter of a line: its tracking moves no letter', () => {
    const tracked = (text: string, room: number) =>
      brokenLines(text, room, ({ start, end }, isAtEnd) => (end - start) * 2 - (isAtEnd ? 1 : 0)).length;
    assert.deepEqual(
      [tracked('ab cd', 9), tracked('ab cd', 8.9), tracked('abcd', 7), tracked('abcd', 6.9)],
      [1, 2, 1, 2],
    );
  });

  it('is broken between characters where one word is wider than a line', () => {
    assert.deepEqual(lines('abcdefgh ij', 3), ['abc', 'def', 'gh', 'ij']);
    assert.deepEqual(lines('e\u0301e\u0301', 1), ['e\u0301', 'e\u0301']);
  });

  it('is broken between any Chinese or Japanese characters, but not before a sign that ends a sentence', () => {
    assert.deepEqual(lines('日本語。文章', 3), ['日本', '語。文', '章']);
    assert.deepEqual(lines('あ「日」本', 3), ['あ', '「日」', '本']);
  });

  it('is broken between emoji, of which each stays whole', () => {
    assert.deepEqual(lines('😀👨‍👩‍👧🇫🇷❤️', 2), ['😀', '👨‍👩‍👧', '🇫🇷', '❤️']);
  });

  it('is broken between the words of a dictionary if there are no spaces', () => {
    for (const text of ['สวัสดีชาวโลก', 'ភាសាខ្មែរមិនមាន', 'ພາສາລາວທີ່ນີ້']) {
      const broken = lines(text, 9);
      assert.equal(broken.join(''), text);
      assert.ok(broken.length > 1);
    }
  });
});

describe('a line of a paragraph that is read from the right', () => {
  it('is read so too where it begins with Latin letters', () => {
    const text = 'אב Ada 12';
    const place = { start: 3, end: text.length, levels: levelsOf(text) };
    const order = (laid: { text: string }[]) => laid.map((one) => one.text).join('');
    assert.equal(order(layoutLine(text, faceFor, place)), 'Ada 12');
    const ended = 'אב Ada!';
    assert.equal(order(layoutLine(ended, faceFor, { start: 3, levels: levelsOf(ended) })), '!Ada');
  });
});

describe('a line of a justified text', () => {
  const style = { scale: [1, 1] as const, rise: 0, lean: 0, bold: 0, space: 0, paint: null };
  const spaces = (text: string, j: number, isLast: boolean) => {
    const line = layoutLine(text, faceFor).map((laid) => ({ ...laid, style }));
    const before = justify(line, { j, slack: 6, isLast });
    return [before, line.map((one) => one.style.space)];
  };

  it('is widened before its spaces, and Chinese between its characters', () => {
    assert.deepEqual(spaces('ab c d', 3, false), [0, [0, 3, 0, 3, 0, 0]]);
    assert.deepEqual(spaces('你好吗。', 3, false), [0, [2, 2, 2, 0]]);
    assert.deepEqual(spaces('abc', 3, false), [0, [0, 0, 0]]);
  });

  it('is set to its side where it is the last of its paragraph', () => {
    const still = [0, 0, 0];
    assert.deepEqual(spaces('a b', 3, true), [0, still]);
    assert.deepEqual(spaces('a b', 4, true), [6, still]);
    assert.deepEqual(spaces('a b', 5, true), [3, still]);
    assert.deepEqual(spaces('a b', 6, true), [0, [6, 0, 0]]);
  });
});
