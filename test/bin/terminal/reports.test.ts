import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { requireReports, withReports } from '../../../bin/terminal/reports.ts';
import { readSettings } from '../../../bin/terminal/settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const settings = await readSettings({}, {});

describe('reports', () => {
  it('never replace what is rendered, one another, or a file of somebody else', async (t) => {
    const folder = await temporaryFolder(t);
    const [sheet, precious, below] = ['names.csv', 'precious.html', 'below'].map((name) => join(folder, name));
    await writeFile(sheet ?? '', 'id\n1\n');
    await writeFile(precious ?? '', '<p>mine</p>');
    await mkdir(below ?? '');
    const wrong = [
      [{ junit: sheet }, /--junit cannot go to .*names\.csv: it is what is rendered/],
      [{ results: sheet }, /--results cannot go to .*it is what is rendered/],
      [{ report: precious }, /is there already, and is no such report/],
      [{ junit: below }, /is there already, and is no such report/],
      [{ results: below }, /is there already, and holds no results/],
      [{ report: join(folder, 'no', 'page.html') }, /is in a folder that is not there/],
      [{ results: join(folder, 'a.csv'), junit: join(below ?? '', '..', 'a.csv') }, /is the file of --results as well/],
    ] as const;
    for (const [flags, message] of wrong)
      assert.throws(() => requireReports(flags as object, [sheet ?? '']), { code: 'VALIDATION_ERROR', message });
  });

  it('take the place of earlier ones', async (t) => {
    const folder = await temporaryFolder(t);
    const [results, report, junit] = ['results.csv', 'report.html', 'junit.xml'].map((name) => join(folder, name));
    const flags = { results, report, junit } as Record<string, string>;
    for (const index of [0, 1]) {
      requireReports(flags);
      await withReports(flags, { title: 'names.csv', settings }, async (outcomes) =>
        outcomes.expect({ jobId: 'JOB', batchId: 'BATCH', index }),
      );
    }
    for (const path of [results, junit, report]) assert.match(await readFile(path ?? '', 'utf8'), /waiting|skipped/);
    assert.equal((await readFile(results ?? '', 'utf8')).split('\r\n').length, 3, 'a header, a line, and its end');
  });

  it('are not written where nothing began', async (t) => {
    const junit = join(await temporaryFolder(t), 'junit.xml');
    await writeFile(junit, '');
    const fault = new Error('the database is locked');
    await assert.rejects(
      withReports({ junit }, { title: 'x', settings }, () => Promise.reject(fault)),
      fault,
    );
    assert.equal(await readFile(junit, 'utf8'), '');
  });
});
