import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../lib/contract/answers.ts';
import type { RowJob, RowMetadata } from '../../lib/rows/jobs.ts';
import { compareRows, type EarlierJob } from '../../lib/rows/resume.ts';
import type { JobStatus } from '../../lib/status.ts';

function metadata(name: string, key: string | null, row = 2): RowMetadata {
  return {
    ...{ sheet: 'names.csv', row, key, hash: `hash of ${name}`, values: { name } },
    ...{ template: 't', composition: 'main', settings: 's', files: {} },
  };
}

function row(name: string, key: string | null = null, fileName?: string): RowJob {
  const job = { template: {}, local: fileName === undefined ? {} : { fileName } };
  return { row: 2, job, metadata: metadata(name, key), assetColumns: [] };
}

let jobs = 0;
function earlier(
  name: string,
  status: JobStatus,
  { key = null as string | null, path = `/films/${name}.mp4` } = {},
): EarlierJob {
  const outputPath = status === 'finished' ? path : null;
  jobs += 1;
  const job = { id: `job ${jobs}`, status, stats: { error: 'it broke' }, local: { outputPath, errorCode: null } };
  return { job: job as unknown as Job, metadata: metadata(name, key, 9) };
}

const there: (path: string) => boolean = () => true;
const states = (rows: RowJob[], jobs: EarlierJob[], isThere = there) =>
  compareRows(rows, jobs, isThere).decisions.map(({ state, why }) => `${state}: ${why}`);

describe('a second run of a sheet', () => {
  it('leaves rows whose films are there, wherever they are in the sheet', () => {
    assert.deepEqual(states([row('Ada')], [earlier('Ada', 'finished')]), ['unchanged: its film is /films/Ada.mp4']);
  });

  it('renders what is new, failed, was cancelled, or has lost its film', () => {
    const gone = (path: string) => !path.includes('Mary');
    assert.deepEqual(
      states(
        [row('Ada'), row('Eve'), row('Mary'), row('Grace')],
        [earlier('Eve', 'error'), earlier('Mary', 'finished'), earlier('Grace', 'manually_cancelled')],
        gone,
      ),
      [
        'new: no row like it has been rendered',
        'failed: it failed: it broke',
        'failed: its film is no longer there, or another one has taken its place',
        'failed: it was cancelled',
      ],
    );
  });

  it('goes on with the jobs that wait, and names those that no row stands for any more', () => {
    const [waiting, old] = [earlier('Ada', 'queued'), earlier('Adda', 'pending')];
    const { decisions, outdated } = compareRows([row('Ada')], [waiting, old], there);
    assert.equal(decisions[0]?.state, 'waiting');
    assert.deepEqual(outdated, [old.job]);
  });

  it('knows a row by its key, and says what has changed in it', () => {
    const before = earlier('Ada', 'finished', { key: '7' });
    assert.deepEqual(states([row('Eve', '7')], [before]), ["changed: name was 'Ada'"]);
    // What it was before that is no film of it.
    assert.deepEqual(states([row('Ada', '7')], [earlier('Eve', 'finished', { key: '7' }), before]), [
      "changed: name was 'Eve'",
    ]);
  });

  it('counts two rows that are alike as two films', () => {
    assert.deepEqual(
      states([row('Ada'), row('Ada')], [earlier('Ada', 'finished')]).map((words) => words.split(':')[0]),
      ['unchanged', 'new'],
    );
  });

  it('takes no film for its own that a later job has replaced', () => {
    const path = '/films/same.mp4';
    const [later, first] = [earlier('Eve', 'finished', { path }), earlier('Ada', 'finished', { path })];
    assert.match(states([row('Ada')], [later, first])[0] ?? '', /^failed: its film is no longer there/);
  });

  it('replaces the film of a row as it was, and of no row that is still there', () => {
    const overwrites = (rows: RowJob[], jobs: EarlierJob[]) =>
      compareRows(rows, jobs, there).decisions.map(({ row }) => row.job.local?.overwrite ?? false);
    const film = earlier('Ada', 'finished', { path: '/films/Film.mp4' });
    assert.deepEqual(overwrites([row('Eve', null, 'film')], [film]), [true]);
    assert.deepEqual(overwrites([row('Eve', null, 'film'), row('Ada', null, 'film')], [film]), [false, false]);
  });
});
