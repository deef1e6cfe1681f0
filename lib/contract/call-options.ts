/** The options that calls take besides what they are about: their shapes, and their checks. */
import { z } from 'zod';
import { parseWith } from './faults.ts';
import { ULID } from './id.ts';

export interface WaitOptions {
  /** Ends the wait with the signal's reason; the batch goes on. */
  signal?: AbortSignal;
}

export interface CreateOptions {
  /** Answers the same and stores nothing: ids of such an answer name nothing. */
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

export interface CancelOptions {
  /** `skip` (the default, as the cloud does): a job that renders goes on. `kill`: it is killed with its whole process tree. */
  running?: 'skip' | 'kill';
}

export interface ListOptions {
  /** 1-1,000; default 100. */
  limit?: number;
  /** The id of the last batch of the page before. */
  after?: string;
}

export interface CloseOptions {
  /** `finish` (the default) waits for what renders; `kill` ends it, to be rendered again after the next open. */
  running?: 'finish' | 'kill';
  /** With `kill`: after so many seconds the engine is closed whatever still runs, and the call rejects. Default 30. */
  timeout?: number;
}

export interface ResumeOptions {
  /** Only jobs of these batches are rendered, by id; 1-1,000. */
  batches?: readonly string[];
}

export interface RetryOptions {
  /** Only jobs in these states; both by default. */
  states?: readonly ('error' | 'manually_cancelled')[];
  /** Only these top-level jobs of the batch, by id; 1-1,000. */
  jobs?: readonly string[];
}

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

/** @throws {ValidationError} With the name of the option that is wrong. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  return parseWith(schema, options === undefined ? {} : options);
}

/** So many ids stand in a message. */
const MOST_IDS = 5;

export function idsInWords(ids: readonly string[]): string {
  const left = ids.length - MOST_IDS;
  return ids.slice(0, MOST_IDS).join(', ') + (left > 0 ? ` and ${left} more` : '');
}
