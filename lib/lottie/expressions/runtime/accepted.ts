import type { PropertyFacts } from '../model.ts';
import { PathValue } from './path-value.ts';
import type { RawValue } from './track.ts';
import { plainOf } from './vectors.ts';

/** What an expression gives, in the form of its property. Throws where it does not fit, as After Effects does. */
export function accepted(given: unknown, { kind, size }: PropertyFacts): RawValue {
  const value = plainOf(given);
  if (value === undefined || value === null) throw new Error('it gives no value');
  if (kind === 'text') return acceptedText(value);
  if (kind === 'path') return acceptedPath(value);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const numbers = list.slice(0, Math.max(size, 1)).map(numberIn);
  // A point may leave out its depth, a colour its alpha.
  const least = size > 2 ? size - 1 : size;
  if (numbers.length < least) throw new Error(`it gives ${numbers.length} numbers where ${size} are needed`);
  if (size === 1 && list.length > 1) throw new Error(`it gives ${list.length} numbers where 1 is needed`);
  return numbers;
}

/** A number that is written as a text counts, as `toFixed` gives it. */
export function numberIn(part: unknown): number {
  const plain = plainOf(part);
  const counts = typeof plain === 'number' || typeof plain === 'boolean' || (typeof plain === 'string' && plain !== '');
  const number = counts ? Number(plain) : Number.NaN;
  if (!Number.isFinite(number))
    throw new Error(`it gives ${counts ? String(plain).slice(0, 40) : typeof plain}, which is no number`);
  return number;
}

/** Lottie breaks lines with a carriage return; Skia draws nothing for a NUL, and a half surrogate is no character. */
export function acceptedText(value: unknown): string {
  if (typeof value === 'object' && !Array.isArray(value)) throw new Error('it gives no text: styles are not evaluated');
  if (typeof value === 'function') throw new Error('it gives a function');
  const text = String(value);
  if (text.length > 100_000) throw new Error('it gives a text of more than 100,000 characters');
  return text
    .replaceAll('\0', '')
    .replace(/\r\n|\n/g, '\r')
    .toWellFormed();
}

export function acceptedPath(value: unknown): RawValue {
  if (!(value instanceof PathValue)) throw new Error('it gives no path');
  const [v, i, o] = [value.points(), value.inTangents(), value.outTangents()];
  if (v.length > 10_000) throw new Error('it gives a path of more than 10,000 points');
  return { v, i, o, c: value.isClosed() };
}
