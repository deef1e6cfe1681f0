import { z } from 'zod';

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
