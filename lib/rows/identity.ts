import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { Cell } from './jsonl.ts';

/** What a film is made of. Two rows with the same one give the same film, wherever they are in a sheet. */
export interface RowIdentity {
  /** The SHA-256 of everything below, in hexadecimal. */
  hash: string;
  /** What the row holds, by column. */
  values: Record<string, Cell>;
  /** The SHA-256 of the template file, in hexadecimal. */
  template: string;
  composition: string | null;
  /** The SHA-256 of what the rows of the sheet have in common, in hexadecimal. */
  settings: string;
  /** The files that the row names: size and time of each, by column. */
  files: Record<string, string>;
}

export function identityOf(parts: Omit<RowIdentity, 'hash'>): RowIdentity {
  return { hash: hashOf(parts), ...parts };
}

/** The SHA-256 of a value, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // As a list of pairs: an object would have the key __proto__ for its own.
  return entries.map(([key, part]) => [key, sorted(part)]);
}

/** By what a file is known to be the same: to read a thousand pictures whole would take longer than to check the sheet. */
export function fileMark(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} bytes of ${new Date(mtimeMs).toISOString()}`;
  } catch {
    return 'not there';
  }
}
