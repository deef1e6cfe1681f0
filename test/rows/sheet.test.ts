import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWords } from '../../lib/rows/faults.ts';
import { type ParseRowsOptions, parseRows, type Sheet } from '../../lib/rows/sheet.ts';
import { fc } from '../support/property.ts';

const values = ({ rows, columns }: Sheet) => rows.map(({ cells }) => columns.map((column) => cells.get(column)));
const faults = (text: string | Uint8Array, options: ParseRowsOptions = {}) => {
  const sheet = parseRows(text, { name: 'names.csv', ...options });
  return sheet.faults.map((fault) => inWords(sheet.name, fault));
};
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const utf8WithMark = (text: string) => Buffer.from(`\ufeff${text}`);
/** A sheet as RFC 4180 writes it, whatever is in its cells. */
const written = (rows: readonly (readonly string[])[], delimiter: string) =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n');

describe('a sheet of rows', () => {
  it('is read as it was written, by any delimiter, in any encoding', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\0\r]/g, ''));
    const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 6 });
    const header = ['a', 'layer->Effects->Fill->Color', 'with space'];
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom(utf16, utf8WithMark, (text: string) => Buffer.from(text)),
        (rows, delimiter, encode) => {
          const sheet = parseRows(encode(written([header, ...rows], delimiter)));
          assert.equal(sheet.format.delimiter, delimiter);
          assert.deepEqual(sheet.columns, header);
          assert.deepEqual(
            values(sheet),
            rows.map((row) => row.map((text) => text)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is numbered as a spreadsheet numbers it, with breaks in cells and empty rows', () => {
    const sheet = parseRows('name;x\r\n"Ada\r\nLovelace";1\r\n\r\n;\r\nMary;2\r\n;;\r\n');
    assert.deepEqual(
      sheet.rows.map(({ number }) => number),
      [2, 5],
    );
    assert.deepEqual(values(sheet), [
      ['Ada\nLovelace', '1'],
      ['Mary', '2'],
    ]);
    assert.deepEqual(sheet.faults, []);
  });

  it('has the delimiter that Excel announces, and the one that most of its rows agree on', () => {
    assert.deepEqual(values(parseRows('sep=|\na|b\n1,5|2\n')), [['1,5', '2']]);
    const sheet = parseRows('Name, Vorname;Foto\nLovelace, Ada;ada.jpg\nJackson;mary.jpg\n');
    assert.deepEqual(sheet.columns, ['Name, Vorname', 'Foto']);
    assert.deepEqual(values(parseRows('name\nAda\n')), [['Ada']]);
  });

  it('says by row and column what is wrong with its form', () => {
    assert.deepEqual(faults('name,name\na,b\n'), [
      'names.csv column name: columns A and B have this header; which one counts?',
    ]);
    assert.deepEqual(faults('name,text\nAda,Hello, you\n'), [
      'names.csv row 2: has 3 cells, and the header has 2; a text with a delimiter in it stands in quotes',
    ]);
    assert.match(faults('name,\nAda,\nMary,note\n')[0] ?? '', /row 3: column B has a value here and no header/);
    assert.deepEqual(faults('name,,\nAda,,\n'), []);
    assert.match(faults('')[0] ?? '', /is empty/);
    assert.match(faults('name\n')[0] ?? '', /no row but its header/);
  });

  it('that is no CSV names the row at which it ends to be one', () => {
    assert.throws(() => parseRows('a,b\n1,2\n3,"x\n'), /row 3: a cell begins with a quote that has no end/);
    assert.throws(() => parseRows('a,b\n1,x "y"\n'), /row 2: a quote stands within a cell/);
  });

  it('in an encoding of Windows is not guessed at: the message shows how it would read, and how to ask for it', () => {
    const bytes = Buffer.from('name;x\nMüller;1\n', 'latin1');
    assert.throws(
      () => parseRows(bytes),
      /not UTF-8; if 'Müller' reads as it should, say so with the option encoding: 'windows-1252'/,
    );
    assert.deepEqual(values(parseRows(bytes, { encoding: 'windows-1252' })), [['Müller', '1']]);
    assert.throws(() => parseRows(bytes, { encoding: 'klingon' }), /encoding 'klingon' is unknown/);
    assert.deepEqual(values(parseRows(utf16('a\nü'), { encoding: 'windows-1252' })), [['ü']]);
  });

  it('may be JSON lines, whose cells have types and are numbered by line', () => {
    const sheet = parseRows('{"name":"Ada","size":3}\n\n{"name":"Mary","on":true,"gone":null}\n', { kind: 'jsonl' });
    assert.deepEqual(
      sheet.rows.map(({ number }) => number),
      [1, 3],
    );
    assert.deepEqual(values(sheet), [
      ['Ada', 3, undefined],
      ['Mary', undefined, true],
    ]);
    assert.throws(() => parseRows('{"a":1}\n[1]\n', { kind: 'jsonl' }), /line 2: holds no object/);
    assert.throws(() => parseRows('{"a":1}\n{a:1}\n', { kind: 'jsonl' }), /line 2: is not JSON/);
  });

  it('warns of a formula that was exported in place of its value', () => {
    const { warnings } = parseRows('name\n=A1&B1\n-5\n');
    assert.deepEqual(
      warnings.map(({ row, column }) => [row, column]),
      [[2, 'name']],
    );
  });
});
