import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BatchEngine } from '../../lib/engine.ts';
import { atMost, inTurn, type Row } from './measure.ts';
import type { BenchStudio } from './studio.ts';

const ROUNDS = 7;
const CALLS = 200;

/** `create` of 1,000 jobs, against the insert of the very same rows in one transaction, flushed to the disk as well. */
export async function benchCreate({ open, job, folder }: BenchStudio): Promise<Row> {
  const engine = await open('create');
  const jobs = Array.from({ length: 1_000 }, () => job);
  await engine.batches.create({ jobs });
  await using rival = await open('raw');
  await rival.batches.list();
  const raw = new Sqlite(join(folder, 'raw.db'));
  raw.pragma('synchronous = FULL');
  const source = new Sqlite(join(folder, 'create.db'), { readonly: true });
  const rowsOf = (table: string) => source.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][];
  const tables = ['batches', 'jobs', 'job_payloads'].map((name) => ({ name, rows: rowsOf(name) }));
  const insert = raw.transaction(() => {
    for (const { name, rows } of tables) {
      const statement = raw.prepare(`INSERT INTO ${name} VALUES (${(rows[0] ?? []).map(() => '?').join(', ')})`);
      for (const row of rows) statement.run(row);
    }
  });
  const clear = () => raw.exec('DELETE FROM jobs; DELETE FROM batches;');
  const times = await inTurn(ROUNDS, () => engine.batches.create({ jobs }), insert, clear);
  raw.close();
  source.close();
  await engine.close();
  return atMost('create of 1,000 jobs / raw insert of the same rows', times.ours / times.peer, 2);
}

/** `get` of a batch in a file of 100,000 jobs, against the same in a file with that batch alone. */
export async function benchGet({ open, job }: BenchStudio): Promise<Row> {
  const large = await open('large');
  const small = await open('small');
  const thousand = Array.from({ length: 1_000 }, () => job);
  for (let batch = 0; batch < 100; batch += 1) await large.batches.create({ jobs: thousand });
  const ten = { jobs: Array.from({ length: 10 }, () => job) };
  const inLarge = (await large.batches.create(ten)).batchId;
  const inSmall = (await small.batches.create(ten)).batchId;
  const many = async (engine: BatchEngine, id: string) => {
    for (let call = 0; call < CALLS; call += 1) await engine.batches.get(id);
  };
  const times = await inTurn(
    ROUNDS,
    () => many(large, inLarge),
    () => many(small, inSmall),
  );
  await large.close();
  await small.close();
  return atMost('get of a batch in a file of 100,000 jobs / in a small one', times.ours / times.peer, 1.2);
}
