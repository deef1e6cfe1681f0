import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { SaxesParser } from 'saxes';
import { junitReport } from '../../lib/rows/junit.ts';
import { ResultsFile, type RowOutcome } from '../../lib/rows/results.ts';
import { parseRows } from '../../lib/rows/sheet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NO_JOB = { sheet: 'names.csv', batchId: null, index: null, jobId: null };
const FINISHED: RowOutcome = {
  ...{ sheet: 'names.csv', batchId: 'BATCH', index: 4, jobId: 'JOB' },
  ...{ row: 2, key: null, state: 'finished', file: '/films/ada.mp4', errorCode: null, error: null, duration: 1.234 },
  ...{ warnings: [], log: null },
};
const FAILED: RowOutcome = {
  ...NO_JOB,
  ...{
    row: 3,
    key: '=cmd|x',
    state: 'error',
    file: null,
    errorCode: 'AERENDER_FAILED',
    error: 'a "b"; <c>\u0000\u001b\ud800',
  },
  ...{ duration: null, warnings: ['one', 'two'], log: null },
};

describe('the results of a sheet', () => {
  it('are a table that grows row by row, and in which nothing is a formula', async (t) => {
    const file = join(await temporaryFolder(t), 'results.csv');
    using results = new ResultsFile(file, { delimiter: ';', sheet: 'names.csv' });
    results.add(FINISHED);
    const first = await readFile(file, 'utf8');
    assert.equal(
      first,
      '\ufeffrow;key;state;file;error code;error;duration;warnings;batch;job;job id\r\n2;;finished;/films/ada.mp4;;;1.23;;BATCH;4;JOB\r\n',
    );
    results.add(FAILED);
    const { rows } = parseRows(await readFile(file));
    assert.equal(rows[1]?.cells.get('key'), "'=cmd|x");
    assert.equal(rows[1]?.cells.get('warnings'), 'one\ntwo');
  });

  it('replace earlier results, and no other file', async (t) => {
    const folder = await temporaryFolder(t);
    const file = join(folder, 'results.csv');
    for (const options of [{ delimiter: ',' }, { delimiter: '\t' }, {}]) {
      using results = new ResultsFile(file, options);
      results.add(FINISHED);
    }
    assert.match(await readFile(file, 'utf8'), /^\ufeffrow\tkey\t/, 'the cells are parted as they were');
    assert.equal(parseRows(await readFile(file)).rows.length, 1);
    await writeFile(file, 'precious');
    assert.throws(
      () => new ResultsFile(file, { delimiter: ',', sheet: 'x' }),
      /is there already, and holds no results/,
    );
    assert.throws(() => new ResultsFile(file, { delimiter: ',', sheet: file }), /is the sheet itself/);
    assert.equal(await readFile(file, 'utf8'), 'precious');
  });

  it('are XML for CI, whatever a message has in it', () => {
    const xml = junitReport('a & b.csv', [
      ...[FINISHED, FAILED],
      { ...FAILED, row: 4, state: 'refused' },
      { ...FAILED, row: 5, state: 'waiting' },
    ]);
    const seen: Record<string, unknown>[] = [];
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => void seen.push({ name, ...attributes }));
    parser.on('error', (error) => assert.fail(error));
    parser.write(xml).close();
    assert.partialDeepStrictEqual(seen[0], {
      name: 'testsuites',
      tests: '4',
      failures: '1',
      errors: '1',
      skipped: '1',
    });
    assert.partialDeepStrictEqual(
      seen.find(({ name }) => name === 'failure'),
      { type: 'AERENDER_FAILED', message: 'a "b"; <c>\ufffd' },
    );
  });
});
