/** The options that calls take besides what they are about: their shapes, and their checks. */
import { z } from 'zod';
import { JOB_STATUSES, type JobStatus } from '../status.ts';
import { parseWith } from './faults.ts';
import { ULID } from './fields.ts';

/** Options of `batches.wait`, `batches.watch` and `engine.idle`. */
export interface WaitOptions {
  /** Ends the wait with the signal's reason; the batch goes on. */
  signal?: AbortSignal;
}

/** Options of `batches.create`. */
export interface CreateOptions {
  /**
   * Answers the same and stores nothing: ids of such an answer name nothing. On a machine without After Effects a job that
   * only After Effects could render passes with a warning.
   */
  dryRun?: boolean;
  /** Called for each warning of a job that was accepted; `jobs.warnings` gives them later as well. */
  onWarning?: (warning: JobWarning) => void;
}

/** What does not keep a job from being rendered, but may not be what was wanted. */
export interface JobWarning {
  /** The job's position in the request. */
  index: number;
  message: string;
}

/** Options of `batches.cancel` and `jobs.cancel`. */
export interface CancelOptions {
  /** `skip` (the default, as the cloud does): a job that renders goes on. `kill`: it is killed with its whole process tree. */
  running?: 'skip' | 'kill';
}

/** Options of `batches.list`. */
export interface ListOptions {
  /** 1-1,000; default 100. */
  limit?: number;
  /** The id of the last batch of the page before. */
  after?: string;
}

/** Options of `engine.close`. */
export interface CloseOptions {
  /** `finish` (the default) waits for what renders; `kill` ends it, to be rendered again after the next open. */
  running?: 'finish' | 'kill';
  /** With `kill`: after so many seconds the engine is closed whatever still runs, and the call rejects. Default 30. */
  timeout?: number;
}

/** Options of `engine.resume`. */
export interface ResumeOptions {
  /** Only jobs of these batches are rendered, by id; 1-1,000. */
  batches?: readonly string[];
}

/** Options of `batches.retry`. */
export interface RetryOptions {
  /** Only jobs in these states; both by default. */
  states?: readonly ('error' | 'manually_cancelled')[];
  /** Only these top-level jobs of the batch, by id; 1-1,000. */
  jobs?: readonly string[];
}

/** Options of `engine.prune`. */
export interface PruneOptions {
  /** What ended before this time is removed; a Date, or a time in ISO 8601. */
  olderThan: Date | string;
}

/** A part of a list; all of it if both are left out. */
export interface TemplatePage {
  /** At most so many; 0-1,000,000. */
  limit?: number;
  /** After so many; default 0. */
  offset?: number;
}

const signal = z.instanceof(AbortSignal, { message: 'must be an AbortSignal' }).optional();
const onWarning = z.custom<(warning: JobWarning) => unknown>((value) => typeof value === 'function', {
  message: 'must be a function',
});

export const waitOptions = z.strictObject({ signal });
export const createOptions = z.strictObject({ dryRun: z.boolean().default(false), onWarning: onWarning.optional() });
export const cancelOptions = z.strictObject({ running: z.enum(['skip', 'kill']).default('skip') });
export const listOptions = z.strictObject({
  limit: z.int().min(1).max(1_000).default(100),
  after: z.string().optional(),
});
export const resumeOptions = z.strictObject({
  batches: z.array(z.string().regex(ULID, 'must be the id of a batch')).min(1).max(1_000).optional(),
});
export const retryOptions = z.strictObject({
  states: z
    .array(z.enum(['error', 'manually_cancelled']))
    .min(1)
    .optional(),
  jobs: z.array(z.string().regex(ULID, 'must be the id of a job')).min(1).max(1_000).optional(),
});
export const pruneOptions = z.strictObject({
  olderThan: z.union([z.date(), z.iso.datetime({ offset: true })]).transform((time) => new Date(time).getTime()),
});
export const workersOption = z.strictObject({ workers: z.int().min(1).max(64) });
export const closeOptions = z.strictObject({
  running: z.enum(['finish', 'kill']).default('finish'),
  timeout: z.number().positive().max(86_400).default(30),
});

export const templatePage = z.strictObject({
  limit: z.int().min(0).max(1_000_000).optional(),
  offset: z.int().min(0).default(0),
});

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
export const jobListSchema = z.strictObject({
  states: statusesSchema.optional(),
  exclude_states: statusesSchema.optional(),
  from: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(100),
  from_date: dateSchema.optional(),
  to_date: dateSchema.optional(),
  sort: z.enum(['oldest_first', 'newest_first', 'random', 'priority']).default('oldest_first'),
  tags: listOf(z.string()).optional(),
});

/** Filters of `jobs.list`, with the names of the API's query; all of them hold. */
export interface JobListInput {
  /** Only these states; as an array, or as one text with commas. */
  states?: string | JobStatus[] | undefined;
  /** All states but these. */
  exclude_states?: string | JobStatus[] | undefined;
  /** Only jobs with one of these tags. */
  tags?: string | string[] | undefined;
  /** Created at this time or after, ISO 8601. */
  from_date?: string | undefined;
  /** Created at this time or before. */
  to_date?: string | undefined;
  /** Default `oldest_first`. `priority`: the highest first, then the oldest. */
  sort?: 'oldest_first' | 'newest_first' | 'random' | 'priority' | undefined;
  /** At most so many, 1-1,000; default 100. */
  limit?: number | undefined;
  /** After so many; default 0. */
  from?: number | undefined;
}

export function parseJobList(options: unknown) {
  const { exclude_states, from_date, to_date, ...rest } = parseWith(jobListSchema, options);
  return { ...rest, excludeStates: exclude_states, fromDate: from_date, toDate: to_date };
}
