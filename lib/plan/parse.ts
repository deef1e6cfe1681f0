/**
 * What a caller sent, checked: the envelope of a batch, and one job. Whatever the host's objects are made of, every
 * fault becomes an answer, never a crash.
 */
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { ASSETS, type NestedJob, nestedJobSchema } from '../assets/asset.ts';
import { uploadSchema, webhookSchema } from '../contract/delivery.ts';
import { faultMessage, invalid, messageOf, pathOf, reading, reasonOf, shorten } from '../contract/faults.ts';
import { localSchema } from '../contract/local.ts';
import { settingsSchema } from '../contract/settings.ts';
import type { ErrorCode } from '../errors.ts';
import { type JobCreation, jobCreationSchema, jobShape, LARGEST_BATCH } from './request.ts';

/** The jobs of a batch are nested at most so deep: a job with its own nested one is 2 levels. */
const DEEPEST_NESTING = 8;

/** Checks the envelope of a batch and gives its jobs, each still unchecked. */
export function parseBatch(body: unknown): unknown[] {
  // A revoked proxy throws even from `Array.isArray`.
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

type ParsedJob =
  | {
      ok: true;
      job: JobCreation;
      /** The job as it is stored: what JSON makes of the caller's object, read once. */
      payload: JobPayload;
      /** The same as text. */
      json: string;
      /** Unknown keys: they are stored, and do nothing. */
      unknownKeys: KeyFindings['unknown'];
    }
  | { ok: false; code: ErrorCode; message: string };

/** What the caller sent for a job, as plain data: no getter, proxy or `toJSON` of the caller's is left in it. */
export type JobPayload = { assets?: JobPayload[]; [key: string]: unknown };

/** Checks one job, nested ones included; reports all of its faults together. Never throws, whatever it is given. */
export function parseJob(value: unknown, alike = new AlikeJobs()): ParsedJob {
  const snapshot = snapshotOf(value);
  if (!snapshot.ok) return { ok: false, code: 'VALIDATION_ERROR', message: snapshot.message };
  const { value: payload, json } = snapshot;
  const deep = tooDeepAt(payload, DEEPEST_NESTING);
  if (deep !== null) {
    const message = `${deep}: Jobs are nested more than ${DEEPEST_NESTING} levels deep`;
    return { ok: false, code: 'NESTING_TOO_DEEP', message };
  }
  const checked = isObject(payload) ? alike.check(payload, json) : null;
  return checked === null ? checkWhole(payload, json) : { ok: true, ...checked, payload: payload as JobPayload, json };
}

function checkWhole(payload: unknown, json: string): ParsedJob {
  const parsed = jobCreationSchema.safeParse(payload, { error: faultMessage });
  const { misspelt, unknown } = checkKeys(isObject(payload) ? payload : {});
  const typos = misspelt.map(({ path, meant }) => `${path}: is no key of a job; did you mean '${meant}'?`);
  if (parsed.success && typos.length === 0) {
    return { ok: true, job: parsed.data, payload: payload as JobPayload, json, unknownKeys: unknown };
  }
  const shown = typos.slice(0, MOST_TYPOS);
  const known = new Set(misspelt.map(({ path }) => path));
  // A key that is misspelt has been named with the one that was meant.
  const others = parsed.error?.issues.filter((issue) => !(issue.code === 'unrecognized_keys' && isKnown(issue, known)));
  if (others === undefined || others.length === 0)
    return { ok: false, code: 'VALIDATION_ERROR', message: shown.join('; ') };
  const error = new z.ZodError(others);
  return { ok: false, code: codeOf(error), message: [...shown, messageOf(error)].join('; ') };
}

function isKnown({ path, keys }: { path: PropertyKey[]; keys: string[] }, known: ReadonlySet<string>): boolean {
  return keys.every((key) => known.has(pathOf([...path, key])));
}

type CheckedJob = Pick<ParsedJob & { ok: true }, 'job' | 'unknownKeys'>;

/**
 * The jobs of one call are most often alike in all but their assets: what they have in common is checked once, and the
 * values of it are shared by their results.
 */
export class AlikeJobs {
  /** By the JSON of a job without its assets; null if that has faults. */
  readonly #seen = new Map<string, CheckedJob | null>();

  /** Null if the job has faults: `checkWhole` finds them all together. `json` is the same job as text. */
  check(payload: JobPayload, json: string): CheckedJob | null {
    if (payload.assets === undefined) return this.#commonOf(payload, json);
    const { assets, ...common } = payload;
    const known = this.#commonOf(common, JSON.stringify(common));
    if (known === null) return null;
    const parsed = jobShape.assets.safeParse(assets);
    if (!parsed.success) return null;
    const { misspelt, unknown } = checkKeys({ assets });
    if (misspelt.length > 0) return null;
    return { job: { ...known.job, assets: parsed.data }, unknownKeys: [...known.unknownKeys, ...unknown] };
  }

  #commonOf(common: JobPayload, key: string): CheckedJob | null {
    const seen = this.#seen.get(key);
    if (seen !== undefined) return seen;
    const parsed = jobCreationSchema.safeParse(common);
    const { misspelt, unknown } = checkKeys(common);
    const checked = parsed.success && misspelt.length === 0 ? { job: parsed.data, unknownKeys: unknown } : null;
    this.#seen.set(key, checked);
    return checked;
  }
}

/** More are most often one mistake, made in every asset. */
const MOST_TYPOS = 10;

function isObject(value: unknown): value is JobPayload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a job that was accepted and stored before. An earlier version stored a nested job with its defaults filled in, so
 * with settings beside `preview`.
 */
export function parseStoredJob(
  payload: JobPayload,
  { nested }: { nested: boolean },
): { ok: true; job: JobCreation | NestedJob } | { ok: false; code: ErrorCode; message: string } {
  if (!nested) return parseJob(payload);
  const { settings, ...rest } = payload;
  const own = payload.preview === true || settings === undefined ? rest : payload;
  const parsed = nestedJobSchema.safeParse(own, { error: faultMessage });
  if (parsed.success) return { ok: true, job: parsed.data };
  return { ok: false, code: codeOf(parsed.error), message: messageOf(parsed.error) };
}

/**
 * What is checked is what is stored: JSON makes something else of a `toJSON`, a getter or a boxed number, so the job is
 * turned into JSON once and read from there.
 */
function snapshotOf(value: unknown): { ok: true; value: unknown; json: string } | { ok: false; message: string } {
  try {
    const unstorable = jsonFault(value);
    if (unstorable !== null) return { ok: false, message: `The job cannot be stored: it ${unstorable}` };
    const json: string | undefined = JSON.stringify(value);
    return json === undefined ? { ok: true, value: undefined, json: '' } : { ok: true, value: JSON.parse(json), json };
  } catch (error) {
    return { ok: false, message: `The job cannot be read: ${reasonOf(error)}` };
  }
}

function codeOf(error: z.ZodError): ErrorCode {
  const [first] = error.issues;
  return first?.code === 'custom' && first.params?.errorCode === 'CODEC_UNKNOWN' ? 'CODEC_UNKNOWN' : 'VALIDATION_ERROR';
}

/** A longer list of assets is refused by its schema, which says so. */
const MOST_ASSETS = 10_000;

/**
 * The path of a job that is nested deeper than `limit` levels; null if there is none. Without recursion: a payload from
 * outside may be nested deeper than the stack is.
 */
function tooDeepAt(value: unknown, limit: number): string | null {
  let level = new Map<unknown, PropertyKey[]>([[value, []]]);
  for (let depth = 1; level.size > 0; depth += 1) {
    const [first] = level.values();
    if (depth > limit) return pathOf(first ?? []);
    // A map: visit a shared object once per level.
    const next = new Map<unknown, PropertyKey[]>();
    for (const [job, path] of level)
      for (const [index, nested] of nestedJobsOf(job))
        if (!next.has(nested)) next.set(nested, [...path, 'assets', index]);
    level = next;
  }
  return null;
}

/** The nested jobs of a job, by their places among its assets. */
function nestedJobsOf(job: unknown): [number, unknown][] {
  if (typeof job !== 'object' || job === null) return [];
  const { assets } = job as { assets?: unknown };
  if (!Array.isArray(assets) || assets.length > MOST_ASSETS) return [];
  return [...assets.entries()].filter(([, asset]: [number, { type?: unknown } | null]) => asset?.type === 'job');
}

/** SQLite reads JSON down to level 1,000; no asset of After Effects comes near this. */
const DEEPEST_LEVEL = 200;
/** In JSON, so many values are megabytes; in memory, an array may contain one small object a million times. */
const MOST_VALUES = 1_000_000;
const TOO_MANY_VALUES = `holds more than ${MOST_VALUES} values`;

/**
 * Why a value cannot be stored as JSON and read again; null if it can. A payload may be any object of the host's:
 * without an end, with one part in a thousand places, or with what JSON has no form for.
 */
function jsonFault(value: unknown): string | null {
  let level: unknown[] = [value];
  let count = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST_LEVEL) return `is nested more than ${DEEPEST_LEVEL} levels deep`;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'bigint') return 'holds a BigInt, which JSON has no form for; give a number or a text';
      if (typeof item !== 'object' || item === null) continue;
      if (ArrayBuffer.isView(item)) return 'holds bytes, which JSON has no form for; give a path or a data: URI';
      // An array may hold less than its length, which is what JSON writes.
      if (Array.isArray(item)) count += item.length;
      if (count > MOST_VALUES) return TOO_MANY_VALUES;
      const parts = Object.values(item);
      if (!Array.isArray(item)) count += parts.length;
      if (count > MOST_VALUES) return TOO_MANY_VALUES;
      for (const part of parts) next.push(part);
    }
    level = next;
  }
  return null;
}

/** The keys of a job that are none of ours. */
export interface KeyFindings {
  /** A key that is almost one of ours, which the job does not have: its value would be ignored in silence. */
  misspelt: { path: string; meant: string }[];
  /** Every other one: it is stored with the job, and does nothing. `of` says what has it: `an asset of type text`. */
  unknown: { of: string; key: string }[];
}

const keysOf = (shape: object): ReadonlySet<string> => new Set(Object.keys(shape));

const JOB_KEYS = keysOf(jobShape);
const NESTED_JOB_KEYS = new Set([...keysOf(ASSETS.job.schema.shape), 'assets']);
const TEMPLATE_KEYS = new Set([...keysOf(jobShape.template.shape), 'name']);
const PARTS: [key: string, known: ReadonlySet<string>][] = [
  ['template', TEMPLATE_KEYS],
  ['settings', keysOf(settingsSchema.shape)],
  ['upload', keysOf(uploadSchema.shape)],
  ['webhook', keysOf(webhookSchema.shape)],
];
const LOCAL_KEYS = keysOf(localSchema.shape);
const ASSET_KEYS: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ...Object.entries(ASSETS).map(([type, { schema }]) => [type, keysOf(schema.shape)] as const),
  ['job', NESTED_JOB_KEYS],
]);

/** Looks at the keys of a job and everything in it, nested jobs included. */
export function checkKeys(job: JobPayload): KeyFindings {
  const findings: KeyFindings = { misspelt: [], unknown: [] };
  checkObject(job, { known: JOB_KEYS, of: 'a job', path: '' }, findings);
  checkParts(job, '', findings);
  return findings;
}

function checkParts(job: JobPayload, path: string, findings: KeyFindings): void {
  for (const [key, known] of PARTS) checkObject(job[key], { known, of: key, path: `${path}${key}.` }, findings);
  // Its other keys are the caller's own.
  checkObject(job.local, { known: LOCAL_KEYS, of: 'local', path: `${path}local.` }, { ...findings, unknown: [] });
  if (!Array.isArray(job.assets)) return;
  for (const [position, asset] of job.assets.entries()) {
    const place = `${path}assets[${position}].`;
    const known = ASSET_KEYS.get(asset?.type);
    if (known === undefined) continue;
    checkObject(asset, { known, of: `an asset of type ${asset.type}`, path: place }, findings);
    if (asset.type === 'job') checkParts(asset, place, findings);
  }
}

interface Level {
  known: ReadonlySet<string>;
  of: string;
  path: string;
}

function checkObject(value: unknown, { known, of, path }: Level, findings: KeyFindings): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const meant = [...known].find((name) => !Object.hasOwn(value, name) && isNear(key, name));
    if (meant === undefined) findings.unknown.push({ of, key: shorten(key) });
    else findings.misspelt.push({ path: path + shorten(key), meant });
  }
}

/** Two letters of a long name may be wrong, one of a short one, or two swapped; case, spaces, `_` and `-` do not count. */
function isNear(key: string, name: string): boolean {
  if (Math.abs(key.length - name.length) > 10) return false;
  const [written, known] = [plain(key), plain(name)];
  const steps = distance(written, known);
  return steps <= Math.min(2, Math.floor(name.length / 3)) || (steps === 2 && lettersOf(written) === lettersOf(known));
}

function lettersOf(name: string): string {
  return [...name].sort().join('');
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
