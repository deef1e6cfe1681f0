import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { safeFileName, unsafePathReason } from '../../lib/contract/file-name.ts';
import { outputFileName } from '../../lib/contract/local.ts';
import { fileNameKey } from '../../lib/files.ts';
import { fc } from '../support/property.ts';

describe('the name of an output', () => {
  it('is safe on every file system, whatever it is made of', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('con', 'NUL.txt', 'lpt¹ .x', '..', ' . ', 'a/b\\c', 'COM1', 'aux.', '\u202ex', '\ud800'),
    );
    fc.assert(
      fc.property(text, (wanted) => {
        const name = safeFileName(wanted);
        if (name === '') return;
        assert.equal(unsafePathReason(`${name}.mp4`), null, JSON.stringify(name));
        assert.ok(!name.includes('/') && !/^[. ]|[. ]$/.test(name), JSON.stringify(name));
        assert.ok(Buffer.byteLength(name) <= 181 && name === name.normalize('NFC'));
        assert.equal(safeFileName(name), name, 'made safe twice, it is the same');
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what a file system can hold', () => {
    for (const name of ['Anna Müller', '日本語', '👨‍👩‍👧', 'v1.2', "O'Neil & Söhne (2026)"])
      assert.equal(safeFileName(name), name);
    assert.equal(safeFileName('a: "b"?'), 'a- -b--');
    assert.equal(safeFileName('con'), 'con_');
    assert.equal(safeFileName('a \u0000 e\u200b\u0301'), 'a é');
  });

  it('loses an extension that the output has anyway', () => {
    assert.equal(outputFileName('film.MP4', 'mp4'), 'film');
    assert.equal(outputFileName('film.mov', 'mp4'), 'film.mov');
  });

  it('counts as the same if it differs in case or in how accents are written', () => {
    assert.equal(fileNameKey('Straße é'), fileNameKey('STRASSE E\u0301'));
    assert.notEqual(fileNameKey('a'), fileNameKey('b'));
  });
});
