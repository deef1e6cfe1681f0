import type { Statement } from 'better-sqlite3';
import type { Connection } from './database.ts';
import type { JobRecord, NewJob } from './records.ts';

/** The one list of the columns of `jobs`: what a record calls a fact, and what the table calls it. */
const COLUMNS = {
  id: 'id',
  batchId: 'batch_id',
  parentId: 'parent_id',
  index: 'position',
  assetIndex: 'asset_index',
  status: 'status',
  progress: 'progress',
  priority: 'priority',
  templateId: 'template_id',
  templatePath: 'template_path',
  templateType: 'template_type',
  totalAssets: 'total_assets',
  outputName: 'output_name',
  outputPath: 'output_path',
  outputUrl: 'output_url',
  place: 'place',
  renderer: 'renderer',
  hasWebhook: 'has_webhook',
  missingFonts: 'missing_fonts',
  fontNeeds: 'font_needs',
  warnings: 'warnings',
  tags: 'tags',
  metadata: 'metadata',
  run: 'run',
  attempts: 'attempts',
  runAlone: 'run_alone',
  error: 'error',
  errorCode: 'error_code',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  errorAt: 'error_at',
  renderDuration: 'render_duration',
  startDuration: 'start_duration',
} as const satisfies Record<keyof JobRecord, string>;

type Column<Fact> = Fact extends boolean ? number : Fact extends readonly unknown[] ? string | null : Fact;

/** A row as it is selected by `JOB_COLUMNS`: flags are 0 or 1, lists are JSON. */
export type JobRow = { [Key in keyof JobRecord]: Column<JobRecord[Key]> };

/** For `SELECT … FROM jobs`: every column under the name that a record has for it. */
export const JOB_COLUMNS = Object.entries(COLUMNS)
  .map(([key, column]) => `jobs.${column} AS "${key}"`)
  .join(', ');

export function jobOf(row: JobRow): JobRecord {
  return {
    ...row,
    hasWebhook: row.hasWebhook === 1,
    runAlone: row.runAlone === 1,
    missingFonts: listOf(row.missingFonts),
    fontNeeds: listOf(row.fontNeeds),
    warnings: listOf(row.warnings),
    tags: listOf(row.tags),
    metadata: typeof row.metadata === 'string' ? JSON.parse(row.metadata) : null,
  };
}

/** An empty list is stored as NULL. */
function listOf<Entry>(json: string | null): Entry[] {
  return json === null ? [] : (JSON.parse(json) as Entry[]);
}

/** The columns that an insert fills; the others begin with their defaults. */
const INSERTED = [
  'id',
  'parentId',
  'index',
  'assetIndex',
  'status',
  'priority',
  'templateId',
  'templatePath',
  'templateType',
  'totalAssets',
  'outputName',
  'outputPath',
  'outputUrl',
  'place',
  'renderer',
  'hasWebhook',
  'missingFonts',
  'fontNeeds',
  'warnings',
  'tags',
  'metadata',
] as const satisfies (keyof NewJob & keyof JobRecord)[];

/** So many rows go into one statement: each call into SQLite costs as much as a row. */
const ROWS_AT_ONCE = 50;

function insertJobs(rows: number): string {
  const marks = `(${['batch', 'created', 'updated', 'revision', ...INSERTED].map(() => '?').join(', ')})`;
  return `
    INSERT INTO jobs (batch_id, created_at, updated_at, revision, ${INSERTED.map((key) => COLUMNS[key]).join(', ')})
    VALUES ${Array(rows).fill(marks).join(', ')}`;
}

function insertTexts(rows: number): string {
  return `INSERT INTO job_payloads (job_id, payload, plan) VALUES ${Array(rows).fill('(?, ?, ?)').join(', ')}`;
}

/** Reads one job, and inserts many. */
export class JobRows {
  readonly #connection: Connection;
  readonly #get: Statement<[string], JobRow>;
  readonly #jobs: Record<'one' | 'many', Statement<unknown[]>>;
  readonly #texts: Record<'one' | 'many', Statement<unknown[]>>;
  readonly #tag: Statement<[tag: string, id: string]>;

  constructor(connection: Connection) {
    const { database } = connection;
    this.#connection = connection;
    this.#get = database.prepare(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = ?`);
    this.#jobs = { one: database.prepare(insertJobs(1)), many: database.prepare(insertJobs(ROWS_AT_ONCE)) };
    this.#texts = { one: database.prepare(insertTexts(1)), many: database.prepare(insertTexts(ROWS_AT_ONCE)) };
    this.#tag = database.prepare('INSERT INTO job_tags (tag, job_id) VALUES (?, ?)');
  }

  get(id: string): JobRecord | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : jobOf(row);
  }

  /** Parents stand before their children. The caller has opened the transaction. */
  insert(batchId: string | null, jobs: readonly NewJob[]): void {
    const now = this.#connection.clock();
    const revision = this.#connection.nextRevision();
    for (let from = 0; from < jobs.length; ) {
      const isMany = jobs.length - from >= ROWS_AT_ONCE;
      const some = jobs.slice(from, from + (isMany ? ROWS_AT_ONCE : 1));
      const size = isMany ? 'many' : 'one';
      const values: unknown[] = [];
      const texts: unknown[] = [];
      for (const job of some) {
        values.push(batchId, now, now, revision);
        for (const key of INSERTED) values.push(storedAs(job[key]));
        texts.push(job.id, job.payload, job.plan);
      }
      this.#jobs[size].run(values);
      this.#texts[size].run(texts);
      from += some.length;
    }
    for (const job of jobs) for (const tag of job.tags) this.#tag.run(tag, job.id);
  }
}

function storedAs(fact: NewJob[(typeof INSERTED)[number]]): string | number | null {
  if (Array.isArray(fact)) return fact.length === 0 ? null : JSON.stringify(fact);
  return typeof fact === 'boolean' ? Number(fact) : fact;
}
