/** Single fields that callers send: names, texts, paths and ids. */
import { z } from 'zod';
import { ValidationError } from '../errors.ts';
import { shorten } from './faults.ts';
import { unsafePathReason } from './file-name.ts';

/** Generous limits: no real layer name or text is longer. */
const LONGEST_NAME = 1_000;
const LONGEST_VALUE = 1_000_000;

/** A name of a layer, composition or property, as After Effects shows it; it travels through a log and a script. */
export const nameSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(LONGEST_NAME, `must be at most ${LONGEST_NAME} characters`)
  .refine((text) => !text.includes('\0'), 'must not contain a NUL character')
  .refine((text) => text.isWellFormed(), 'must not contain half of a surrogate pair');

/** A text that ends up on the screen: anything that a keyboard can write. */
export const valueSchema = z.string().max(LONGEST_VALUE, `must be at most ${LONGEST_VALUE} characters`);

/** A `src`: a path, a `file:` URL or a `data:` URI, which may be large. */
export const sourceSchema = z
  .string()
  .min(1, 'must not be empty')
  .refine((text) => !text.includes('\0'), 'must not contain a NUL character');

/** A relative path that is safe under a folder of ours. */
export const safePathSchema = z.string().superRefine((path, context) => {
  const reason = unsafePathReason(path);
  if (reason !== null) context.addIssue({ code: 'custom', message: reason });
});

/** Crockford's base 32, 26 characters: a ULID. */
export const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** A template's id is checked more loosely, as in the cloud. */
export const TEMPLATE_ID = /^[A-Z0-9]{26}$/;
const MOST_IDS = 1_000;

type IdKind = 'batch' | 'job' | 'template' | 'font';

/** Gives the id back, or throws `ValidationError`. */
export function parseId(kind: IdKind, id: unknown): string {
  const pattern = kind === 'template' ? TEMPLATE_ID : ULID;
  if (typeof id === 'string' && pattern.test(id)) return id;
  const given = typeof id === 'string' ? `, not '${shorten(id)}'` : '';
  const message = `must be an id of 26 capital letters and digits${given}`;
  throw new ValidationError(`The ${kind} id ${message}`, [{ field: 'id', message }]);
}

/** 1 to 1,000 different ids. */
export function parseIds(kind: IdKind, ids: unknown): string[] {
  if (Array.isArray(ids) && ids.length >= 1 && ids.length <= MOST_IDS) {
    const parsed = ids.map((id: unknown) => parseId(kind, id));
    if (new Set(parsed).size === parsed.length) return parsed;
  }
  const message = `must be 1 to ${MOST_IDS} different ids`;
  throw new ValidationError(`The ${kind} ids ${message}`, [{ field: 'ids', message }]);
}
