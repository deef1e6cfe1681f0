import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parseRows } from '../../lib/rows/sheet.ts';
import { damagedProject, FAKE_AERENDER, SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/aerender-batch.ts', import.meta.url));
/** One picture of each row, by the program that behaves as aerender does. */
const MAPPING = { template: 'promo.aep', composition: 'good', job: { settings: { type: 'image', frames: 0 } } };

/** A folder with a sheet, and the program in it. */
async function studio(t: TestContext, sheet: string, mapping: object = {}) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'promo.aep'), damagedProject());
  await writeFile(join(folder, 'names.rows.json'), JSON.stringify({ ...MAPPING, ...mapping }));
  const write = (text: string) => writeFile(join(folder, 'names.csv'), text);
  await write(sheet);
  const env = { NO_COLOR: '1', AERENDER_MARKS: folder };
  const run = (...args: string[]) =>
    execa(process.execPath, [PROGRAM, ...args, '--aerender', `ae2026=${FAKE_AERENDER}`], {
      cwd: folder,
      reject: false,
      env,
    });
  const results = async () => {
    const { rows } = parseRows(await readFile(join(folder, 'results.csv')));
    return rows.map(({ cells }) => `${String(cells.get('row') ?? '')} ${String(cells.get('state'))}`);
  };
  return { folder, write, run, results };
}

describe('a sheet on the command line', () => {
  it('becomes a film for each row, by name, and a second run renders only what has changed', async (t) => {
    const { folder, write, run, results } = await studio(t, 'id;@composition\r\n1;good\r\n2;errors\r\n3;good\r\n', {
      ...{ key: 'id', name: 'film {id}' },
    });
    const first = await run('render', 'names.csv', '--results', 'results.csv', '--junit', 'junit.xml');
    assert.equal(first.exitCode, 1, first.stdout + first.stderr);
    assert.match(first.stdout, /✓ row 2: .*film 1\.png/);
    assert.deepEqual((await results()).sort(), ['2 finished', '3 error', '4 finished']);
    assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /tests="3" failures="1"/);

    await write('id;@composition\r\n3;good\r\n4;good\r\n2;good\r\n1;good\r\n');
    const second = await run('render', 'names.csv', '--resume', '--explain', '--results', 'results.csv');
    assert.equal(second.exitCode, 0, second.stdout + second.stderr);
    assert.match(
      second.stdout,
      /row 2: unchanged.*\n\s+row 3: new.*\n\s+row 4: changed, @composition was 'errors'\n\s+row 5: unchanged/,
    );
    assert.deepEqual((await results()).sort(), ['2 unchanged', '3 finished', '4 finished', '5 unchanged']);
    const films = (await readdir(join(folder, 'renders'))).filter((name) => name.endsWith('.png'));
    assert.deepEqual(films.sort(), ['film 1.png', 'film 2.png', 'film 3.png', 'film 4.png']);
  });

  it('of more than 1,000 rows becomes several batches, with one file of results and one summary', async (t) => {
    const ids = Array.from({ length: 1_002 }, (_, index) => index + 1);
    const { folder, run, results } = await studio(t, ['id', ...ids].join('\r\n'), { key: 'id', name: 'film {id}' });
    // Only the films of the first and of the last row are not there yet, so that the test renders two and not a thousand.
    await mkdir(join(folder, 'renders'));
    await Promise.all(ids.slice(1, -1).map((id) => writeFile(join(folder, 'renders', `film ${id}.png`), 'a film')));
    const first = await run('render', 'names.csv', '--results', 'results.csv', '--junit', 'junit.xml');
    assert.equal(first.exitCode, 1);
    assert.match(first.stdout, /^names\.csv: 2 of 1002 rows are rendered, in 2 batches$/m);
    assert.match(first.stdout, /^2 finished, 1000 failed\.$/m);
    const all = await results();
    assert.equal(new Set(all).size, 1_002);
    assert.deepEqual(all.slice(-2).sort(), ['1003 finished', '2 finished']);
    assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /tests="1002" failures="0" errors="1000"/);

    for (const id of ids.slice(1, -1)) await rm(join(folder, 'renders', `film ${id}.png`));
    const again = await run('check', 'names.csv');
    assert.match(again.stdout, /film 1\.png is there already.*film 1002\.png is there already.*1000 of 1002 rows/s);
  });

  it('of which a render failed is rendered again by retry, which writes the reports of the whole batch', async (t) => {
    const { folder, run, results } = await studio(t, 'id;@composition\r\n1;good\r\n2;crash once\r\n', { key: 'id' });
    assert.equal((await run('render', 'names.csv', '--retries', '0')).exitCode, 1);
    const reports = ['--results', 'results.csv', '--report', 'report.html', '--junit', 'junit.xml'];
    const retried = await run('retry', ...reports);
    assert.equal(retried.exitCode, 0, retried.stdout + retried.stderr);
    assert.deepEqual(await results(), ['2 unchanged', '3 finished']);
    assert.match(
      await readFile(join(folder, 'junit.xml'), 'utf8'),
      /<testsuite name="names\.csv" tests="2" failures="0"/,
    );
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    assert.match(page, /<h1>names\.csv<\/h1>.*<h2>Row 2 <small>1<.*<h2>Row 3 <small>2</s);

    const nothing = await run('resume', '--results', 'results.csv');
    assert.equal(nothing.stdout, 'Nothing is left to render.');
    assert.deepEqual(await results(), []);
  });

  it('is no more than a batch for the reports: jobs of a batch file have them too, by their numbers', async (t) => {
    const { folder, run } = await studio(t, 'id\r\n');
    const job = (composition: string) => ({ ...MAPPING.job, template: { src: 'promo.aep', composition } });
    const jobs = [job('good'), { ...job('good'), fonts: 7 }, job('errors')];
    await writeFile(join(folder, 'batch.json'), JSON.stringify({ jobs }));
    const { exitCode } = await run('render', 'batch.json', '--results', 'results.csv', '--junit', 'junit.xml');
    assert.equal(exitCode, 1);
    const { rows } = parseRows(await readFile(join(folder, 'results.csv')));
    const facts = ['row', 'job', 'state', 'error code'] as const;
    assert.deepEqual(rows.map(({ cells }) => facts.map((fact) => String(cells.get(fact) ?? '')).join(' ')).sort(), [
      ' 0 finished ',
      ' 1 refused VALIDATION_ERROR',
      ' 2 error AERENDER_FAILED',
    ]);
    assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /name="job 0".*name="job 1".*name="job 2"/s);
  });

  it('is checked by its cells, and nothing is stored or rendered', async (t) => {
    const { folder, run, write } = await studio(t, 'name;photo\r\nAda;ada.jpg\r\n');
    await cp(SAMPLES, join(folder, 'templates'), { recursive: true });
    await writeFile(join(folder, 'Ada.JPG'), 'no picture');
    const args = ['--template', 'templates/invitation.json', '--composition', 'main'];
    const { stdout, exitCode } = await run('check', 'names.csv', ...args);
    assert.match(
      stdout,
      /✗ names\.csv row 2, column photo: 'ada\.jpg' is not there; did you mean 'Ada\.JPG'\? \[ASSET_NOT_FOUND\]/,
    );
    assert.equal(exitCode, 1);
    await write('name;photo;@file;lower third\r\nAda;ada.jpg;x;Ada.JPG\r\n');
    const both = await run('check', 'names.csv', ...args);
    assert.match(both.stdout, /column photo: .*is not there.*row 2, column lower third: .*cannot be used/s);
    await write('name;photo\r\nAda;Ada.JPG\r\n');
    assert.match((await run('check', 'names.csv', ...args)).stdout, /row 2, column photo: .*cannot be used/);
    assert.equal(existsSync(join(folder, 'renders')), false);
  });

  it('answers in JSON, and with one object a line as things happen', async (t) => {
    const { run } = await studio(t, 'id\r\n1\r\n2\r\n', { key: 'id' });
    const { rows, batches } = JSON.parse((await run('render', 'names.csv', '--json')).stdout);
    assert.deepEqual(
      rows.rendered.map(({ row, key }: { row: number; key: string }) => [row, key]),
      [
        [2, '1'],
        [3, '2'],
      ],
    );
    assert.equal(batches[0].status, 'finished');
    assert.equal(batches[0].jobs[0].local.metadata.values.id, '1');
    const lines = (await run('render', 'names.csv', '--events')).stdout.split('\n').map((line) => JSON.parse(line));
    assert.deepEqual([lines[0].type, lines.at(-1).type, lines.at(-1).exitCode], ['batch:created', 'summary', 0]);
  });

  it('is refused as a workbook, and its flags are refused for a batch file', async (t) => {
    const { run } = await studio(t, 'id\r\n1\r\n');
    assert.match((await run('render', 'names.xlsx')).stderr, /is a workbook; save the sheet as CSV/);
    assert.match((await run('render', 'batch.json', '--name', 'x')).stderr, /--name is for sheets alone/);
    assert.match((await run('render', 'names.csv', '--explain')).stderr, /give both/);
  });

  it('is begun from a template: with a mapping of its headers, or whole', async (t) => {
    const folder = await temporaryFolder(t);
    await cp(SAMPLES, join(folder, 'templates'), { recursive: true });
    const run = (...args: string[]) => execa(process.execPath, [PROGRAM, ...args], { cwd: folder, reject: false });
    await writeFile(join(folder, 'old.csv'), 'Name;photo;E-Mail\r\nAda;x.png;a@b.c\r\n');
    const begun = await run('init', 'templates/invitation.json', '--rows', 'old.csv');
    assert.match(begun.stdout, /column 'E-Mail' is left out/);
    const { columns } = JSON.parse(await readFile(join(folder, 'old.rows.json'), 'utf8'));
    assert.deepEqual(columns, { Name: 'name', photo: 'photo', 'E-Mail': null });
    assert.match((await run('init', 'templates/invitation.json', '--rows', 'old.csv')).stderr, /is there already/);

    await run('init', 'templates/invitation.json', '--rows', 'new.csv');
    const checked = await run('check', 'new.csv');
    assert.match(checked.stdout, /^1 of 1 row would be accepted/m, checked.stdout + checked.stderr);
  });
});
