import type { Migration } from '../migrations.ts';

/**
 * The plan of a job beside its payload, its tags in a table of their own, and the facts that answers show without a look
 * at either. Jobs and batches count their runs: only a retry opens what has ended. Attempts keep how they ended, logs
 * belong to attempts, and `owner` numbers the engines that have held the right to render, one after the other.
 */
export const plansRunsAndOwnership: Migration = {
  name: 'plans, runs and ownership',
  sql: `
    ALTER TABLE job_payloads ADD COLUMN plan TEXT;

    ALTER TABLE jobs ADD COLUMN run INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE jobs ADD COLUMN output_name TEXT;
    ALTER TABLE jobs ADD COLUMN place TEXT;
    ALTER TABLE jobs ADD COLUMN renderer TEXT;
    ALTER TABLE jobs ADD COLUMN start_duration REAL;
    ALTER TABLE jobs ADD COLUMN has_webhook INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE jobs ADD COLUMN webhook_due INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE batches ADD COLUMN run INTEGER NOT NULL DEFAULT 1;

    UPDATE jobs SET has_webhook = 1
    WHERE id IN (SELECT job_id FROM job_payloads WHERE json_type(payload, '$.webhook') = 'object');
    CREATE INDEX jobs_webhook_due ON jobs (revision) WHERE webhook_due = 1;
    DROP INDEX jobs_pending;

    CREATE TABLE job_tags (
      tag TEXT NOT NULL,
      job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      PRIMARY KEY (tag, job_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_of_job ON job_tags (job_id);

    INSERT OR IGNORE INTO job_tags (tag, job_id)
    SELECT trim(tag.value), job_id
    FROM job_payloads, json_each(
      CASE json_type(payload, '$.tags')
        WHEN 'array' THEN json_extract(payload, '$.tags')
        WHEN 'text' THEN '[' || replace(json_quote(json_extract(payload, '$.tags')), ',', '","') || ']'
        ELSE '[]' END) AS tag
    WHERE tag.type = 'text';

    DROP TRIGGER jobs_end_once;
    CREATE TRIGGER jobs_end_once_a_run BEFORE UPDATE OF status ON jobs
    WHEN OLD.status IN ('finished', 'error', 'manually_cancelled') AND NEW.status <> OLD.status
      AND NOT (NEW.status IN ('queued', 'pending') AND NEW.run = OLD.run + 1)
    BEGIN
      SELECT RAISE(ABORT, 'a job ends exactly once in a run');
    END;

    CREATE TRIGGER jobs_opened_again AFTER UPDATE OF status ON jobs
    WHEN NEW.batch_id IS NOT NULL AND NEW.parent_id IS NULL AND NEW.status IN ('queued', 'pending')
      AND OLD.status IN ('finished', 'error', 'manually_cancelled')
    BEGIN
      UPDATE batches SET
        finished = finished - (OLD.status = 'finished'),
        error = error - (OLD.status <> 'finished')
      WHERE id = NEW.batch_id;
    END;

    ALTER TABLE attempts ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE attempts ADD COLUMN run INTEGER NOT NULL DEFAULT 1;
    UPDATE attempts SET number =
      (SELECT count(*) FROM attempts AS earlier WHERE earlier.job_id = attempts.job_id AND earlier.id <= attempts.id);
    ALTER TABLE attempts ADD COLUMN outcome TEXT;
    ALTER TABLE attempts ADD COLUMN error TEXT;
    ALTER TABLE attempts ADD COLUMN error_code TEXT;
    ALTER TABLE attempts ADD COLUMN render_duration REAL;
    ALTER TABLE attempts ADD COLUMN start_duration REAL;

    ALTER TABLE logs ADD COLUMN attempt_id TEXT;
    UPDATE logs SET attempt_id = (SELECT max(id) FROM attempts WHERE attempts.job_id = logs.job_id);
    CREATE INDEX logs_of_attempt ON logs (attempt_id, seq);

    CREATE TABLE owner (
      only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
      number INTEGER NOT NULL
    ) STRICT;
    INSERT INTO owner VALUES (1, 0);
  `,
};
