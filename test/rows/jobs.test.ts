import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { inWords } from '../../lib/rows/faults.ts';
import { jobsFromRows, type RowOptions } from '../../lib/rows/jobs.ts';
import { parseRows } from '../../lib/rows/sheet.ts';
import { SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INVITATION = { template: join(SAMPLES, 'invitation.json'), composition: 'main' };

async function sheetOf(t: TestContext) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'Anna.JPG'), 'picture');
  const make = async (text: string, options: RowOptions = {}) => {
    const sheet = parseRows(text, { name: 'names.csv', folder });
    const made = await jobsFromRows(sheet, { ...INVITATION, ...options });
    return { ...made, told: made.faults.map((fault) => inWords(sheet.name, fault)) };
  };
  return { folder, make };
}

describe('the jobs of a sheet', () => {
  it('have an asset for each cell, of the kind that its layer takes', async (t) => {
    const { folder, make } = await sheetOf(t);
    const { jobs, told } = await make(
      'name,photo,accent->Effects->Fill->Color,@file,@tags\nAnna,Anna.JPG,#ff0000,film,"vip, spring"\n',
    );
    assert.deepEqual(told, []);
    const [job] = jobs;
    assert.deepEqual(job?.assets, [
      { type: 'text', layerName: 'name', value: 'Anna' },
      { type: 'image', layerName: 'photo', src: join(folder, 'Anna.JPG') },
      { type: 'data', layerName: 'accent', property: 'Effects->Fill->Color', value: [1, 0, 0] },
    ]);
    assert.deepEqual([job?.local?.fileName, job?.tags], ['film', ['vip', 'spring']]);
    assert.partialDeepStrictEqual(job?.local?.metadata, { sheet: 'names.csv', row: 2, values: { name: 'Anna' } });
  });

  it('are not made of rows that @when leaves out, nor of columns that are for people', async (t) => {
    const { make } = await sheetOf(t);
    const { rows, left, told } = await make('name,@when,# note\nAda,yes,a\nEve,,b\nMary,nein,c\nGrace,x,d\n');
    assert.deepEqual([rows.map(({ row }) => row), left, told], [[2, 5], [3, 4], []]);
  });

  it('take the headers of other sheets from a mapping', async (t) => {
    const { make } = await sheetOf(t);
    const { jobs, told } = await make('Vorname;E-Mail\nAda;a@b.c\n', { columns: { Vorname: 'name', 'E-Mail': null } });
    assert.deepEqual(told, []);
    assert.deepEqual(jobs[0]?.assets, [{ type: 'text', layerName: 'name', value: 'Ada' }]);
  });

  it('leave what an empty cell does not change, but empty a text', async (t) => {
    const { make } = await sheetOf(t);
    const { jobs, warnings } = await make('name,photo\nAda,\n,Anna.JPG\n');
    assert.deepEqual(
      jobs.map(({ assets }) => assets?.map(({ type }) => type)),
      [['text'], ['text', 'image']],
    );
    assert.match(warnings[0]?.message ?? '', /is empty in row 2: the template's own file stays/);
  });

  it('tell every fault by its cell', async (t) => {
    const { make } = await sheetOf(t);
    for (const [text, options, ...expected] of [
      [
        'photo\nanna.jpg\n',
        {},
        /^names\.csv row 2, column photo: 'anna\.jpg' is not there; did you mean 'Anna\.JPG'\?$/,
      ],
      ['photo\nx\ny\n', {}, /row 2, column photo: 'x' is not there; it was/, /row 3, column photo: 'y' is not there/],
      ['nmae\nAda\n', {}, /column nmae: composition 'main' has no layer 'nmae'; did you mean 'name'\?/],
      ['name->Opacty\n5\n', {}, /column name->Opacty: Property 'Opacty' not found .*did you mean 'Opacity'/],
      ['name->Transform->Opacity\nhalf\n', {}, /row 2, column name->Transform->Opacity: 'half' is no number/],
      ['name\n#REF!\n', {}, /row 2, column name: holds the error of a formula: #REF!/],
      ['name,@fil\nAda,x\n', {}, /column @fil: is no column of ours; did you mean '@file'/],
      ['name,@file\nAda,x\nEve,X\n', {}, /row 3, column @file: the file name 'X' is that of row 2 as well/],
      ['name,id\nAda,1\nEve,1\n', { key: 'id' }, /row 3, column id: '1' is the key of row 2 as well/],
      ['name\nAda\n', { key: 'id' }, /the key column 'id' is not there; .*'name'/],
      ['name\nAda\n', { name: '{nam}' }, /the name '\{nam\}' names 'nam', which is no column; did you mean 'name'/],
      ['name\nAda\n', { columns: { Name: 'name' } }, /the mapping names a column 'Name', .* did you mean 'name'/],
      [
        'name,@composition\nAda,mian\nEve,mian\n',
        {},
        /row 2, column @composition: composition 'mian'/,
        /row 3, column @comp/,
      ],
      ['name\nAda\n', { template: 'nowhere.aep' }, /^names\.csv: The template file .*nowhere\.aep is not there/],
    ] as const) {
      const { told, jobs } = await make(text, options);
      assert.equal(told.length, expected.length, `${text}: ${told.join('\n')}`);
      for (const [at, pattern] of expected.entries()) assert.match(told[at] ?? '', pattern);
      assert.ok(jobs.length < 2, text);
    }
  });

  it('name an output by what the row holds', async (t) => {
    const { make } = await sheetOf(t);
    const { jobs } = await make('name\nAda/Eve\n', { name: '{row}-{name} {{x}}' });
    assert.equal(jobs[0]?.local?.fileName, '2-Ada-Eve {x}');
  });

  it('are known by what their films are made of, not by the number of the row', async (t) => {
    const { folder, make } = await sheetOf(t);
    const hash = async (text: string, options: RowOptions = {}, at = 0) =>
      (await make(text, options)).rows[at]?.metadata.hash;
    const known = await hash('name,photo,# note,@when\nAda,Anna.JPG,a,1\n');
    assert.ok(known);
    assert.equal(
      await hash('photo,name,# note,@when\nAnna.JPG,Eve,,1\nAnna.JPG,Ada,b,x\n', { name: '{row}' }, 1),
      known,
    );
    assert.notEqual(await hash('name,photo\nEda,Anna.JPG\n'), known);
    assert.notEqual(await hash('name,photo\nAda,Anna.JPG\n', { job: { preview: true } }), known);
    await writeFile(join(folder, 'Anna.JPG'), 'another picture');
    assert.notEqual(await hash('name,photo\nAda,Anna.JPG\n'), known);
  });
});
