import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';

/** The rows of `logs`: what the renderer printed, in pieces as they came. */
export class LogTable {
  readonly #connection: Connection;
  readonly #append: Statement<[string, string]>;
  readonly #read: Statement<[string], { text: string }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#append = connection.database.prepare('INSERT INTO logs (job_id, text) VALUES (?, ?)');
    this.#read = connection.database.prepare('SELECT text FROM logs WHERE job_id = ? ORDER BY seq');
  }

  append(jobId: string, text: string): void {
    this.#connection.write(() => this.#append.run(jobId, text));
  }

  /** The whole log; undefined where nothing was printed yet. */
  read(jobId: string): string | undefined {
    const pieces = this.#read.all(jobId);
    return pieces.length === 0 ? undefined : pieces.map((row) => row.text).join('');
  }
}
