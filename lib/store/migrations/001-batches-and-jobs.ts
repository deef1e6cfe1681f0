import type { Migration } from '../migrations.ts';

/**
 * A batch keeps the counts of its top-level jobs, moved by triggers, so that reading it costs the same in a file of ten
 * jobs and of a million. A job's payload lies in a table of its own: scans of the queue never read it.
 */
export const batchesAndJobs: Migration = {
  name: 'batches and jobs',
  sql: `
    CREATE TABLE batches (
      id TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      total INTEGER NOT NULL DEFAULT 0,
      finished INTEGER NOT NULL DEFAULT 0,
      error INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE jobs (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      batch_id TEXT REFERENCES batches (id) ON DELETE CASCADE,
      parent_id TEXT REFERENCES jobs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      asset_index INTEGER,
      status TEXT NOT NULL,
      progress REAL NOT NULL DEFAULT 0,
      priority REAL NOT NULL DEFAULT 0,
      template_id TEXT,
      template_path TEXT NOT NULL,
      template_type TEXT NOT NULL,
      total_assets INTEGER NOT NULL,
      output_path TEXT NOT NULL,
      output_url TEXT NOT NULL,
      missing_fonts TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      attempt_id TEXT,
      run_alone INTEGER NOT NULL DEFAULT 0,
      kill_requested INTEGER NOT NULL DEFAULT 0,
      error TEXT,
      error_code TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      started_at INTEGER,
      finished_at INTEGER,
      error_at INTEGER,
      render_duration REAL,
      revision INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE job_payloads (
      job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
      payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX jobs_of_batch ON jobs (batch_id, position) WHERE batch_id IS NOT NULL;
    CREATE INDEX jobs_of_parent ON jobs (parent_id) WHERE parent_id IS NOT NULL;
    CREATE INDEX jobs_queue ON jobs (priority DESC, seq) WHERE status = 'queued';
    CREATE INDEX jobs_pending ON jobs (seq) WHERE status = 'pending';
    CREATE INDEX jobs_rendering ON jobs (seq) WHERE status = 'render:dorender';
    CREATE INDEX jobs_revision ON jobs (revision);

    CREATE TRIGGER jobs_counted AFTER INSERT ON jobs WHEN NEW.batch_id IS NOT NULL AND NEW.parent_id IS NULL
    BEGIN
      UPDATE batches SET total = total + 1 WHERE id = NEW.batch_id;
    END;

    CREATE TRIGGER jobs_ended AFTER UPDATE OF status ON jobs
    WHEN NEW.batch_id IS NOT NULL AND NEW.parent_id IS NULL AND NEW.status <> OLD.status
      AND NEW.status IN ('finished', 'error', 'manually_cancelled')
    BEGIN
      UPDATE batches SET
        finished = finished + (NEW.status = 'finished'),
        error = error + (NEW.status <> 'finished')
      WHERE id = NEW.batch_id;
    END;

    CREATE TRIGGER jobs_end_once BEFORE UPDATE OF status ON jobs
    WHEN OLD.status IN ('finished', 'error', 'manually_cancelled') AND NEW.status <> OLD.status
    BEGIN
      SELECT RAISE(ABORT, 'a job ends exactly once');
    END;

    CREATE TABLE attempts (
      id TEXT PRIMARY KEY,
      job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      work_dir TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      pid INTEGER,
      process_started_at TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX attempts_of_job ON attempts (job_id);
    CREATE INDEX attempts_unfinished ON attempts (started_at) WHERE ended_at IS NULL;

    CREATE TABLE logs (
      seq INTEGER PRIMARY KEY,
      job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      text TEXT NOT NULL
    ) STRICT;

    CREATE INDEX logs_of_job ON logs (job_id, seq);

    CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
    INSERT INTO revision VALUES (1, 0);

    CREATE TABLE lease (
      only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
      id TEXT NOT NULL,
      pid INTEGER NOT NULL,
      process_started_at TEXT,
      heartbeat_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE templates (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      display_name TEXT NOT NULL,
      path TEXT NOT NULL,
      hash TEXT NOT NULL,
      status TEXT NOT NULL,
      error TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX jobs_of_template ON jobs (template_id)
      WHERE template_id IS NOT NULL AND status IN ('queued', 'pending', 'render:dorender');

    CREATE TABLE template_models (hash TEXT PRIMARY KEY, model TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
