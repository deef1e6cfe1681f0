import { distance } from 'fastest-levenshtein';
import { ASSETS } from '../assets/asset.ts';
import { uploadSchema, webhookSchema } from '../contract/delivery.ts';
import { shorten } from '../contract/faults.ts';
import { settingsSchema } from '../contract/settings.ts';
import type { JobPayload } from './parse.ts';
import { jobShape } from './request.ts';

/** The keys of a job that are none of ours. */
export interface KeyFindings {
  /** A key that is almost one of ours, which the job does not have: its value would be ignored in silence. */
  misspelt: { path: string; meant: string }[];
  /** Every other one: it is stored with the job, and does nothing. `of` says what has it: `an asset of type text`. */
  unknown: { of: string; key: string }[];
}

const keysOf = (shape: object): ReadonlySet<string> => new Set(Object.keys(shape));

/** What is in `local` is not checked: most of it is the caller's own. */
const JOB_KEYS = keysOf(jobShape);
const NESTED_JOB_KEYS = new Set([...keysOf(ASSETS.job.schema.shape), 'assets']);
const TEMPLATE_KEYS = new Set([...keysOf(jobShape.template.shape), 'name']);
const PARTS: [key: string, known: ReadonlySet<string>][] = [
  ['template', TEMPLATE_KEYS],
  ['settings', keysOf(settingsSchema.shape)],
  ['upload', keysOf(uploadSchema.shape)],
  ['webhook', keysOf(webhookSchema.shape)],
];
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
