import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Sqlite, { type Database, type Statement, type Transaction } from 'better-sqlite3';
import { DatabaseError, type ErrorCode, reasonOf, toError } from '../errors.ts';
import { codeOf } from '../files.ts';
import { migrate } from './migrations.ts';

/** "aerb" in ASCII: marks a SQLite file as ours (pragma application_id). */
const APPLICATION_ID = 0x61_65_72_62;
/** How long a write waits for one of another process. */
const BUSY_TIMEOUT_MS = 5_000;
const SQLITE_MAGIC = 'SQLite format 3\0';
/** Where SQLite's header has the application id: four bytes, big-endian. Source: sqlite.org/fileformat2.html. */
const APPLICATION_ID_OFFSET = 68;
const HEADER_SIZE = 100;
/** The number that `PRAGMA synchronous` answers for FULL. Source: sqlite.org/pragma.html. */
const SYNCHRONOUS_FULL = 2;

export interface DatabaseOptions {
  synchronous: 'normal' | 'full';
}

/** Opens the file (making it where there is none) and brings it to the current version; a file that is not ours stays as it is. */
export function openDatabase(file: string, options: DatabaseOptions): Database {
  if (file !== ':memory:') refuseForeignFile(file);
  let database: Database | undefined;
  try {
    database = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    // Before anything is written: a file whose first page reads as ours may still be damaged.
    database.pragma('schema_version');
    // Before the WAL: the mark must stand in the file itself, also after a crash, for the next one who looks at its header.
    if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      database.pragma(`application_id = ${APPLICATION_ID}`);
    }
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${options.synchronous}`);
    database.pragma('foreign_keys = ON');
    migrate(database, file);
    return database;
  } catch (cause) {
    database?.close();
    throw databaseError(cause, file);
  }
}

/** Thrown in place of a write of an attempt when another engine has taken the right to render meanwhile. */
export class NotOwnerError extends Error {
  override name = 'NotOwnerError';

  constructor() {
    super('Another engine has taken the right to render the jobs of this file.');
  }
}

/** One open file: the statements that the tables share, and the one way to write. */
export class Connection {
  readonly database: Database;
  readonly clock: () => number;
  /** Device and inode of the file as it was opened; empty in memory. */
  readonly identity: string;
  /** The file was opened with `synchronous: 'full'`. */
  readonly #alwaysDurable: boolean;
  /** One for all: the package makes four functions for each that it is given. */
  readonly #inTransaction: Transaction<(work: () => unknown) => unknown>;
  readonly #bump: Statement<[], { value: number }>;
  readonly #revision: Statement<[], { value: number }>;
  readonly #owner: Statement<[], { number: number }>;

  constructor(database: Database, clock: () => number) {
    this.database = database;
    this.clock = clock;
    this.identity = database.memory ? '' : identityOf(database.name);
    this.#alwaysDurable = database.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL;
    this.#inTransaction = database.transaction((work: () => unknown) => work());
    this.#bump = database.prepare('UPDATE revision SET value = value + 1 RETURNING value');
    this.#revision = database.prepare('SELECT value FROM revision');
    this.#owner = database.prepare('SELECT number FROM owner');
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
      return this.#inTransaction.immediate(work) as Result;
    } catch (cause) {
      throw databaseError(cause, this.database.name);
    }
  }

  /**
   * A write of the engine that renders, by the number that it has as the owner of the file.
   *
   * @throws {NotOwnerError} Nothing was written: another engine has taken the right to render.
   */
  writeAs<Result>(owner: number, work: () => Result): Result {
    return this.write(() => {
      if (this.owner() !== owner) throw new NotOwnerError();
      return work();
    });
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

  /** The number of the last engine that has taken the right to render. */
  owner(): number {
    return this.#owner.get()?.number ?? 0;
  }

  /** Several reads that see the same moment. */
  read<Result>(work: () => Result): Result {
    return this.#inTransaction.deferred(work) as Result;
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

/** Reads the header with plain file calls: SQLite itself would already write to some files that are not ours. */
function refuseForeignFile(file: string): void {
  const header = readHeader(file);
  // A new or an empty file becomes ours.
  if (header === null || header.length === 0) return;
  const isOurs =
    header.length === HEADER_SIZE &&
    header.toString('latin1', 0, SQLITE_MAGIC.length) === SQLITE_MAGIC &&
    header.readUInt32BE(APPLICATION_ID_OFFSET) === APPLICATION_ID;
  if (isOurs) return;
  throw new DatabaseError(
    'DATABASE_INVALID',
    `${file} is not a database of aerender-batch. Choose another file; this one was not touched.`,
  );
}

function readHeader(file: string): Buffer | null {
  let descriptor: number;
  try {
    // Before it is opened: to open a named pipe is to wait for a writer, for ever.
    if (!statSync(file).isFile()) {
      throw new DatabaseError('DATABASE_INVALID', `${file} is a folder or a device, not a file. Choose another one.`);
    }
    descriptor = openSync(file, 'r');
  } catch (cause) {
    if (cause instanceof DatabaseError) throw cause;
    if (codeOf(cause) === 'ENOENT') return null;
    throw new DatabaseError('DATABASE_READ_ONLY', `${file} cannot be read: ${reasonOf(cause)}`, { cause });
  }
  try {
    const header = Buffer.alloc(HEADER_SIZE);
    return header.subarray(0, readSync(descriptor, header, 0, HEADER_SIZE, 0));
  } catch (cause) {
    throw new DatabaseError('DATABASE_INVALID', `${file} cannot be read: ${reasonOf(cause)}. Choose another file.`, {
      cause,
    });
  } finally {
    closeSync(descriptor);
  }
}

const FAULTS: readonly { pattern: RegExp; code: ErrorCode; advice: string }[] = [
  {
    pattern: /^SQLITE_(BUSY|LOCKED)/,
    code: 'DATABASE_LOCKED',
    advice: 'Another program holds it; close that program, or choose another file.',
  },
  {
    pattern: /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/,
    code: 'DATABASE_READ_ONLY',
    advice: 'See that the folder is there, and that you may write to it and to the file.',
  },
  { pattern: /^SQLITE_NOTADB/, code: 'DATABASE_INVALID', advice: 'Choose another file; this one was not touched.' },
  { pattern: /^SQLITE_CORRUPT/, code: 'DATABASE_CORRUPT', advice: 'Restore it from a backup, or choose another file.' },
  { pattern: /^SQLITE_(FULL|IOERR)/, code: 'DATABASE_FULL', advice: 'Make room on its disk.' },
];

/** Turns what SQLite throws into an error of ours; returns everything else as it is. */
export function databaseError(cause: unknown, file: string): Error {
  const code = codeOf(cause);
  const fault = code === undefined ? undefined : FAULTS.find(({ pattern }) => pattern.test(code));
  if (fault !== undefined)
    return new DatabaseError(fault.code, `${file}: ${reasonOf(cause)}. ${fault.advice}`, { cause });
  // better-sqlite3 itself refuses a path in a folder that is not there.
  if (cause instanceof TypeError && /directory does not exist/.test(cause.message)) {
    return new DatabaseError('DATABASE_READ_ONLY', `${file}: the folder does not exist. Make it first.`, { cause });
  }
  return toError(cause);
}
