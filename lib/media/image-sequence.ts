import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Numbered pictures of one folder, in their order. */
export interface ImageSequence {
  folder: string;
  names: string[];
}

/** `frame_[0001-0010].png`, as After Effects shows a sequence; or `frame_[####].png` for all that there are. */
const PATTERN = /^(.*)\[(?:(\d+)-(\d+)|(#+))\](.*)$/;

export function isSequencePattern(path: string): boolean {
  return PATTERN.test(basename(path));
}

/** The pictures of a pattern; or why it has none. */
export async function sequenceOfPattern(path: string): Promise<ImageSequence | { missing: string }> {
  const folder = dirname(path);
  const [, before = '', first, last, , after = ''] = PATTERN.exec(basename(path)) ?? [];
  const there = await numberedIn(folder);
  const fitting = there.filter((file) => file.before === before && file.after === after);
  if (first === undefined || last === undefined)
    return fitting.length === 0 ? { missing: path } : { folder, names: inOrder(fitting) };
  const byNumber = new Map(fitting.map((file) => [file.number, file]));
  const names: string[] = [];
  for (let number = Number(first); number <= Number(last) && names.length < MOST_PICTURES; number += 1) {
    const file = byNumber.get(number);
    if (file === undefined)
      return { missing: join(folder, before + String(number).padStart(first.length, '0') + after) };
    names.push(file.name);
  }
  return names.length === 0 ? { missing: path } : { folder, names };
}

/** The numbered pictures of a folder, if they are one sequence; null if they are none, or several. */
export async function sequenceInFolder(folder: string): Promise<ImageSequence | null> {
  const files = await numberedIn(folder);
  const [first] = files;
  if (first === undefined || files.some(({ before, after }) => before !== first.before || after !== first.after))
    return null;
  return { folder, names: inOrder(files) };
}

/** More than any film has. */
const MOST_PICTURES = 1_000_000;

interface NumberedFile {
  name: string;
  before: string;
  number: number;
  after: string;
}

async function numberedIn(folder: string): Promise<NumberedFile[]> {
  return numbered(await readdir(folder).catch(() => [])); // No such folder: no pictures.
}

const NUMBERED = /^(.*?)(\d+)(\.\w+)$/;

function numbered(names: readonly string[]): NumberedFile[] {
  return names.flatMap((name) => {
    const [, before = '', digits, after = ''] = NUMBERED.exec(name) ?? [];
    return digits === undefined || name.startsWith('.') ? [] : [{ name, before, number: Number(digits), after }];
  });
}

/** Those of a folder's files that are of one sequence with this one, in their order. */
export function sequenceOf(first: string, names: readonly string[]): string[] {
  const [, before, , after] = NUMBERED.exec(first) ?? [];
  return inOrder(numbered(names).filter((file) => file.before === before && file.after === after));
}

/**
 * As many names as there are pictures, from that of the first on and without a gap: After Effects shows colour bars for
 * a number that is not there.
 */
export function consecutiveNames(first: string, count: number): string[] {
  const [, before = '', digits = '0', after = ''] = NUMBERED.exec(first) ?? [];
  const start = Number(digits);
  return Array.from({ length: count }, (_, at) => before + String(start + at).padStart(digits.length, '0') + after);
}

function inOrder(files: readonly NumberedFile[]): string[] {
  return files.toSorted((a, b) => a.number - b.number).map(({ name }) => name);
}
