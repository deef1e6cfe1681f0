import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { AttemptTable } from '../../lib/store/attempts.ts';
import { BatchTable } from '../../lib/store/batches.ts';
import { Connection, openDatabase } from '../../lib/store/database.ts';
import { JobFamily } from '../../lib/store/job-family.ts';
import { JobRows } from '../../lib/store/job-rows.ts';
import { JobTable } from '../../lib/store/jobs.ts';
import { FontTable, TemplateTable } from '../../lib/store/library.ts';
import { aClaim, newId, newJob } from '../support/records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NORMAL = 1;
const FULL = 2;

/** The tables of a file, and the level of `synchronous` at each look at the clock, which every write takes inside its transaction. */
async function openTables(t: TestContext, synchronous: 'normal' | 'full') {
  const database = openDatabase(join(await temporaryFolder(t), 'x.db'), { synchronous });
  t.after(() => database.close());
  const levels: unknown[] = [];
  const connection = new Connection(database, () => {
    levels.push(database.pragma('synchronous', { simple: true }));
    return Date.now();
  });
  const rows = new JobRows(connection);
  const family = new JobFamily(connection, rows);
  const levelsOf = (work: () => unknown) => {
    levels.length = 0;
    work();
    return [...new Set(levels)];
  };
  return {
    batches: new BatchTable(connection, rows, family),
    jobs: new JobTable(connection, rows, family),
    attempts: new AttemptTable(connection, rows, family),
    levelsOf,
  };
}

/** The level of `synchronous` at each row that a table gets and loses; these tables do not look at the clock. */
async function openWatched(t: TestContext, table: 'fonts' | 'templates') {
  const database = openDatabase(join(await temporaryFolder(t), 'x.db'), { synchronous: 'normal' });
  t.after(() => database.close());
  database.exec('CREATE TEMP TABLE levels (change TEXT, level INTEGER)');
  for (const change of ['INSERT', 'DELETE']) {
    database.exec(`
      CREATE TEMP TRIGGER on_${change} AFTER ${change} ON ${table} BEGIN
        INSERT INTO levels SELECT '${change}', synchronous FROM pragma_synchronous;
      END`);
  }
  const levels = () => database.prepare('SELECT change, level FROM levels').raw().all();
  return { connection: new Connection(database, Date.now), levels };
}

describe('a write', () => {
  it('that adds or removes a font or a template is flushed to the disk at its commit', async (t) => {
    const id = newId();
    const inFonts = await openWatched(t, 'fonts');
    const fonts = new FontTable(inFonts.connection);
    fonts.insert({ id, familyName: 'House', fileName: 'House.otf', hash: 'h', faces: [], createdAt: 0 });
    fonts.remove(id);
    const inTemplates = await openWatched(t, 'templates');
    const templates = new TemplateTable(inTemplates.connection);
    templates.put({
      ...{ id, type: 'aep', displayName: 'card', path: '/card.aep', hash: 'h' },
      ...{ createdAt: 0, updatedAt: 0 },
    });
    templates.remove(id);
    const flushed = [
      ['INSERT', FULL],
      ['DELETE', FULL],
    ];
    assert.deepEqual(inFonts.levels(), flushed);
    assert.deepEqual(inTemplates.levels(), flushed);
  });

  it('of create and cancel is flushed to the disk at its commit, and one of an attempt is not', async (t) => {
    const { batches, jobs, attempts, levelsOf } = await openTables(t, 'normal');
    const [batchId, attemptId] = [newId(), newId()];
    const [first, second, third] = [newJob(), newJob({ index: 1 }), newJob()];
    assert.deepEqual(
      levelsOf(() => batches.insert(batchId, [first, second])),
      [FULL],
    );
    assert.deepEqual(
      levelsOf(() => jobs.insert([third])),
      [FULL],
    );
    assert.deepEqual(
      levelsOf(() => attempts.claim(aClaim(attemptId))),
      [NORMAL],
    );
    assert.deepEqual(
      levelsOf(() =>
        attempts.end({ id: attemptId, jobId: first.id, owner: 0 }, { outcome: 'published', renderDuration: 1 }),
      ),
      [NORMAL],
    );
    assert.deepEqual(
      levelsOf(() => jobs.cancel([third.id])),
      [FULL],
    );
    assert.deepEqual(
      levelsOf(() => batches.cancel(batchId)),
      [FULL],
    );
  });

  it('that fails leaves the next one as cheap as before', async (t) => {
    const { jobs, attempts, levelsOf } = await openTables(t, 'normal');
    const job = newJob();
    jobs.insert([job]);
    assert.throws(() => jobs.insert([job]));
    assert.deepEqual(
      levelsOf(() => attempts.claim(aClaim(newId()))),
      [NORMAL],
    );
  });

  it('is always flushed where the engine was opened with synchronous: full', async (t) => {
    const { jobs, attempts, levelsOf } = await openTables(t, 'full');
    jobs.insert([newJob()]);
    assert.deepEqual(
      levelsOf(() => attempts.claim(aClaim(newId()))),
      [FULL],
    );
  });
});
