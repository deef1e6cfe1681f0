import { z } from 'zod';
import { JOB_STATUSES } from '../status.ts';
import { parseWith } from './parse.ts';

const statusSchema = z.enum(JOB_STATUSES);
/** The API writes a list with commas; an array is taken as well. */
const statusesSchema = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(statusSchema),
) as z.ZodType<(typeof JOB_STATUSES)[number][], string | (typeof JOB_STATUSES)[number][]>;
const dateSchema = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The filters of `jobs.list`, with the names of the API's query. */
const jobListSchema = z.strictObject({
  states: statusesSchema.optional(),
  exclude_states: statusesSchema.optional(),
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(100),
  from_date: dateSchema.optional(),
  to_date: dateSchema.optional(),
  sort: z.enum(['oldest_first', 'newest_first', 'random', 'priority']).default('oldest_first'),
  tags: z.array(z.string()).optional(),
});

export type JobListInput = z.input<typeof jobListSchema>;

export function parseJobList(options: unknown) {
  const { exclude_states, from_date, to_date, ...rest } = parseWith(jobListSchema, options);
  return { ...rest, excludeStates: exclude_states, fromDate: from_date, toDate: to_date };
}
