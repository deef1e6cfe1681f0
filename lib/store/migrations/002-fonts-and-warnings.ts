import type { Migration } from '../migrations.ts';

/**
 * The engine's font library, what was read of the font files of this machine, and what a job needs and was warned of.
 * Models of templates are kept under a key that names the form of the model as well; those of an older form are read
 * again from their files.
 */
export const fontsAndWarnings: Migration = {
  name: 'fonts and warnings',
  sql: `
    ALTER TABLE jobs ADD COLUMN font_needs TEXT;
    ALTER TABLE jobs ADD COLUMN warnings TEXT;

    CREATE TABLE fonts (
      id TEXT PRIMARY KEY,
      family_name TEXT NOT NULL,
      file_name TEXT NOT NULL,
      hash TEXT NOT NULL,
      faces TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE font_files (
      path TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      modified_at REAL NOT NULL,
      faces TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    DROP TABLE template_models;
    CREATE TABLE template_models (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, model TEXT NOT NULL) STRICT;
  `,
};
