import type { Statement } from 'better-sqlite3';
import type { ErrorCode } from '../errors.ts';
import { isTerminal, type JobStatus } from '../status.ts';
import type { Connection } from './database.ts';
import type { JobRows } from './job-rows.ts';
import type { JobRecord } from './records.ts';

/**
 * The changes of a job's status and what they mean for its relatives. Every method runs inside a transaction that the
 * caller has opened. A trigger of the file refuses to change a terminal status, whatever the code here does.
 */
export class JobFamily {
  readonly #connection: Connection;
  readonly #rows: JobRows;
  readonly #cancelOne: Statement<[number, number, number, string]>;
  readonly #failOne: Statement<[string, ErrorCode, number, number, number, string]>;
  readonly #queueOne: Statement<[number, number, string]>;
  readonly #reopenOne: Statement<[string, number, number, string]>;
  readonly #childrenOf: Statement<[string], { id: string; status: JobStatus }>;
  readonly #unfinishedChildren: Statement<[string], { count: number }>;
  readonly #waitingBelow: Statement<[string], { id: string }>;
  readonly #root: Statement<[string], { id: string }>;

  constructor(connection: Connection, rows: JobRows) {
    const { database } = connection;
    this.#connection = connection;
    this.#rows = rows;
    this.#cancelOne = database.prepare(`
      UPDATE jobs SET status = 'manually_cancelled', updated_at = ?, error_at = ?, kill_requested = 0, revision = ?,
        webhook_due = has_webhook
      WHERE id = ? AND status IN ('queued', 'pending', 'render:dorender')`);
    this.#failOne = database.prepare(`
      UPDATE jobs SET status = 'error', error = ?, error_code = ?, updated_at = ?, error_at = ?, kill_requested = 0, revision = ?,
        webhook_due = has_webhook
      WHERE id = ? AND status IN ('queued', 'pending', 'render:dorender')`);
    this.#queueOne = database.prepare(
      "UPDATE jobs SET status = 'queued', updated_at = ?, revision = ? WHERE id = ? AND status = 'pending'",
    );
    this.#reopenOne = database.prepare(`
      UPDATE jobs SET status = ?, run = run + 1, attempts = 0, attempt_id = NULL, progress = 0, run_alone = 0,
        kill_requested = 0, webhook_due = 0, error = NULL, error_code = NULL, started_at = NULL, finished_at = NULL,
        error_at = NULL, render_duration = NULL, start_duration = NULL, updated_at = ?, revision = ?
      WHERE id = ? AND status IN ('finished', 'error', 'manually_cancelled')`);
    this.#childrenOf = database.prepare('SELECT id, status FROM jobs WHERE parent_id = ?');
    this.#unfinishedChildren = database.prepare(
      "SELECT count(*) AS count FROM jobs WHERE parent_id = ? AND status <> 'finished'",
    );
    this.#waitingBelow = database.prepare(`
      WITH RECURSIVE family (id) AS (
        VALUES (?) UNION ALL SELECT jobs.id FROM jobs JOIN family ON jobs.parent_id = family.id
      )
      SELECT jobs.id FROM family JOIN jobs USING (id) WHERE status IN ('queued', 'pending') ORDER BY seq`);
    this.#root = database.prepare(`
      WITH RECURSIVE above (id, parent_id) AS (
        SELECT id, parent_id FROM jobs WHERE id = ?
        UNION ALL SELECT jobs.id, jobs.parent_id FROM jobs JOIN above ON jobs.id = above.parent_id
      )
      SELECT id FROM above WHERE parent_id IS NULL`);
  }

  /**
   * Cancels jobs with all of their relatives that wait: a parent takes its children along, a child its parent and the
   * siblings that wait with it, and so on through the family. What renders goes on.
   */
  cancel(ids: readonly string[]): JobRecord[] {
    const family = new Set<string>();
    const roots = new Set(ids.map((id) => this.#root.get(id)?.id ?? id));
    for (const root of roots) for (const { id } of this.#waitingBelow.all(root)) family.add(id);
    return this.#cancelAll([...family]);
  }

  /** Cancels a job that was rendering, and its relatives that wait for it. */
  cancelRendering(id: string): JobRecord[] {
    return [...this.#cancelAll([id]), ...this.cancel([id])];
  }

  /** Ends a job in error; its parent cannot be rendered then, and the siblings that wait are cancelled, up to the root. */
  fail(id: string, code: ErrorCode, error: string): void {
    const now = this.#connection.clock();
    const { changes } = this.#failOne.run(error, code, now, now, this.#connection.nextRevision(), id);
    const job = this.#rows.get(id);
    if (changes === 0 || job === undefined || job.parentId === null) return;
    if (this.#rows.get(job.parentId)?.status !== 'pending') return;
    const place = job.place === null ? '' : ` for ${job.place}`;
    this.fail(job.parentId, 'CHILD_FAILED', `The nested job ${id}${place} failed: ${error}`);
    this.#cancelAll(this.#waitingBelow.all(job.parentId).map((row) => row.id));
  }

  /** After a child has finished: its parent waits for a worker once no other child is left. */
  childFinished(parentId: string): void {
    const left = this.#unfinishedChildren.get(parentId)?.count ?? 0;
    if (left === 0) this.#queueOne.run(this.#connection.clock(), this.#connection.nextRevision(), parentId);
  }

  /**
   * Opens an ended job again, with the descendants that it needs: those that failed, were cancelled, or finished with an
   * output that is gone (`lostOutputs`). Other finished ones are used as they are, and with them all below.
   */
  reopen(id: string, lostOutputs: ReadonlySet<string>): void {
    for (const child of this.#childrenOf.all(id)) {
      const isOver = isTerminal(child.status);
      if (isOver && (child.status !== 'finished' || lostOutputs.has(child.id))) this.reopen(child.id, lostOutputs);
    }
    const isReady = (this.#unfinishedChildren.get(id)?.count ?? 0) === 0;
    const status = isReady ? 'queued' : 'pending';
    this.#reopenOne.run(status, this.#connection.clock(), this.#connection.nextRevision(), id);
  }

  #cancelAll(ids: readonly string[]): JobRecord[] {
    if (ids.length === 0) return [];
    const now = this.#connection.clock();
    const revision = this.#connection.nextRevision();
    return ids.flatMap((id) => {
      const { changes } = this.#cancelOne.run(now, now, revision, id);
      return changes === 0 ? [] : (this.#rows.get(id) ?? []);
    });
  }
}
