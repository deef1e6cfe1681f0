import { AttemptTable } from './attempts.ts';
import { BatchTable } from './batches.ts';
import { Connection } from './connection.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { FontFileTable } from './font-files.ts';
import { FontTable } from './fonts.ts';
import { JobFamily } from './job-family.ts';
import { JobWriter } from './job-rows.ts';
import { JobTable } from './jobs.ts';
import { LeaseTable } from './lease.ts';
import { LogTable } from './logs.ts';
import { TemplateTable } from './templates.ts';

/** Everything that an engine remembers, in one SQLite file. All calls are synchronous, and each write is one transaction. */
export class Store {
  readonly batches: BatchTable;
  readonly jobs: JobTable;
  readonly attempts: AttemptTable;
  readonly logs: LogTable;
  readonly templates: TemplateTable;
  readonly fonts: FontTable;
  readonly fontFiles: FontFileTable;
  readonly lease: LeaseTable;
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    const writer = new JobWriter(connection);
    const family = new JobFamily(connection);
    this.#connection = connection;
    this.batches = new BatchTable(connection, writer, family);
    this.jobs = new JobTable(connection, writer, family);
    this.attempts = new AttemptTable(connection);
    this.logs = new LogTable(connection);
    this.templates = new TemplateTable(connection);
    this.fonts = new FontTable(connection);
    this.fontFiles = new FontFileTable(connection);
    this.lease = new LeaseTable(connection);
  }

  /**
   * Opens the file, or makes it; `:memory:` keeps everything in memory. `clock` gives milliseconds since 1970.
   *
   * @throws {DatabaseError} The file cannot be used; it was left as it is.
   */
  static open(file: string, options: DatabaseOptions & { clock: () => number }): Store {
    return new Store(new Connection(openDatabase(file, options), options.clock));
  }

  /** Changes whenever another connection has written to the file. */
  dataVersion(): number {
    return this.#connection.database.pragma('data_version', { simple: true }) as number;
  }

  /** Ends every handle on the file. May be called twice. */
  close(): void {
    this.#connection.database.close();
  }
}
