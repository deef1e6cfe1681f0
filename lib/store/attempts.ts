import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Statement } from 'better-sqlite3';
import type { JobStatus } from '../status.ts';
import type { Connection } from './database.ts';
import type { JobFamily } from './job-family.ts';
import type { JobRows } from './job-rows.ts';
import type {
  Attempt,
  AttemptOutcome,
  AttemptRecord,
  Claim,
  ClaimedJob,
  JobRecord,
  UnfinishedAttempt,
} from './records.ts';

/** So many queued jobs are looked through for one of the preferred template. */
const QUEUE_WINDOW = 100;

interface QueuedRow {
  id: string;
  template_path: string;
  run_alone: number;
  output_name: string | null;
  output_path: string;
  output_url: string;
}

interface HolderRow {
  attempt_id: string | null;
  status: JobStatus;
  kill_requested: number;
}

/** The rows of `attempts` and `logs`, and what an attempt does to its job. */
export class AttemptTable {
  readonly #connection: Connection;
  readonly #rows: JobRows;
  readonly #family: JobFamily;
  readonly #next: Statement<[], QueuedRow>;
  readonly #nextOfBatches: Statement<[string], QueuedRow>;
  readonly #nextOfTemplate: Statement<[string], QueuedRow>;
  readonly #rendering: Statement<[], { count: number; alone: number }>;
  readonly #claim: Statement<[string, number, number, number, string, string, string]>;
  readonly #texts: Statement<[string], { payload: string; plan: string | null }>;
  /** The first attempt that may have published its output: one that failed before has not. */
  readonly #firstStart: Statement<[string], { time: number | null }>;
  readonly #begin: Statement<[string, string, string, number, number, number]>;
  readonly #started: Statement<[number, string | null, string]>;
  readonly #progress: Statement<[number, string]>;
  readonly #holder: Statement<[string], HolderRow>;
  readonly #end: Statement<[number, string, string | null, string | null, number | null, number | null, string]>;
  readonly #finish: Statement<
    [number, number, number, number | null, number | null, string, string, string | null, string]
  >;
  readonly #duration: Statement<[number | null, string]>;
  readonly #requeue: Statement<[number, number, number, number, string]>;
  readonly #unfinished: Statement<[], UnfinishedAttempt>;
  readonly #ended: Statement<[string], { id: string }>;
  readonly #ofJob: Statement<[string], AttemptRecord>;
  readonly #appendLog: Statement<[string, string, string]>;
  readonly #log: Statement<[string], { text: string }>;
  readonly #lastLog: Statement<[string], { text: string }>;

  constructor(connection: Connection, rows: JobRows, family: JobFamily) {
    const { database } = connection;
    this.#connection = connection;
    this.#rows = rows;
    this.#family = family;
    const queued = 'SELECT id, template_path, run_alone, output_name, output_path, output_url FROM jobs';
    this.#next = database.prepare(`${queued} WHERE status = 'queued' ORDER BY priority DESC, seq LIMIT 1`);
    this.#nextOfBatches = database.prepare(`
      ${queued} WHERE status = 'queued' AND batch_id IN (SELECT value FROM json_each(?))
      ORDER BY priority DESC, seq LIMIT 1`);
    this.#nextOfTemplate = database.prepare(`
      SELECT * FROM (
        SELECT id, template_path, run_alone, output_name, output_path, output_url, priority, seq FROM jobs
        WHERE status = 'queued' ORDER BY priority DESC, seq LIMIT ${QUEUE_WINDOW}
      ) ORDER BY priority DESC, template_path <> ?, seq LIMIT 1`);
    this.#rendering = database.prepare(
      "SELECT count(*) AS count, coalesce(max(run_alone), 0) AS alone FROM jobs WHERE status = 'render:dorender'",
    );
    this.#claim = database.prepare(`
      UPDATE jobs SET status = 'render:dorender', attempt_id = ?, attempts = attempts + 1, progress = 0,
        started_at = ?, updated_at = ?, revision = ?, output_path = ?, output_url = ?
      WHERE id = ?`);
    this.#texts = database.prepare('SELECT payload, plan FROM job_payloads WHERE job_id = ?');
    this.#firstStart = database.prepare(`
      SELECT min(started_at) AS time FROM attempts
      WHERE job_id = ? AND (outcome IS NULL OR outcome <> 'failed' OR error_code = 'UPLOAD_FAILED')`);
    this.#begin = database.prepare(
      'INSERT INTO attempts (id, job_id, work_dir, started_at, number, run) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#started = database.prepare('UPDATE attempts SET pid = ?, process_started_at = ? WHERE id = ?');
    this.#progress = database.prepare(
      "UPDATE jobs SET progress = max(progress, ?) WHERE attempt_id = ? AND status = 'render:dorender'",
    );
    this.#holder = database.prepare('SELECT attempt_id, status, kill_requested FROM jobs WHERE id = ?');
    this.#end = database.prepare(`
      UPDATE attempts SET ended_at = ?, outcome = ?, error_code = ?, error = ?, render_duration = ?, start_duration = ?
      WHERE id = ? AND ended_at IS NULL`);
    this.#finish = database.prepare(`
      UPDATE jobs SET status = 'finished', progress = 100, finished_at = ?, updated_at = ?, revision = ?,
        render_duration = ?, start_duration = ?, kill_requested = 0, webhook_due = has_webhook,
        output_path = ?, output_url = ?, warnings = ?
      WHERE id = ?`);
    this.#duration = database.prepare('UPDATE jobs SET render_duration = ? WHERE id = ?');
    this.#requeue = database.prepare(`
      UPDATE jobs SET status = 'queued', attempt_id = NULL, progress = 0, run_alone = ?, attempts = attempts - ?,
        updated_at = ?, revision = ?
      WHERE id = ?`);
    this.#unfinished = database.prepare(`
      SELECT id, job_id AS jobId, work_dir AS workDir, pid, process_started_at AS processStartedAt
      FROM attempts WHERE ended_at IS NULL ORDER BY started_at`);
    this.#ended = database.prepare('SELECT id FROM attempts WHERE id = ? AND ended_at IS NOT NULL');
    this.#ofJob = database.prepare(`
      SELECT id, number, run, work_dir AS workDir, started_at AS startedAt, ended_at AS endedAt, outcome,
        error_code AS errorCode, error, render_duration AS renderDuration, start_duration AS startDuration
      FROM attempts WHERE job_id = ? ORDER BY id`);
    this.#appendLog = database.prepare('INSERT INTO logs (job_id, attempt_id, text) VALUES (?, ?, ?)');
    this.#log = database.prepare('SELECT text FROM logs WHERE attempt_id = ? ORDER BY seq');
    this.#lastLog = database.prepare(`
      SELECT text FROM logs WHERE attempt_id = (SELECT max(attempt_id) FROM logs WHERE job_id = ?) ORDER BY seq`);
  }

  /**
   * Takes the next job for an attempt: the highest priority first, then one of the preferred template, then the oldest.
   * A job that must run alone waits until nothing renders, and lets nothing pass it by meanwhile. Its output goes into the
   * folder of the engine that renders it, whichever engine created it.
   *
   * @throws {NotOwnerError}
   */
  claim(claim: Claim): ClaimedJob | undefined {
    // Most calls find an empty queue; those must not take the file's write lock.
    if (this.#choose(claim) === undefined) return undefined;
    return this.#connection.writeAs(claim.owner, () => {
      const next = this.#choose(claim);
      const rendering = this.#rendering.get();
      if (next === undefined || rendering === undefined || rendering.alone === 1) return undefined;
      if (next.run_alone === 1 && rendering.count > 0) return undefined;
      const now = this.#connection.clock();
      const output = outputOf(next, claim.outputDir);
      this.#claim.run(claim.id, now, now, this.#connection.nextRevision(), output.path, output.url, next.id);
      const job = this.#rows.get(next.id);
      const texts = this.#texts.get(next.id);
      if (job === undefined || texts === undefined) return undefined;
      const triedSince = this.#firstStart.get(next.id)?.time ?? null;
      this.#begin.run(claim.id, next.id, claim.workDir, now, job.attempts, job.run);
      return { ...job, ...texts, triedSince };
    });
  }

  /** `processStartedAt` tells the process from a later one with the same pid. */
  started(id: string, pid: number, processStartedAt: string | null): void {
    this.#connection.write(() => this.#started.run(pid, processStartedAt, id));
  }

  /** Percent, 0-100; within an attempt it never goes back. */
  progress(id: string, percent: number): void {
    this.#connection.write(() => this.#progress.run(percent, id));
  }

  /**
   * Writes the end of an attempt, and what it means for the job and its family. An attempt that no longer holds its job
   * changes nothing.
   *
   * @throws {NotOwnerError} The engine that takes over ends the attempt.
   */
  end(attempt: Attempt, outcome: AttemptOutcome): void {
    this.#connection.writeAs(attempt.owner, () => {
      const now = this.#connection.clock();
      this.#endRow(attempt.id, now, outcome);
      const holder = this.#holder.get(attempt.jobId);
      const job = this.#rows.get(attempt.jobId);
      if (job === undefined || holder?.attempt_id !== attempt.id || holder.status !== 'render:dorender') return;
      const parent = job.parentId === null ? undefined : this.#rows.get(job.parentId);
      const isWanted = holder.kill_requested === 0 && (parent === undefined || parent.status === 'pending');
      this.#endJob(job, outcome, isWanted, now);
    });
  }

  /** Whether it is an attempt of this file, and over. */
  hasEnded(id: string): boolean {
    return this.#ended.get(id) !== undefined;
  }

  /** Attempts of which no end is known. */
  unfinished(): UnfinishedAttempt[] {
    return this.#unfinished.all();
  }

  /** The attempts of a job in all of its runs, the first one first. */
  of(jobId: string): AttemptRecord[] {
    return this.#ofJob.all(jobId);
  }

  appendLog({ id, jobId }: Pick<Attempt, 'id' | 'jobId'>, text: string): void {
    this.#connection.write(() => this.#appendLog.run(jobId, id, text));
  }

  /** The log of one attempt; empty if nothing was printed. */
  log(id: string): string {
    return this.#log
      .all(id)
      .map((row) => row.text)
      .join('');
  }

  /** The log of a job's last attempt that printed something; undefined if none did. */
  lastLog(jobId: string): string | undefined {
    const pieces = this.#lastLog.all(jobId);
    return pieces.length === 0 ? undefined : pieces.map((row) => row.text).join('');
  }

  #choose({ templatePath, batches }: Claim): QueuedRow | undefined {
    if (batches !== null) return this.#nextOfBatches.get(JSON.stringify(batches));
    const oldest = this.#next.get();
    if (oldest === undefined || templatePath === null || oldest.run_alone === 1) return oldest;
    return oldest.template_path === templatePath ? oldest : this.#nextOfTemplate.get(templatePath);
  }

  #endRow(id: string, now: number, outcome: AttemptOutcome): void {
    const failed = outcome.outcome === 'failed' || outcome.outcome === 'retried' ? outcome : null;
    this.#end.run(
      now,
      failed === null ? outcome.outcome : 'failed',
      failed?.code ?? null,
      failed?.error ?? null,
      'renderDuration' in outcome ? outcome.renderDuration : null,
      'startDuration' in outcome ? (outcome.startDuration ?? null) : null,
      id,
    );
  }

  /**
   * | outcome | the job, if it is still wanted | if its kill was requested, or its parent has ended |
   * | --- | --- | --- |
   * | published | finished | finished |
   * | failed | error | error |
   * | retried | queued, one retry less | cancelled |
   * | interrupted | queued | cancelled |
   */
  #endJob(job: JobRecord, outcome: AttemptOutcome, isWanted: boolean, now: number): void {
    switch (outcome.outcome) {
      case 'published': {
        const output = outputAt(job, outcome.path ?? job.outputPath);
        const warnings = [...new Set([...job.warnings, ...(outcome.warnings ?? [])])];
        this.#finish.run(
          now,
          now,
          this.#connection.nextRevision(),
          outcome.renderDuration,
          outcome.startDuration ?? null,
          output.path,
          output.url,
          warnings.length === 0 ? null : JSON.stringify(warnings),
          job.id,
        );
        if (job.parentId !== null) this.#family.childFinished(job.parentId);
        break;
      }
      case 'failed':
        this.#duration.run(outcome.renderDuration, job.id);
        this.#family.fail(job.id, outcome.code, outcome.error);
        break;
      case 'retried':
      case 'interrupted': {
        if (!isWanted) {
          this.#family.cancelRendering(job.id);
          break;
        }
        const runAlone = outcome.outcome === 'retried' ? outcome.runAlone : job.runAlone;
        const refund = outcome.outcome === 'interrupted' ? 1 : 0;
        this.#requeue.run(Number(runAlone), refund, now, this.#connection.nextRevision(), job.id);
      }
    }
  }
}

/** Where the output goes in the folder of the engine that renders. */
function outputOf(row: QueuedRow, outputDir: string): { path: string; url: string } {
  const path = row.output_name === null ? within(row.output_path, outputDir) : join(outputDir, row.output_name);
  return outputAt({ outputPath: row.output_path, outputUrl: row.output_url }, path);
}

function outputAt(
  { outputPath, outputUrl }: Pick<JobRecord, 'outputPath' | 'outputUrl'>,
  path: string,
): { path: string; url: string } {
  // A URL of the caller's own (`upload.outputUrl`) is kept.
  const isOurs = outputUrl === pathToFileURL(outputPath).href;
  return { path, url: isOurs ? pathToFileURL(path).href : outputUrl };
}

/** A file of an earlier version stores only the whole path of a job's output. */
function within(path: string, folder: string): string {
  return path.startsWith(folder + sep) ? path : join(folder, basename(path));
}
