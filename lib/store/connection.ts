import { statSync } from 'node:fs';
import type { Database, Statement } from 'better-sqlite3';
import { DatabaseError } from '../errors.ts';
import { databaseError } from './database.ts';

/** The number that `PRAGMA synchronous` answers for FULL. Source: sqlite.org/pragma.html. */
const SYNCHRONOUS_FULL = 2;

/** One open file: the statements that the tables share, and the one way to write. */
export class Connection {
  readonly database: Database;
  readonly clock: () => number;
  /** Device and inode of the file as it was opened; empty in memory. */
  readonly identity: string;
  /** The file was opened with `synchronous: 'full'`. */
  readonly #alwaysDurable: boolean;
  readonly #bump: Statement<[], { value: number }>;
  readonly #revision: Statement<[], { value: number }>;

  constructor(database: Database, clock: () => number) {
    this.database = database;
    this.clock = clock;
    this.identity = database.memory ? '' : identityOf(database.name);
    this.#alwaysDurable = database.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL;
    this.#bump = database.prepare('UPDATE revision SET value = value + 1 RETURNING value');
    this.#revision = database.prepare('SELECT value FROM revision');
  }

  /**
   * Runs a write in one transaction, which takes the file's lock at once: a second process never finds a half-done step,
   * and never fails halfway because the first one wrote in between. A power cut may take back the last of these writes;
   * a crash of the process takes none.
   */
  write<Result>(work: () => Result): Result {
    // Part of a larger write, which is committed or rolled back as a whole.
    if (this.database.inTransaction) return work();
    try {
      return this.database.transaction(work).immediate();
    } catch (cause) {
      throw databaseError(cause, this.database.name);
    }
  }

  /** A write that is on disk when it returns, with all writes before it: a power cut does not take it back. */
  writeDurably<Result>(work: () => Result): Result {
    this.requireInPlace();
    if (this.#alwaysDurable) return this.write(work);
    this.database.exec('PRAGMA synchronous = FULL');
    try {
      return this.write(work);
    } finally {
      this.database.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /**
   * What is written into a file that was removed or replaced is lost with the last handle on it.
   *
   * @throws {DatabaseError} `DATABASE_REPLACED`
   */
  requireInPlace(): void {
    const { name } = this.database;
    if (this.identity === '' || identityOf(name) === this.identity) return;
    throw new DatabaseError(
      'DATABASE_REPLACED',
      `${name} was removed or replaced while the engine was open. Put the file back and open the engine again; nothing was stored.`,
    );
  }

  /** Several reads that see the same moment. */
  read<Result>(work: () => Result): Result {
    return this.database.transaction(work).deferred();
  }

  /** The number of the latest change of a job's status. */
  revision(): number {
    return this.#revision.get()?.value ?? 0;
  }

  /** A new number for the changes of the transaction that runs. */
  nextRevision(): number {
    return this.#bump.get()?.value ?? 0;
  }
}

function identityOf(file: string): string {
  // As whole numbers: inodes of Windows do not fit into a double.
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'gone' : `${stats.dev}:${stats.ino}`;
}
