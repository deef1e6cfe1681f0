import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
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
] as const satisfies (keyof NewJob & keyof JobRecord)[];

const INSERT = `
  INSERT INTO jobs (batch_id, created_at, updated_at, revision, ${INSERTED.map((key) => COLUMNS[key]).join(', ')})
  VALUES (?, ?, ?, ?, ${INSERTED.map(() => '?').join(', ')})`;

/** Inserts jobs; the caller has opened the transaction. */
export class JobWriter {
  readonly #connection: Connection;
  readonly #job: Statement<unknown[]>;
  readonly #texts: Statement<[id: string, payload: string, plan: string | null]>;
  readonly #tag: Statement<[tag: string, id: string]>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#job = connection.database.prepare(INSERT);
    this.#texts = connection.database.prepare('INSERT INTO job_payloads (job_id, payload, plan) VALUES (?, ?, ?)');
    this.#tag = connection.database.prepare('INSERT INTO job_tags (tag, job_id) VALUES (?, ?)');
  }

  /** Parents stand before their children. */
  insert(batchId: string | null, jobs: readonly NewJob[]): void {
    const now = this.#connection.clock();
    const revision = this.#connection.nextRevision();
    for (const job of jobs) {
      this.#job.run(batchId, now, now, revision, ...INSERTED.map((key) => storedAs(job[key])));
      this.#texts.run(job.id, job.payload, job.plan);
      for (const tag of job.tags) this.#tag.run(tag, job.id);
    }
  }
}

function storedAs(fact: NewJob[(typeof INSERTED)[number]]): string | number | null {
  if (Array.isArray(fact)) return fact.length === 0 ? null : JSON.stringify(fact);
  return typeof fact === 'boolean' ? Number(fact) : fact;
}
