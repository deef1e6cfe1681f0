import { isNativeError } from 'node:util/types';
import type { z } from 'zod';
import { type ErrorCode, type ErrorDetail, ValidationError } from '../errors.ts';
import { LARGEST_BATCH } from './batch.ts';
import { faultMessage, shorten } from './fault-message.ts';
import { type JobCreation, jobCreationSchema } from './job.ts';
import { jsonFault } from './json-value.ts';
import { depthOf } from './nesting.ts';
import { type TemplateInput, templateSchema } from './template.ts';

/** The jobs of a batch are nested at most so deep: a job with its own nested one is 2 levels. */
export const DEEPEST_NESTING = 8;
/** Of one job: more faults than these are not read by anybody. */
const MOST_FAULTS = 20;

/** Checks the envelope of a batch and gives its jobs, each still unchecked. */
export function parseBatch(body: unknown): unknown[] {
  // A proxy that was revoked throws even where it is only asked whether it is an array.
  const isEnvelope = reading('body', () => typeof body === 'object' && body !== null && !Array.isArray(body));
  if (!isEnvelope) throw invalid('', 'must be an object with jobs');
  const jobs = reading('body', () => (body as { jobs?: unknown }).jobs);
  if (jobs === undefined) throw invalid('jobs', 'is required');
  if (!Array.isArray(jobs)) throw invalid('jobs', 'must be an array');
  const length = reading('jobs', () => jobs.length);
  if (!(length >= 1 && length <= LARGEST_BATCH)) {
    throw invalid('jobs', `must hold 1 to ${LARGEST_BATCH} jobs; it holds ${length}`);
  }
  // By index: an array may have an iterator of its own, which need not end.
  return reading('jobs', () => Array.from({ length }, (_, index): unknown => jobs[index]));
}

/** Runs what touches a value of the caller's, whose getters may throw anything. */
function reading<Result>(field: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw invalid(field, `cannot be read: ${reasonOf(error)}`);
  }
}

/** Of whatever was thrown; asking it for a text might throw again. */
function reasonOf(thrown: unknown): string {
  return isNativeError(thrown) && typeof thrown.message === 'string' ? thrown.message : 'one of its getters throws';
}

function invalid(field: string, message: string): ValidationError {
  return new ValidationError(`${field || 'body'}: ${message}`, [{ field, message }]);
}

export type ParsedJob =
  | {
      ok: true;
      job: JobCreation;
      /** The job as it is stored: what JSON makes of the caller's object, read once. */
      payload: JobPayload;
    }
  | { ok: false; code: ErrorCode; message: string };

/** What the caller sent for a job, as plain data: no getter, proxy or `toJSON` of the caller's is left in it. */
export type JobPayload = { assets?: JobPayload[]; [key: string]: unknown };

/** Checks one job, nested ones included; reports all of its faults together. Never throws, whatever it is given. */
export function parseJob(value: unknown): ParsedJob {
  const snapshot = snapshotOf(value);
  if (!snapshot.ok) return { ok: false, code: 'VALIDATION_ERROR', message: snapshot.message };
  const payload = snapshot.value;
  if (depthOf(payload, DEEPEST_NESTING) > DEEPEST_NESTING) {
    return { ok: false, code: 'NESTING_TOO_DEEP', message: `Jobs are nested more than ${DEEPEST_NESTING} levels deep` };
  }
  const parsed = jobCreationSchema.safeParse(payload, { error: faultMessage });
  if (parsed.success) return { ok: true, job: parsed.data, payload: payload as JobPayload };
  return { ok: false, code: codeOf(parsed.error), message: messageOf(parsed.error) };
}

/**
 * What is checked is what is stored: JSON makes something else of a `toJSON`, a getter or a boxed number, so the job is
 * turned into JSON once and read from there.
 */
function snapshotOf(value: unknown): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    const unstorable = jsonFault(value);
    if (unstorable !== null) return { ok: false, message: `The job cannot be stored: it ${unstorable}` };
    const json: string | undefined = JSON.stringify(value);
    return { ok: true, value: json === undefined ? undefined : JSON.parse(json) };
  } catch (error) {
    return { ok: false, message: `The job cannot be read: ${reasonOf(error)}` };
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

/** The faults with their paths as a programmer writes them: `assets[2].layerName`. */
export function detailsOf(error: z.ZodError): ErrorDetail[] {
  return error.issues.map((issue) => ({
    field: issue.path.reduce<string>(
      (path, key) =>
        typeof key === 'number'
          ? `${path}[${key}]`
          : path === ''
            ? shorten(String(key))
            : `${path}.${shorten(String(key))}`,
      '',
    ),
    message: issue.message,
  }));
}

export function parseTemplate(body: unknown): TemplateInput {
  return parseWith(templateSchema, body);
}

/** Checks a whole value; throws `ValidationError` with every fault. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = reading('body', () => schema.safeParse(value, { error: faultMessage }));
  if (parsed.success) return parsed.data;
  throw new ValidationError(messageOf(parsed.error), detailsOf(parsed.error));
}
