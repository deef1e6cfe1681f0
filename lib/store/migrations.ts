import type { Database } from 'better-sqlite3';
import { DatabaseError } from '../errors.ts';
import { batchesAndJobs } from './migrations/001-batches-and-jobs.ts';
import { fontsAndWarnings } from './migrations/002-fonts-and-warnings.ts';
import { plansRunsAndOwnership } from './migrations/003-plans-runs-and-ownership.ts';
import { charactersOfFonts } from './migrations/004-characters-of-fonts.ts';
import { metadataOfJobs } from './migrations/005-metadata-of-jobs.ts';
import { refusedJobs } from './migrations/006-refused-jobs.ts';
import { instancesOfFonts } from './migrations/007-instances-of-fonts.ts';

/** A step from one version of the file to the next. A step that has been released is never changed. */
export interface Migration {
  name: string;
  sql: string;
}

/** In the order of their numbers: the first one makes version 1. */
const MIGRATIONS: readonly Migration[] = [
  batchesAndJobs,
  fontsAndWarnings,
  plansRunsAndOwnership,
  charactersOfFonts,
  metadataOfJobs,
  refusedJobs,
  instancesOfFonts,
];

const CURRENT_VERSION = MIGRATIONS.length;

/** Brings the file to the current version, each step in a transaction of its own. */
export function migrate(database: Database, file: string): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > CURRENT_VERSION) {
    throw new DatabaseError(
      'DATABASE_NEWER',
      `${file} was written by a newer version of aerender-batch (version ${version} of the file, this one knows ${CURRENT_VERSION}). Update the package.`,
    );
  }
  for (let step = version; step < CURRENT_VERSION; step += 1) {
    database
      .transaction(() => {
        // Another process may have taken this step while we waited for the lock.
        if ((database.pragma('user_version', { simple: true }) as number) !== step) return;
        database.exec(MIGRATIONS[step]?.sql ?? '');
        database.pragma(`user_version = ${step + 1}`);
      })
      .immediate();
  }
}
