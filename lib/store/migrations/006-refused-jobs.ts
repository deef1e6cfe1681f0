import type { Migration } from '../migrations.ts';

/** Why jobs of a batch were not accepted: they have no row in `jobs`. */
export const refusedJobs: Migration = {
  name: 'refused jobs',
  sql: `
    CREATE TABLE refused_jobs (
      batch_id TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL,
      faults TEXT NOT NULL,
      PRIMARY KEY (batch_id, position)
    ) STRICT, WITHOUT ROWID;
  `,
};
