import type { Statement } from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { NewJob } from './records.ts';

/** Inserts jobs; the caller has opened the transaction. */
export class JobWriter {
  readonly #connection: Connection;
  readonly #job: Statement;
  readonly #payload: Statement;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#job = connection.database.prepare(`
      INSERT INTO jobs (id, batch_id, parent_id, position, asset_index, status, priority, template_id, template_path,
        template_type, total_assets, output_path, output_url, missing_fonts, font_needs, warnings, created_at, updated_at,
        revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#payload = connection.database.prepare('INSERT INTO job_payloads (job_id, payload) VALUES (?, ?)');
  }

  /** Parents stand before their children. */
  insert(batchId: string | null, jobs: readonly NewJob[]): void {
    const now = this.#connection.clock();
    const revision = this.#connection.nextRevision();
    for (const job of jobs) {
      this.#job.run(
        job.id,
        batchId,
        job.parentId,
        job.index,
        job.assetIndex,
        job.status,
        job.priority,
        job.templateId,
        job.templatePath,
        job.templateType,
        job.totalAssets,
        job.outputPath,
        job.outputUrl,
        listJson(job.missingFonts),
        listJson(job.fontNeeds),
        listJson(job.warnings),
        now,
        now,
        revision,
      );
      this.#payload.run(job.id, job.payload);
    }
  }
}

function listJson(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
