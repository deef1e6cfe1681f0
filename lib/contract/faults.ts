import { isNativeError } from 'node:util/types';
import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type ErrorDetail, ValidationError } from '../errors.ts';

/** Keys and values from outside may be of any length; a message shows so much of one, and so many. */
const LONGEST_WORD = 100;
const MOST_WORDS = 10;

/**
 * The words for a fault, as they read after the path of the field: `template: is required`. Handed to zod with each
 * parse, so that the schemas of a host that uses zod too keep their own words.
 */
export function faultMessage(issue: z.core.$ZodRawIssue): string | undefined {
  // A default that was left out never comes here: only what must be there is missing.
  if (issue.input === undefined && issue.code !== 'custom')
    return issue.path?.length === 0 ? 'an object is required' : 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${typeName(issue.expected)}, not ${typeOf(issue.input)}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'unrecognized_keys':
      return `does not take ${words(issue.keys)}`;
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a time in ISO 8601, such as 2026-01-31T12:00:00Z' : undefined;
    case 'too_small':
      return `must ${amount(issue.origin, 'at least', issue.minimum, issue.inclusive)}`;
    case 'too_big':
      return `must ${amount(issue.origin, 'at most', issue.maximum, issue.inclusive)}`;
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'invalid_union':
      return unionMessage(issue.errors, issue.input);
    default:
      return undefined;
  }
}

/** A reader finds the one that was meant among so few, and a suggestion may be the opposite of it. */
const FEW = 3;

/** The words for a value that is none of a list, with the one that was meant if it is near. */
export function oneOf(values: readonly string[], input: unknown): string {
  const meant = typeof input === 'string' && values.length > FEW ? nearestName(input, values) : undefined;
  const suggestion = meant === undefined ? '' : `; did you mean '${meant}'?`;
  return `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}${suggestion}`;
}

/** The fault of the form that was meant, if the type shows which; else the types that are accepted. */
function unionMessage(forms: readonly z.core.$ZodIssue[][], input: unknown): string | undefined {
  const meant = forms.find(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
  const [fault] = meant ?? [];
  if (fault !== undefined)
    return fault.path.length === 0 ? fault.message : `[${fault.path.join('][')}] ${fault.message}`;
  const types = forms.flatMap((issues) =>
    issues.flatMap((issue) => ('expected' in issue ? typeName(issue.expected) : [])),
  );
  if (types.includes('integer') && typeof input === 'number') return 'must be an integer';
  return types.length === 0 ? undefined : `must be of type ${[...new Set(types)].join(' or ')}, not ${typeOf(input)}`;
}

function amount(origin: string, bound: string, limit: number | bigint, inclusive: boolean | undefined): string {
  if (bound === 'at least' && limit === 1 && (origin === 'string' || origin === 'array')) return 'not be empty';
  if (origin === 'string') return `have ${bound} ${limit} characters`;
  if (origin === 'array') return `hold ${bound} ${limit} entries`;
  if (inclusive === false) return `be ${bound === 'at least' ? 'greater' : 'less'} than ${limit}`;
  return `be ${bound} ${limit}`;
}

function typeName(expected: string): string {
  if (expected === 'int') return 'integer';
  if (expected === 'tuple') return 'array';
  return expected === 'record' ? 'object' : expected;
}

function typeOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'array';
  if (typeof input === 'number' && !Number.isInteger(input)) return Number.isFinite(input) ? 'fraction' : String(input);
  return typeof input;
}

function words(list: readonly string[]): string {
  const shown = list.slice(0, MOST_WORDS).map((word) => `'${shorten(word)}'`);
  const left = list.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}

/** A name from outside, cut to what a message can hold. */
export function shorten(text: string): string {
  return text.length > LONGEST_WORD ? `${text.slice(0, LONGEST_WORD)}…` : text;
}

/** Runs what touches a value of the caller's, whose getters may throw anything. */
export function reading<Result>(field: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw invalid(field, `cannot be read: ${reasonOf(error)}`);
  }
}

/** The message of any thrown value; reading it can throw again. */
export function reasonOf(thrown: unknown): string {
  return isNativeError(thrown) && typeof thrown.message === 'string' ? thrown.message : 'one of its getters throws';
}

export function invalid(field: string, message: string): ValidationError {
  return new ValidationError(`${field || 'body'}: ${message}`, [{ field, message }]);
}

/** More faults of one job than these help no reader. */
const MOST_FAULTS = 20;

export function messageOf(error: z.ZodError, schema?: z.ZodType): string {
  const faults = detailsOf(error, schema).map(({ field, message }) =>
    field === '' ? message : `${field}: ${message}`,
  );
  const left = faults.length - MOST_FAULTS;
  return [...faults.slice(0, MOST_FAULTS), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

/** The faults with their paths; by the schema, with the key that was meant by one that it does not have. */
export function detailsOf(error: z.ZodError, schema?: z.ZodType): ErrorDetail[] {
  return error.issues.map((issue) => {
    const known = schema === undefined || issue.code !== 'unrecognized_keys' ? [] : keysAt(schema, issue.path);
    const meant = issue.code === 'unrecognized_keys' ? suggestedKey(issue.keys, known) : '';
    return { field: pathOf(issue.path), message: issue.message + meant };
  });
}

/** A path as a programmer writes it: `assets[2].layerName`. */
export function pathOf(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? shorten(String(key)) : `${path}.${shorten(String(key))}`;
  }, '');
}

/** Checks a whole value; throws `ValidationError` with every fault. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = reading('body', () => schema.safeParse(value, { error: faultMessage }));
  if (parsed.success) return parsed.data;
  throw new ValidationError(messageOf(parsed.error, schema), detailsOf(parsed.error, schema));
}

function suggestedKey(keys: readonly string[], known: readonly string[]): string {
  const [key] = keys;
  const meant = keys.length === 1 && key !== undefined ? nearestName(key, known) : undefined;
  return meant === undefined ? '' : `; did you mean '${meant}'?`;
}

/** The keys of the object at a path of a schema; none if it is no such object. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const { shape, def } = schema as { shape?: Record<string, unknown>; def?: { innerType?: unknown } };
  if (def?.innerType !== undefined) return keysAt(def.innerType, path);
  const [key, ...rest] = path;
  if (shape === undefined) return [];
  return key === undefined ? Object.keys(shape) : keysAt(shape[String(key)] ?? {}, rest);
}

/** @throws {ValidationError} With the name of the option that is wrong. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  return parseWith(schema, options === undefined ? {} : options);
}

/** More names than this do not help a reader. */
const MOST_LISTED = 20;

/** The words that end a message about a name that does not exist: the nearest one, and those that do. */
export function suggestNames(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return 'there are none';
  const unique = [...new Set(names)];
  const list = unique
    .slice(0, MOST_LISTED)
    .map((name) => `'${name}'`)
    .join(', ');
  const more = unique.length > MOST_LISTED ? ` and ${unique.length - MOST_LISTED} more` : '';
  const nearest = nearestName(wanted, unique);
  return `${nearest === undefined ? '' : `did you mean '${nearest}'? `}there are ${list}${more}`;
}

/** The name that was meant, if one is near enough. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  const short = wanted.slice(0, 200).toLowerCase();
  const ranked = names
    .map((name) => ({ name, steps: distance(short, name.slice(0, 200).toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const [best] = ranked;
  return best !== undefined && best.steps <= Math.max(2, Math.floor(short.length / 3)) ? best.name : undefined;
}

/** So many ids stand in a message. */
const MOST_NAMED_IDS = 5;

export function idsInWords(ids: readonly string[]): string {
  const left = ids.length - MOST_NAMED_IDS;
  return ids.slice(0, MOST_NAMED_IDS).join(', ') + (left > 0 ? ` and ${left} more` : '');
}
