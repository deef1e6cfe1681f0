import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cellValue, flagOf, isFormulaError, numberOf } from '../../lib/rows/cell-value.ts';
import { fc } from '../support/property.ts';

const POINT = { decimalComma: false };
const COMMA = { decimalComma: true };
const read = (cell: string, style = POINT) => {
  const read = numberOf(cell, style);
  return 'value' in read ? read.value : read.fault;
};

describe('a number in a cell', () => {
  it('is what it says in the writing of its sheet', () => {
    for (const [cell, point, comma] of [
      ['3', 3, 3],
      ['3.5', 3.5, 3.5],
      ['3,5', 3.5, 3.5],
      ['-0,25', -0.25, -0.25],
      ['0,125', 0.125, 0.125],
      ['1 234,5', 1234.5, 1234.5],
      ['1.234,5', 1234.5, 1234.5],
      ['1,234.5', 1234.5, 1234.5],
      ['1.234.567', 1234567, 1234567],
      ['\u22125', -5, -5],
      ['1e3', 1000, 1000],
    ] as const) {
      assert.equal(read(cell, POINT), point, cell);
      assert.equal(read(cell, COMMA), comma, cell);
    }
    assert.equal(read('1.234', POINT), 1.234);
    assert.equal(read('1,234', COMMA), 1.234);
  });

  it('that may be a thousand to one and a bit more than one to another is a fault', () => {
    assert.equal(read('1,234', POINT), "'1,234' may be 1234 or 1.234; write the one that is meant");
    assert.equal(read('1.234', COMMA), "'1.234' may be 1234 or 1,234; write the one that is meant");
  });

  it('is read back whatever it is', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
    fc.assert(fc.property(finite, (value) => assert.equal(read(String(value)), value)));
  });

  it('that is none is a fault', () => {
    for (const cell of ['', 'abc', '1,2,3', '--1', '1.2.3,4', '12px', 'NaN', 'Infinity', '0x10'])
      assert.match(String(read(cell)), /is no number/, cell);
  });
});

describe('a cell', () => {
  it('is a colour, a list, a switch or a percentage where the property takes one', () => {
    const value = (cell: string, kind: Parameters<typeof cellValue>[1]) => cellValue(cell, kind, COMMA);
    assert.deepEqual(value('#f00', { kind: 'color' }), { value: [1, 0, 0] });
    assert.deepEqual(value(' rgb(255, 0, 255) ', { kind: 'color' }), { value: [1, 0, 1] });
    assert.deepEqual(value('[1, 0.5, 0]', { kind: 'color' }), { value: [1, 0.5, 0] });
    assert.ok('fault' in value('red', { kind: 'color' }));
    assert.deepEqual(value('960,5; 540', { kind: 'numbers', least: 2, most: 3 }), { value: [960.5, 540] });
    assert.deepEqual(value('960, 540', { kind: 'numbers', least: 2, most: 3 }), { value: [960, 540] });
    assert.deepEqual(value('50 %', { kind: 'number', least: 0, most: 100 }), { value: 50 });
    assert.deepEqual(value('WAHR', { kind: 'checkbox' }), { value: true });
    assert.ok('fault' in value('vielleicht', { kind: 'checkbox' }));
    assert.deepEqual(value(' as it is ', { kind: 'text' }), { value: ' as it is ' });
  });

  it('says yes or no in the languages of spreadsheets', () => {
    for (const yes of ['TRUE', 'Wahr', 'ja', 'x', '1', true, 'vrai', 'SÍ'])
      assert.equal(flagOf(yes), true, String(yes));
    for (const no of ['FALSE', 'falsch', 'nein', '0', false, '-', 'faux']) assert.equal(flagOf(no), false, String(no));
    assert.equal(flagOf('Ada'), null);
  });

  it('with the error of a formula is known in the languages of spreadsheets', () => {
    for (const error of ['#REF!', '#N/A', '#NV', '#WERT!', '#DIV/0!', '#NAME?', '######', 'Err:502'])
      assert.equal(isFormulaError(error), true, error);
    for (const text of ['#SALE!', '#1', 'N/A', '# 5', '#ff5500']) assert.equal(isFormulaError(text), false, text);
  });
});
