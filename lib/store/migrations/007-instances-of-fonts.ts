import type { Migration } from '../migrations.ts';

/** Font files that were read without their named instances are read again. */
export const instancesOfFonts: Migration = {
  name: 'instances of fonts',
  sql: 'DELETE FROM font_files;',
};
