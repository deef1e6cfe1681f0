import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Sqlite from 'better-sqlite3';
import { batchesAndJobs } from '../../lib/store/migrations/001-batches-and-jobs.ts';
import { Store } from '../../lib/store/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const open = (file: string) => Store.open(file, { synchronous: 'normal', clock: Date.now });

describe('a database file', () => {
  it('that is not ours is refused and left as it is', async (t) => {
    const folder = await temporaryFolder(t);
    const other = join(folder, 'other.db');
    const foreign = new Sqlite(other);
    foreign.exec('CREATE TABLE people (name TEXT)');
    foreign.close();
    await writeFile(
      join(folder, 'text.db'),
      'not a database at all, but longer than a header would have to be: '.repeat(4),
    );
    for (const file of [other, join(folder, 'text.db')]) {
      const before = await readFile(file);
      assert.throws(() => open(file), { code: 'DATABASE_INVALID' });
      assert.deepEqual(await readFile(file), before);
    }
    assert.throws(() => open(folder), { code: 'DATABASE_INVALID' });
    assert.throws(() => open(join(folder, 'no/such/folder.db')), { code: 'DATABASE_READ_ONLY' });
  });

  it('of an older version is brought up to date, with all that is in it', async (t) => {
    const file = join(await temporaryFolder(t), 'x.db');
    const old = new Sqlite(file);
    old.pragma('application_id = 0x61657262');
    old.exec(batchesAndJobs.sql);
    old.exec(`
      INSERT INTO batches (id, created_at) VALUES ('01J00000000000000000000000', 1);
      INSERT INTO jobs (id, batch_id, position, status, template_path, template_type, total_assets, output_path,
        output_url, created_at, updated_at, revision)
      VALUES ('01J00000000000000000000001', '01J00000000000000000000000', 0, 'queued', '/t.aep', 'aep', 0, '/o', 'o', 1, 1, 1);
      INSERT INTO job_payloads VALUES ('01J00000000000000000000001', '{"tags":"night, \\"quoted\\",night","webhook":{"url":"https://x"}}');
      INSERT INTO templates VALUES ('01J00000000000000000000002', 'aep', 'Promo', '/t.aep', 'hash', 'uploaded', NULL, 1, 1);
      INSERT INTO template_models VALUES ('hash', '{"of":"an older form"}');`);
    old.pragma('user_version = 1');
    old.close();
    const store = open(file);
    t.after(() => store.close());
    const [job] = store.jobs.list({});
    assert.deepEqual([job?.status, job?.fontNeeds, job?.warnings], ['queued', [], []]);
    assert.deepEqual([job?.run, job?.hasWebhook, store.jobs.plan(job?.id ?? '')], [1, true, null]);
    for (const tag of ['night', '"quoted"']) assert.equal(store.jobs.list({ tags: [tag] }).length, 1, tag);
    assert.equal(store.batches.get('01J00000000000000000000000')?.stats.pending, 1);
    assert.equal(store.templates.list()[0]?.displayName, 'Promo');
    assert.equal(store.templates.modelPiece('hash', 0), undefined);
  });

  it('of a newer version is refused', async (t) => {
    const file = join(await temporaryFolder(t), 'x.db');
    open(file).close();
    const raw = new Sqlite(file);
    raw.pragma('user_version = 999');
    raw.close();
    assert.throws(() => open(file), { code: 'DATABASE_NEWER' });
  });

  it('that is damaged is reported, not repaired', async (t) => {
    const file = join(await temporaryFolder(t), 'x.db');
    open(file).close();
    const bytes = await readFile(file);
    bytes.fill(0xff, 100);
    await writeFile(file, bytes);
    assert.throws(() => open(file), { code: 'DATABASE_CORRUPT' });
  });

  it('can be opened again while it is open, and both see what each has written', async (t) => {
    const file = join(await temporaryFolder(t), 'x.db');
    const first = open(file);
    const second = open(file);
    const font = { path: '/fonts/a.ttf', size: 1, modifiedAt: 2, faces: [] };
    first.fontFiles.update({ read: [font], gone: [] });
    assert.deepEqual(second.fontFiles.list(), [font]);
    second.fontFiles.update({ read: [], gone: [font.path] });
    second.close();
    assert.deepEqual(first.fontFiles.list(), []);
    first.close();
  });
});
