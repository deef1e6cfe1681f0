import type { Statement } from 'better-sqlite3';
import type { RefusedJob } from '../contract/answers.ts';
import type { Connection } from './database.ts';
import type { JobFamily } from './job-family.ts';
import { JOB_COLUMNS, type JobRow, type JobRows, jobOf } from './job-rows.ts';
import type { BatchRecord, JobRecord, NewJob } from './records.ts';

interface BatchRow {
  id: string;
  created_at: number;
  total: number;
  finished: number;
  error: number;
  run: number;
}

/** The rows of `batches`, with their top-level jobs. */
export class BatchTable {
  readonly #connection: Connection;
  readonly #rows: JobRows;
  readonly #family: JobFamily;
  readonly #insert: Statement<[string, number]>;
  readonly #refuse: Statement<[string, number, string, string, string]>;
  readonly #refused: Statement<[string], Omit<RefusedJob, 'local'> & { faults: string }>;
  readonly #get: Statement<[string], BatchRow>;
  readonly #list: Statement<[string | null, string | null, number], BatchRow>;
  readonly #topLevel: Statement<[string], JobRow>;
  readonly #waiting: Statement<[string], { id: string }>;
  readonly #unended: Statement<[string], { id: string }>;
  readonly #delete: Statement<[string]>;

  constructor(connection: Connection, rows: JobRows, family: JobFamily) {
    const { database } = connection;
    this.#connection = connection;
    this.#rows = rows;
    this.#family = family;
    this.#insert = database.prepare('INSERT INTO batches (id, created_at) VALUES (?, ?)');
    this.#refuse = database.prepare(
      'INSERT INTO refused_jobs (batch_id, position, code, message, faults) VALUES (?, ?, ?, ?, ?)',
    );
    this.#refused = database.prepare(
      'SELECT position AS "index", message AS error, code AS errorCode, faults FROM refused_jobs WHERE batch_id = ? ORDER BY position',
    );
    this.#get = database.prepare('SELECT id, created_at, total, finished, error, run FROM batches WHERE id = ?');
    this.#list = database.prepare(
      'SELECT id, created_at, total, finished, error, run FROM batches WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?',
    );
    this.#topLevel = database.prepare(
      `SELECT ${JOB_COLUMNS} FROM jobs WHERE batch_id = ? AND parent_id IS NULL ORDER BY position`,
    );
    this.#waiting = database.prepare(
      "SELECT id FROM jobs WHERE batch_id = ? AND status IN ('queued', 'pending') ORDER BY position, seq",
    );
    this.#unended = database.prepare(
      "SELECT id FROM jobs WHERE batch_id = ? AND status IN ('queued', 'pending', 'render:dorender') ORDER BY seq",
    );
    this.#delete = database.prepare('DELETE FROM batches WHERE id = ?');
  }

  /** Stores a batch with all of its jobs, and why others were refused, or nothing. */
  insert(id: string, jobs: readonly NewJob[], refused: readonly RefusedJob[] = []): void {
    this.#connection.writeDurably(() => {
      this.#insert.run(id, this.#connection.clock());
      this.#rows.insert(id, jobs);
      for (const { index, errorCode, error, local } of refused)
        this.#refuse.run(id, index, errorCode, error, JSON.stringify(local.faults));
    });
  }

  get(id: string): BatchRecord | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : batchOf(row);
  }

  /** The newest first; `after` is the last id of the page before. */
  list({ limit, after }: { limit: number; after?: string | undefined }): BatchRecord[] {
    return this.#list.all(after ?? null, after ?? null, limit).map(batchOf);
  }

  /** The top-level jobs in the order of the request. */
  jobs(id: string): JobRecord[] {
    return this.#topLevel.all(id).map(jobOf);
  }

  /** The jobs of the request that were not accepted, in its order. */
  refused(id: string): RefusedJob[] {
    return this.#refused.all(id).map(({ faults, ...refused }) => ({
      ...refused,
      local: { faults: JSON.parse(faults) as RefusedJob['local']['faults'] },
    }));
  }

  /** Cancels every job of the batch that waits, nested ones included, in one step. */
  cancel(id: string): JobRecord[] {
    return this.#connection.writeDurably(() => this.#family.cancel(this.#waiting.all(id).map((row) => row.id)));
  }

  /** The ids of its jobs that have not ended, nested ones included. */
  unended(id: string): string[] {
    return this.#unended.all(id).map((row) => row.id);
  }

  /** Forgets the batch with its jobs, attempts and logs. */
  delete(id: string): void {
    this.#connection.write(() => this.#delete.run(id));
  }
}

function batchOf(row: BatchRow): BatchRecord {
  const { total, finished, error } = row;
  return {
    id: row.id,
    createdAt: row.created_at,
    run: row.run,
    stats: { total, finished, error, pending: total - finished - error },
  };
}
