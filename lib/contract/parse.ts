import type { z } from 'zod';
import { type ErrorCode, type ErrorDetail, ValidationError } from '../errors.ts';
import { LARGEST_BATCH } from './batch.ts';
import { type JobCreation, jobCreationSchema } from './job.ts';
import { depthOf } from './nesting.ts';
import { type TemplateInput, templateSchema } from './template.ts';

/** The jobs of a batch are nested at most so deep: a job with its own nested one is 2 levels. */
export const DEEPEST_NESTING = 8;
/** Of one job: more faults than these are not read by anybody. */
const MOST_FAULTS = 20;

/** Checks the envelope of a batch and gives its jobs, each still unchecked. */
export function parseBatch(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('', 'must be an object with jobs');
  }
  const { jobs } = body as { jobs?: unknown };
  if (jobs === undefined) throw invalid('jobs', 'is required');
  if (!Array.isArray(jobs)) throw invalid('jobs', 'must be an array');
  if (jobs.length < 1 || jobs.length > LARGEST_BATCH) {
    throw invalid('jobs', `must hold 1 to ${LARGEST_BATCH} jobs; it holds ${jobs.length}`);
  }
  return [...jobs];
}

function invalid(field: string, message: string): ValidationError {
  return new ValidationError(`${field || 'body'}: ${message}`, [{ field, message }]);
}

export type ParsedJob = { ok: true; job: JobCreation } | { ok: false; code: ErrorCode; message: string };

/** Checks one job, nested ones included; tells all of its faults together. Never throws, whatever it is given. */
export function parseJob(value: unknown): ParsedJob {
  try {
    const depth = depthOf(value, DEEPEST_NESTING);
    if (depth > DEEPEST_NESTING) {
      return {
        ok: false,
        code: 'NESTING_TOO_DEEP',
        message: `Jobs are nested more than ${DEEPEST_NESTING} levels deep`,
      };
    }
    const parsed = jobCreationSchema.safeParse(value);
    if (parsed.success) return { ok: true, job: parsed.data };
    return { ok: false, code: codeOf(parsed.error), message: messageOf(parsed.error) };
  } catch (error) {
    // A getter of the caller's object threw, or the object has no end.
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, code: 'VALIDATION_ERROR', message: `The job cannot be read: ${reason}` };
  }
}

function codeOf(error: z.ZodError): ErrorCode {
  const [first] = error.issues;
  return first?.code === 'custom' && first.params?.errorCode === 'CODEC_UNKNOWN' ? 'CODEC_UNKNOWN' : 'VALIDATION_ERROR';
}

function messageOf(error: z.ZodError): string {
  const faults = detailsOf(error).map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  const left = faults.length - MOST_FAULTS;
  return [...faults.slice(0, MOST_FAULTS), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

/** zod tells a missing value by its type; a person reads that it is missing. */
function wordsOf(message: string): string {
  if (/received undefined$/.test(message)) return 'is required';
  return message.replace(/^Invalid input: expected (.*), received (.*)$/, 'must be of type $1, not $2');
}

/** The faults with their paths as a programmer writes them: `assets[2].layerName`. */
export function detailsOf(error: z.ZodError): ErrorDetail[] {
  return error.issues.map((issue) => ({
    field: issue.path.reduce<string>(
      (path, key) =>
        typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
      '',
    ),
    message: wordsOf(issue.message),
  }));
}

export function parseTemplate(body: unknown): TemplateInput {
  return parseWith(templateSchema, body);
}

/** Checks a whole value; throws `ValidationError` with every fault. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ValidationError(messageOf(parsed.error), detailsOf(parsed.error));
}
