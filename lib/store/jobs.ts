import type { Statement } from 'better-sqlite3';
import { ConflictError, type ErrorCode } from '../errors.ts';
import { isCancellable } from '../status.ts';
import type { Connection } from './connection.ts';
import type { JobFamily } from './job-family.ts';
import { jobListQuery } from './job-list.ts';
import { JOB_COLUMNS, type JobRow, type JobWriter, jobOf } from './job-rows.ts';
import type { ClaimedJob, JobFilter, JobRecord, NewJob } from './records.ts';

/** How an attempt ended. The store takes it only from the attempt that holds the job. */
export interface AttemptFailure {
  code: ErrorCode;
  error: string;
  /** Seconds. */
  renderDuration?: number | null;
}

/** The rows of `jobs`. */
export class JobTable {
  readonly #connection: Connection;
  readonly #writer: JobWriter;
  readonly #family: JobFamily;
  readonly #texts: Statement<[string], { payload: string; plan: string | null }>;
  readonly #children: Statement<[string], JobRow>;
  readonly #changedSince: Statement<[number], JobRow>;
  readonly #next: Statement<[], { id: string; run_alone: number }>;
  readonly #nextOf: Statement<[string], { id: string; run_alone: number }>;
  readonly #claim: Statement<[string, number, number, number, string]>;
  readonly #beginAttempt: Statement<[string, string, string, number]>;
  readonly #endAttempt: Statement<[number, string, string]>;
  readonly #holder: Statement<[string], { attempt_id: string | null; status: string; kill_requested: number }>;
  readonly #rendering: Statement<[], { count: number; alone: number }>;
  readonly #runningOf: Statement<[string], { id: string }>;
  readonly #count: Record<'queued' | 'rendering', Statement<[], { count: number }>>;
  readonly #progress: Statement<[number, string]>;
  readonly #finish: Statement<[number, number, number, number | null, string]>;
  readonly #duration: Statement<[number | null, string]>;
  readonly #requeue: Statement<[number, number, number, number, string]>;
  readonly #missingFonts: Statement<[string, string]>;
  readonly #requestKill: Statement<[string]>;
  readonly #killRequests: Statement<[], { id: string }>;
  readonly #usingTemplate: Statement<[string], { count: number }>;
  readonly #clearLog: Statement<[string]>;

  constructor(connection: Connection, writer: JobWriter, family: JobFamily) {
    const { database } = connection;
    this.#connection = connection;
    this.#writer = writer;
    this.#family = family;
    const select = `SELECT ${JOB_COLUMNS} FROM jobs`;
    this.#texts = database.prepare('SELECT payload, plan FROM job_payloads WHERE job_id = ?');
    this.#children = database.prepare(`${select} WHERE parent_id = ? ORDER BY asset_index`);
    this.#changedSince = database.prepare(`${select} WHERE revision > ? ORDER BY revision, seq`);
    this.#next = database.prepare(
      "SELECT id, run_alone FROM jobs WHERE status = 'queued' ORDER BY priority DESC, seq LIMIT 1",
    );
    this.#nextOf = database.prepare(`
      SELECT id, run_alone FROM jobs WHERE status = 'queued' AND batch_id IN (SELECT value FROM json_each(?))
      ORDER BY priority DESC, seq LIMIT 1`);
    this.#claim = database.prepare(`
      UPDATE jobs SET status = 'render:dorender', attempt_id = ?, attempts = attempts + 1, progress = 0,
        started_at = ?, updated_at = ?, revision = ?
      WHERE id = ?`);
    this.#beginAttempt = database.prepare(
      'INSERT INTO attempts (id, job_id, work_dir, started_at) VALUES (?, ?, ?, ?)',
    );
    this.#endAttempt = database.prepare('UPDATE attempts SET ended_at = ? WHERE id = ? AND job_id = ?');
    this.#holder = database.prepare('SELECT attempt_id, status, kill_requested FROM jobs WHERE id = ?');
    this.#rendering = database.prepare(
      "SELECT count(*) AS count, coalesce(max(run_alone), 0) AS alone FROM jobs WHERE status = 'render:dorender'",
    );
    this.#runningOf = database.prepare(
      "SELECT id FROM jobs WHERE batch_id = ? AND status = 'render:dorender' ORDER BY seq",
    );
    const count = (status: string) =>
      database.prepare<[], { count: number }>(`SELECT count(*) AS count FROM jobs WHERE status = '${status}'`);
    this.#count = { queued: count('queued'), rendering: count('render:dorender') };
    this.#progress = database.prepare(
      "UPDATE jobs SET progress = max(progress, ?) WHERE id = ? AND status = 'render:dorender'",
    );
    this.#finish = database.prepare(`
      UPDATE jobs SET status = 'finished', progress = 100, finished_at = ?, updated_at = ?, revision = ?,
        render_duration = ?, kill_requested = 0
      WHERE id = ?`);
    this.#duration = database.prepare('UPDATE jobs SET render_duration = ? WHERE id = ?');
    this.#requeue = database.prepare(`
      UPDATE jobs SET status = 'queued', attempt_id = NULL, progress = 0, run_alone = ?, attempts = attempts - ?,
        updated_at = ?, revision = ?
      WHERE id = ?`);
    this.#missingFonts = database.prepare('UPDATE jobs SET missing_fonts = ? WHERE id = ?');
    this.#requestKill = database.prepare(
      "UPDATE jobs SET kill_requested = 1 WHERE id = ? AND status = 'render:dorender'",
    );
    this.#killRequests = database.prepare(
      "SELECT id FROM jobs WHERE status = 'render:dorender' AND kill_requested = 1",
    );
    this.#usingTemplate = database.prepare(
      "SELECT count(*) AS count FROM jobs WHERE template_id = ? AND status IN ('queued', 'pending', 'render:dorender')",
    );
    this.#clearLog = database.prepare('DELETE FROM logs WHERE job_id = ?');
  }

  /** Stores a job that belongs to no batch, with its descendants. */
  insert(jobs: readonly NewJob[]): void {
    this.#connection.writeDurably(() => this.#writer.insert(null, jobs));
  }

  get(id: string): JobRecord | undefined {
    return this.#family.job(id);
  }

  /** The caller's words for this job, as JSON, verbatim; undefined where the job is gone. */
  payload(id: string): string | undefined {
    return this.#texts.get(id)?.payload;
  }

  /** The `JobPlan`, as JSON; null for a job that has none yet (a file of an earlier version). */
  plan(id: string): string | null {
    return this.#texts.get(id)?.plan ?? null;
  }

  /** The nested jobs of a job, in the order of its assets. */
  children(id: string): JobRecord[] {
    return this.#children.all(id).map(jobOf);
  }

  list(filter: JobFilter): JobRecord[] {
    const { sql, values } = jobListQuery(filter);
    return this.#connection.database
      .prepare<unknown[], JobRow>(sql)
      .all(...values)
      .map(jobOf);
  }

  /** The ids of a batch's jobs that render, nested ones included. */
  running(batchId: string): string[] {
    return this.#runningOf.all(batchId).map((row) => row.id);
  }

  counts(): { queued: number; rendering: number } {
    const of = (key: 'queued' | 'rendering') => this.#count[key].get()?.count ?? 0;
    return { queued: of('queued'), rendering: of('rendering') };
  }

  /** How many jobs of a template have not ended. */
  usingTemplate(templateId: string): number {
    return this.#usingTemplate.get(templateId)?.count ?? 0;
  }

  /** The number of the latest change of any job's status. */
  revision(): number {
    return this.#connection.revision();
  }

  /** The jobs whose status has changed since, as they are now, and the number to ask with the next time. */
  changesSince(revision: number): { jobs: JobRecord[]; revision: number } {
    return this.#connection.read(() => ({
      jobs: this.#changedSince.all(revision).map(jobOf),
      revision: this.#connection.revision(),
    }));
  }

  /**
   * Takes the next job for an attempt: the highest priority first, then the oldest. A job that must run alone waits until
   * nothing renders, and lets nothing pass it by meanwhile.
   */
  claim(
    attempt: { id: string; workDir: string },
    { batches = null }: { batches?: readonly string[] | null } = {},
  ): ClaimedJob | undefined {
    const look = () => (batches === null ? this.#next.get() : this.#nextOf.get(JSON.stringify(batches)));
    // Most calls find an empty queue; those must not take the file's write lock.
    if (look() === undefined) return undefined;
    return this.#connection.write(() => {
      const next = look();
      const rendering = this.#rendering.get();
      if (next === undefined || rendering === undefined || rendering.alone === 1) return undefined;
      if (next.run_alone === 1 && rendering.count > 0) return undefined;
      const now = this.#connection.clock();
      this.#claim.run(attempt.id, now, now, this.#connection.nextRevision(), next.id);
      this.#beginAttempt.run(attempt.id, next.id, attempt.workDir, now);
      // A log is that of the last attempt.
      this.#clearLog.run(next.id);
      const job = this.#family.job(next.id);
      const texts = this.#texts.get(next.id);
      return job === undefined || texts === undefined ? undefined : { ...job, ...texts };
    });
  }

  /** Percent, 0-100; within an attempt it never goes back. */
  progress(id: string, percent: number): void {
    this.#connection.write(() => this.#progress.run(percent, id));
  }

  addMissingFonts(id: string, fonts: readonly string[]): void {
    this.#connection.write(() => {
      const job = this.#family.job(id);
      if (job === undefined) return;
      this.#missingFonts.run(JSON.stringify([...new Set([...job.missingFonts, ...fonts])]), id);
    });
  }

  /** The output is published: the job is finished, and its parent queued once it was the last child. */
  finish(id: string, attemptId: string, { renderDuration }: { renderDuration: number | null }): void {
    this.#end(id, attemptId, (now) => {
      this.#finish.run(now, now, this.#connection.nextRevision(), renderDuration, id);
      const parentId = this.#family.job(id)?.parentId ?? null;
      if (parentId !== null) this.#family.childFinished(parentId);
    });
  }

  fail(id: string, attemptId: string, failure: AttemptFailure): void {
    this.#end(id, attemptId, () => {
      this.#duration.run(failure.renderDuration ?? null, id);
      this.#family.fail(id, failure.code, failure.error);
    });
  }

  /**
   * Puts the job back into the queue, unless its end was asked for meanwhile: then it is cancelled.
   * `countsAsAttempt: false` where the attempt's end was not its own fault.
   */
  requeue(id: string, attemptId: string, options: { runAlone: boolean; countsAsAttempt?: boolean }): void {
    this.#end(id, attemptId, (now, killRequested) => {
      if (killRequested) {
        this.#family.cancelRendering(id);
        return;
      }
      const giveBack = options.countsAsAttempt === false ? 1 : 0;
      this.#requeue.run(options.runAlone ? 1 : 0, giveBack, now, this.#connection.nextRevision(), id);
    });
  }

  /**
   * Cancels waiting jobs with their families, all or none.
   *
   * @throws {ConflictError} `NOT_CANCELLABLE`
   */
  cancel(ids: readonly string[]): JobRecord[] {
    return this.#connection.writeDurably(() => {
      for (const id of ids) {
        const status = this.#family.job(id)?.status;
        if (status !== undefined && isCancellable(status)) continue;
        throw new ConflictError(
          'NOT_CANCELLABLE',
          `Job ${id} is ${status ?? 'gone'}; only queued and pending jobs can be cancelled.`,
        );
      }
      return this.#family.cancel(ids);
    });
  }

  /** Notes that these renders are to be ended, for the process that holds the file. */
  requestKill(ids: readonly string[]): void {
    this.#connection.writeDurably(() => {
      for (const id of ids) this.#requestKill.run(id);
    });
  }

  killRequests(): string[] {
    return this.#killRequests.all().map((row) => row.id);
  }

  /** Writes the end of an attempt, unless the job is no longer its own: after a takeover, two may speak of one job. */
  #end(id: string, attemptId: string, write: (now: number, killRequested: boolean) => void): void {
    this.#connection.write(() => {
      const now = this.#connection.clock();
      this.#endAttempt.run(now, attemptId, id);
      const holder = this.#holder.get(id);
      if (holder?.attempt_id !== attemptId || holder.status !== 'render:dorender') return;
      write(now, holder.kill_requested === 1);
    });
  }
}
