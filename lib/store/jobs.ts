import type { Statement } from 'better-sqlite3';
import type { WebhookInput } from '../contract/delivery.ts';
import { ConflictError } from '../errors.ts';
import type { JobPlan, PlannedWebhook } from '../plan/job-plan.ts';
import { isCancellable } from '../status.ts';
import type { Connection } from './database.ts';
import type { JobFamily } from './job-family.ts';
import { JOB_COLUMNS, type JobRow, type JobRows, jobOf } from './job-rows.ts';
import type { JobFilter, JobRecord, NewJob } from './records.ts';

/** The rows of `jobs`, but for what an attempt does to them. */
export class JobTable {
  readonly #connection: Connection;
  readonly #rows: JobRows;
  readonly #family: JobFamily;
  readonly #texts: Statement<[string], { payload: string; plan: string | null }>;
  readonly #children: Statement<[string], JobRow>;
  readonly #changedSince: Statement<[number], JobRow>;
  readonly #runningOf: Statement<[string], { id: string }>;
  readonly #queued: Statement<[], { some: number }>;
  readonly #rendering: Statement<[], { some: number }>;
  readonly #missingFonts: Statement<[string, string]>;
  readonly #requestKill: Statement<[string]>;
  readonly #killRequests: Statement<[], { id: string }>;
  readonly #usingTemplate: Statement<[string], { id: string }>;
  readonly #unendedOutputs: Statement<[], { id: string; name: string }>;
  readonly #outputsBelow: Statement<[string], { id: string; path: string }>;
  readonly #nextRunOfBatch: Statement<[string]>;
  readonly #dueWebhooks: Statement<[], { id: string }>;
  readonly #takeWebhook: Statement<[string]>;

  constructor(connection: Connection, rows: JobRows, family: JobFamily) {
    const { database } = connection;
    this.#connection = connection;
    this.#rows = rows;
    this.#family = family;
    const select = `SELECT ${JOB_COLUMNS} FROM jobs`;
    this.#texts = database.prepare('SELECT payload, plan FROM job_payloads WHERE job_id = ?');
    this.#children = database.prepare(`${select} WHERE parent_id = ? ORDER BY asset_index`);
    this.#changedSince = database.prepare(`${select} WHERE revision > ? ORDER BY revision, seq`);
    this.#runningOf = database.prepare(
      "SELECT id FROM jobs WHERE batch_id = ? AND status = 'render:dorender' ORDER BY seq",
    );
    this.#queued = database.prepare("SELECT EXISTS (SELECT 1 FROM jobs WHERE status = 'queued') AS some");
    this.#rendering = database.prepare("SELECT EXISTS (SELECT 1 FROM jobs WHERE status = 'render:dorender') AS some");
    this.#missingFonts = database.prepare('UPDATE jobs SET missing_fonts = ? WHERE id = ?');
    this.#requestKill = database.prepare(
      "UPDATE jobs SET kill_requested = 1 WHERE id = ? AND status = 'render:dorender'",
    );
    this.#killRequests = database.prepare(
      "SELECT id FROM jobs WHERE status = 'render:dorender' AND kill_requested = 1",
    );
    this.#usingTemplate = database.prepare(
      "SELECT id FROM jobs WHERE template_id = ? AND status IN ('queued', 'pending', 'render:dorender') ORDER BY seq",
    );
    this.#unendedOutputs = database.prepare(
      "SELECT id, output_name AS name FROM jobs WHERE status IN ('queued', 'pending', 'render:dorender') AND output_name IS NOT NULL",
    );
    this.#outputsBelow = database.prepare(`
      WITH RECURSIVE family (id) AS (
        SELECT id FROM jobs WHERE parent_id = ? UNION ALL SELECT jobs.id FROM jobs JOIN family ON jobs.parent_id = family.id
      )
      SELECT jobs.id, output_path AS path FROM family JOIN jobs USING (id) WHERE status = 'finished'`);
    this.#nextRunOfBatch = database.prepare(
      'UPDATE batches SET run = run + 1 WHERE id = ? AND total = finished + error',
    );
    this.#dueWebhooks = database.prepare('SELECT id FROM jobs WHERE webhook_due = 1 ORDER BY revision');
    this.#takeWebhook = database.prepare('UPDATE jobs SET webhook_due = 0 WHERE id = ?');
  }

  /** Stores a job that belongs to no batch, with its descendants. */
  insert(jobs: readonly NewJob[]): void {
    this.#connection.writeDurably(() => this.#rows.insert(null, jobs));
  }

  get(id: string): JobRecord | undefined {
    return this.#rows.get(id);
  }

  /** The caller's words for this job, as JSON, verbatim; undefined if the job is gone. */
  payload(id: string): string | undefined {
    return this.#texts.get(id)?.payload;
  }

  /** The `JobPlan`, as JSON; null for a job that has none yet (a file of an earlier version). */
  plan(id: string): string | null {
    return this.#texts.get(id)?.plan ?? null;
  }

  /** The files, below the output folder, that jobs which have not ended are going to make. */
  unendedOutputs(): { id: string; name: string }[] {
    return this.#unendedOutputs.all();
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

  /** Whether nothing is queued and nothing renders, in whichever process. */
  areIdle(): boolean {
    return this.#queued.get()?.some === 0 && this.#rendering.get()?.some === 0;
  }

  /** The ids of a template's jobs that have not ended, the oldest first. */
  usingTemplate(templateId: string): string[] {
    return this.#usingTemplate.all(templateId).map((row) => row.id);
  }

  /** The number of the latest change of any job's status. */
  revision(): number {
    return this.#connection.revision();
  }

  /** The jobs whose status has changed since, as they are now. */
  changedSince(revision: number): JobRecord[] {
    return this.#changedSince.all(revision).map(jobOf);
  }

  addMissingFonts(id: string, fonts: readonly string[]): void {
    this.#connection.write(() => {
      const job = this.#rows.get(id);
      if (job === undefined) return;
      this.#missingFonts.run(JSON.stringify([...new Set([...job.missingFonts, ...fonts])]), id);
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
        const status = this.#rows.get(id)?.status;
        if (status !== undefined && isCancellable(status)) continue;
        const found = status === undefined ? `No job has the id ${id}` : `Job ${id} is ${status}`;
        throw new ConflictError('NOT_CANCELLABLE', `${found}; only queued and pending jobs can be cancelled.`);
      }
      return this.#family.cancel(ids);
    });
  }

  /** The outputs of the finished descendants of a job. */
  outputsBelow(id: string): { id: string; path: string }[] {
    return this.#outputsBelow.all(id);
  }

  /**
   * Opens failed or cancelled top-level jobs again, all or none, under their ids and in their batch, which begins its next
   * run if it had ended. `lostOutputs`: finished descendants whose file is gone, which are rendered again too.
   *
   * @throws {ConflictError} `NOT_RETRYABLE`
   */
  retry(ids: readonly string[], lostOutputs: ReadonlySet<string>): JobRecord[] {
    return this.#connection.writeDurably(() => {
      const jobs = ids.map((id) => retryable(id, this.#rows.get(id)));
      for (const batchId of new Set(jobs.flatMap((job) => job.batchId ?? []))) this.#nextRunOfBatch.run(batchId);
      for (const id of ids) this.#family.reopen(id, lostOutputs);
      return ids.flatMap((id) => this.#rows.get(id) ?? []);
    });
  }

  /** Notes that these renders are to be killed, for the process that holds the file. */
  requestKill(ids: readonly string[]): void {
    this.#connection.writeDurably(() => {
      for (const id of ids) this.#requestKill.run(id);
    });
  }

  killRequests(): string[] {
    return this.#killRequests.all().map((row) => row.id);
  }

  /** The ended jobs whose webhook no engine has claimed yet. The engine that claims one emits it. */
  takeWebhooks(): { job: JobRecord; webhook: PlannedWebhook }[] {
    // Most calls find none; those must not take the file's write lock.
    if (this.#dueWebhooks.get() === undefined) return [];
    return this.#connection.write(() =>
      this.#dueWebhooks.all().flatMap(({ id }) => {
        this.#takeWebhook.run(id);
        const job = this.#rows.get(id);
        const texts = this.#texts.get(id);
        const webhook = texts === undefined ? null : webhookOf(texts);
        return job === undefined || webhook === null ? [] : [{ job, webhook }];
      }),
    );
  }
}

function retryable(id: string, job: JobRecord | undefined): JobRecord {
  if (job?.status === 'error' || job?.status === 'manually_cancelled') return job;
  const found = job === undefined ? `No job has the id ${id}` : `Job ${id} is ${job.status}`;
  throw new ConflictError('NOT_RETRYABLE', `${found}; only a job that failed or was cancelled can be retried.`);
}

/** As it was planned; a job of an earlier version of the file has it in its payload alone. */
function webhookOf({ payload, plan }: { payload: string; plan: string | null }): PlannedWebhook | null {
  if (plan !== null) return (JSON.parse(plan) as JobPlan).webhook;
  const { webhook } = JSON.parse(payload) as { webhook?: WebhookInput };
  if (webhook === undefined) return null;
  const { url, method = 'POST', headers = {} } = webhook;
  return { url, method, headers, ...(webhook.custom === true ? { body: webhook.data } : {}) };
}

const ORDERS = {
  oldest_first: 'seq',
  newest_first: 'seq DESC',
  random: 'random()',
  priority: 'priority DESC, seq',
} as const satisfies Record<NonNullable<JobFilter['sort']>, string>;

/** The statement of `jobs.list`; every value from outside is bound, never written into the text. */
function jobListQuery(filter: JobFilter): { sql: string; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, ...bound: unknown[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');
  if (filter.states !== undefined) add(`status IN (${marks(filter.states)})`, ...filter.states);
  if (filter.excludeStates !== undefined)
    add(`status NOT IN (${marks(filter.excludeStates)})`, ...filter.excludeStates);
  if (filter.fromDate !== undefined) add('created_at >= ?', filter.fromDate);
  if (filter.toDate !== undefined) add('created_at <= ?', filter.toDate);
  if (filter.tags !== undefined)
    add(`id IN (SELECT job_id FROM job_tags WHERE tag IN (${marks(filter.tags)}))`, ...filter.tags);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const order = ORDERS[filter.sort ?? 'oldest_first'];
  values.push(filter.limit ?? 100, filter.from ?? 0);
  return { sql: `SELECT ${JOB_COLUMNS} FROM jobs ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, values };
}
