import type { Database, Statement } from 'better-sqlite3';
import { databaseError } from './database.ts';

/** One open file: the statements that the tables share, and the one way to write. */
export class Connection {
  readonly database: Database;
  readonly clock: () => number;
  readonly #bump: Statement<[], { value: number }>;
  readonly #revision: Statement<[], { value: number }>;

  constructor(database: Database, clock: () => number) {
    this.database = database;
    this.clock = clock;
    this.#bump = database.prepare('UPDATE revision SET value = value + 1 RETURNING value');
    this.#revision = database.prepare('SELECT value FROM revision');
  }

  /**
   * Runs a write in one transaction, which takes the file's lock at once: a second process never finds a half-done step,
   * and never fails halfway because the first one wrote in between.
   */
  write<Result>(work: () => Result): Result {
    try {
      return this.database.transaction(work).immediate();
    } catch (cause) {
      throw databaseError(cause, this.database.name);
    }
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
