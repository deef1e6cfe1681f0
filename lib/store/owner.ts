import { realpathSync } from 'node:fs';
import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import { codeOf } from '../files.ts';
import type { Connection } from './database.ts';
import { databaseError } from './database.ts';

/** The files whose right to render an engine of this process holds, over all copies of this library in it. */
const REGISTRY = Symbol.for('aerender-batch.owned-databases');

function ownedHere(): Set<string> {
  const scope = globalThis as { [REGISTRY]?: Set<string> };
  scope[REGISTRY] ??= new Set();
  return scope[REGISTRY];
}

/**
 * The right to render the jobs of a file: an exclusive SQLite lock on a file beside it, which the system frees when its
 * process ends in whatever way, and which holds between containers that share a volume of one machine (not on a network
 * share). POSIX drops a process's locks on a file as soon as the process closes any handle of it, so nothing but SQLite
 * ever opens the lock file, and a registry of the process answers before it does. As a last guard each holder has a
 * number, which every write of an attempt compares.
 */
export class OwnerTable {
  readonly #connection: Connection;
  readonly #next: Statement<[], { number: number }>;
  #lock: Database | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#next = connection.database.prepare('UPDATE owner SET number = number + 1 RETURNING number');
  }

  /** Takes the right where it is free, and answers the number of the new holder; null if another engine has it. */
  take(): number | null {
    if (!this.#lockFile()) return null;
    try {
      return this.#connection.write(() => this.#next.get()?.number ?? 0);
    } catch (error) {
      // On a full disk nobody can begin: another engine may find room first.
      this.release();
      throw error;
    }
  }

  /** Whether an engine holds the right, this one or another. */
  isTaken(): boolean {
    if (this.#lock !== null || !this.#lockFile()) return true;
    this.release();
    return false;
  }

  /** Frees the right where it is held. */
  release(): void {
    if (this.#lock === null) return;
    this.#lock.close();
    this.#lock = null;
    ownedHere().delete(this.#connection.identity);
  }

  #lockFile(): boolean {
    const { database, identity } = this.#connection;
    if (identity === '') return true; // In memory: nobody else can open it.
    if (this.#lock !== null || ownedHere().has(identity)) return this.#lock !== null;
    const file = `${realpathSync(database.name)}-owner`;
    let lock: Database | undefined;
    try {
      lock = new Sqlite(file, { timeout: 0 });
      lock.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      lock?.close();
      if (codeOf(cause)?.startsWith('SQLITE_BUSY') === true) return false;
      throw databaseError(cause, file);
    }
    ownedHere().add(identity);
    this.#lock = lock;
    return true;
  }
}
