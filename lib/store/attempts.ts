import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { UnfinishedAttempt } from './records.ts';

interface AttemptRow {
  id: string;
  job_id: string;
  work_dir: string;
  pid: number | null;
  process_started_at: string | null;
}

/** The rows of `attempts`: which process renders which job, so that a crash of the host leaves none behind. */
export class AttemptTable {
  readonly #connection: Connection;
  readonly #started: Statement<[number, string | null, string]>;
  readonly #unfinished: Statement<[], AttemptRow>;
  readonly #ended: Statement<[string], { id: string }>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#started = connection.database.prepare('UPDATE attempts SET pid = ?, process_started_at = ? WHERE id = ?');
    this.#unfinished = connection.database.prepare(
      'SELECT id, job_id, work_dir, pid, process_started_at FROM attempts WHERE ended_at IS NULL ORDER BY started_at',
    );
    this.#ended = connection.database.prepare('SELECT id FROM attempts WHERE id = ? AND ended_at IS NOT NULL');
  }

  /** `processStartedAt` tells the process from a later one with the same pid. */
  started(id: string, pid: number, processStartedAt: string | null): void {
    this.#connection.write(() => this.#started.run(pid, processStartedAt, id));
  }

  /** Whether it is an attempt of this file, and over. */
  hasEnded(id: string): boolean {
    return this.#ended.get(id) !== undefined;
  }

  /** Attempts of which no end is known. */
  unfinished(): UnfinishedAttempt[] {
    return this.#unfinished.all().map((row) => ({
      id: row.id,
      jobId: row.job_id,
      workDir: row.work_dir,
      pid: row.pid,
      processStartedAt: row.process_started_at,
    }));
  }
}
