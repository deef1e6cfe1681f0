import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CharacterSet } from '../../lib/fonts/font.ts';
import { fc } from '../support/property.ts';

const codePoint = fc.integer({ min: 0, max: 0x10ffff });
const ranges = fc.array(
  fc.tuple(codePoint, fc.nat(500)).map(([first, more]) => [first, Math.min(first + more, 0x10ffff)] as const),
);

describe('the characters of a font', () => {
  it('are those of the ranges it was made of, in any order and however they overlap', () => {
    fc.assert(
      fc.property(ranges, fc.array(codePoint), (made, asked) => {
        const set = new CharacterSet(made);
        for (const code of [...asked, ...made.flatMap(([first, last]) => [first, last, last + 1, first - 1])]) {
          assert.equal(
            set.has(code),
            made.some(([first, last]) => code >= first && code <= last),
          );
        }
      }),
    );
  });

  it('are the same after they were written and read', () => {
    fc.assert(
      fc.property(ranges, (made) => {
        const set = new CharacterSet(made);
        assert.deepEqual(CharacterSet.parse(set.toString()).toString(), set.toString());
        assert.equal(CharacterSet.parse(set.toString()).size, set.size);
      }),
    );
  });

  it('end where a text was damaged', () => {
    assert.equal(CharacterSet.parse('').size, 0);
    assert.equal(CharacterSet.parse('2s,!,1').toString(), '2s');
  });
});
