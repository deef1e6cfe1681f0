import { z } from 'zod';
import { JOB_STATUSES } from '../status.ts';
import { parseWith } from './faults.ts';

/** Each entry becomes a value of the statement, and SQLite takes no more than 32,766. */
const MOST_ENTRIES = 1_000;

/** The API writes a list with commas; an array is taken as well. */
function listOf<Entry extends string>(entry: z.ZodType<Entry>) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
    z.array(entry).max(MOST_ENTRIES),
  ) as z.ZodType<Entry[], string | Entry[]>;
}

const statusesSchema = listOf(z.enum(JOB_STATUSES));
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
  tags: listOf(z.string()).optional(),
});

export type JobListInput = z.input<typeof jobListSchema>;

export function parseJobList(options: unknown) {
  const { exclude_states, from_date, to_date, ...rest } = parseWith(jobListSchema, options);
  return { ...rest, excludeStates: exclude_states, fromDate: from_date, toDate: to_date };
}
