import type { Migration } from '../migrations.ts';

/** What is kept of a font file gains its characters, its weight and its slant, so every file is read once more. */
export const charactersOfFonts: Migration = {
  name: 'characters of fonts',
  sql: `
    DELETE FROM font_files;
    ALTER TABLE font_files ADD COLUMN characters TEXT NOT NULL DEFAULT '[]';
  `,
};
