import { isTerminal } from '../status.ts';
import { AttemptTable } from './attempts.ts';
import { BatchTable } from './batches.ts';
import { Connection, type DatabaseOptions, openDatabase } from './database.ts';
import { JobFamily } from './job-family.ts';
import { JobRows } from './job-rows.ts';
import { JobTable } from './jobs.ts';
import { FontFileTable, FontTable, TemplateTable } from './library.ts';
import { OwnerTable } from './owner.ts';
import { type Ended, Pruning } from './pruning.ts';
import type { BatchRecord, JobRecord } from './records.ts';

/** Everything that an engine remembers, in one SQLite file. All calls are synchronous, and each write is one transaction. */
export class Store {
  readonly batches: BatchTable;
  readonly jobs: JobTable;
  readonly attempts: AttemptTable;
  readonly templates: TemplateTable;
  readonly fonts: FontTable;
  readonly fontFiles: FontFileTable;
  readonly owner: OwnerTable;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly #connection: Connection;
  readonly #pruning: Pruning;

  private constructor(connection: Connection) {
    const rows = new JobRows(connection);
    const family = new JobFamily(connection, rows);
    this.#connection = connection;
    this.clock = connection.clock;
    this.batches = new BatchTable(connection, rows, family);
    this.jobs = new JobTable(connection, rows, family);
    this.owner = new OwnerTable(connection);
    this.attempts = new AttemptTable(connection, rows, family);
    this.#pruning = new Pruning(connection);
    this.templates = new TemplateTable(connection);
    this.fonts = new FontTable(connection);
    this.fontFiles = new FontFileTable(connection);
  }

  /**
   * Opens the file, or makes it; `:memory:` keeps everything in memory. `clock` gives milliseconds since 1970.
   *
   * @throws {DatabaseError} The file cannot be used; it was left as it is.
   */
  static open(file: string, options: DatabaseOptions & { clock: () => number }): Store {
    return new Store(new Connection(openDatabase(file, options), options.clock));
  }

  /**
   * The jobs whose status has changed since, the batches whose top-level jobs have ended among them, all as of one
   * moment, and the number to ask with the next time.
   */
  changesSince(revision: number): { jobs: JobRecord[]; batches: BatchRecord[]; revision: number } {
    return this.#connection.read(() => {
      const jobs = this.jobs.changedSince(revision);
      const ended = jobs.filter(({ parentId, status }) => parentId === null && isTerminal(status));
      const ids = new Set(ended.flatMap(({ batchId }) => batchId ?? []));
      const batches = [...ids].flatMap((id) => this.batches.get(id) ?? []);
      return { jobs, batches, revision: this.#connection.revision() };
    });
  }

  /** The batches, and the jobs without a batch, of which everything ended before a time; the oldest first. */
  endedBefore(before: number): Ended[] {
    return this.#pruning.endedBefore(before);
  }

  /** Where the ended attempts of one of them had their work folders. */
  workFoldersOf(ended: Ended): string[] {
    return this.#pruning.workFoldersOf(ended);
  }

  /** Removes one of them with its jobs, attempts and logs; false if it is gone or open again. */
  remove(ended: Ended, before: number): boolean {
    return this.#pruning.remove(ended, before);
  }

  /** Several writes in one transaction: all of them, or none. */
  write(work: () => void): void {
    this.#connection.write(work);
  }

  /** @throws {DatabaseError} `DATABASE_REPLACED`: the file is no longer where it was opened. */
  requireInPlace(): void {
    this.#connection.requireInPlace();
  }

  /** Changes whenever another connection has written to the file. */
  dataVersion(): number {
    return this.#connection.database.pragma('data_version', { simple: true }) as number;
  }

  /** The number of the last engine that has taken the right to render. */
  currentOwner(): number {
    return this.#connection.owner();
  }

  /** Closes every handle on the file. Can be called twice. */
  get isOpen(): boolean {
    return this.#connection.database.open;
  }

  close(): void {
    this.owner.release();
    this.#connection.database.close();
  }
}
