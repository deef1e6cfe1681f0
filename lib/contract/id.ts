import { ValidationError } from '../errors.ts';

/** Crockford's base 32, 26 characters: a ULID. */
export const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** A template's id is checked more loosely, as in the cloud. */
export const TEMPLATE_ID = /^[A-Z0-9]{26}$/;
const MOST_IDS = 1_000;

export type IdKind = 'batch' | 'job' | 'template' | 'font';

/** Gives the id back, or throws `ValidationError`. */
export function parseId(kind: IdKind, id: unknown): string {
  const pattern = kind === 'template' ? TEMPLATE_ID : ULID;
  if (typeof id === 'string' && pattern.test(id)) return id;
  const message = 'must be an id of 26 capital letters and digits';
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
