import type { Migration } from '../migrations.ts';

/** What a caller gave a job to be known by, as every answer and event shows it: its metadata, and its tags in their order. */
export const metadataOfJobs: Migration = {
  name: 'metadata of jobs',
  sql: `
    ALTER TABLE jobs ADD COLUMN metadata TEXT;
    ALTER TABLE jobs ADD COLUMN tags TEXT;
    UPDATE jobs SET tags = (SELECT json_group_array(tag) FROM job_tags WHERE job_id = jobs.id)
    WHERE id IN (SELECT job_id FROM job_tags);
  `,
};
