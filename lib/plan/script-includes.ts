import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { MOST_BYTES, readRegularFile } from '../files.ts';
import { decodeText } from '../text-encoding.ts';

/** The files that a script includes, as ExtendScript finds them. */
interface ScriptIncludes {
  /** `to` is the path from the folder of the script, with `/`; it may lead up. */
  found: { from: string; to: string }[];
  /** As the script writes them. */
  missing: string[];
}

/** `#include "a.jsx"`, or `//@include` so that other programs read it as a comment. */
const DIRECTIVE = /^[ \t]*(?:#|\/\/[ \t]*@)(include|includepath)[ \t]+(?:"([^"\r\n]+)"|'([^'\r\n]+)'|([^\s;]+))/gm;

/** More is a mistake: files that include each other under ever new names. */
const MOST_FILES = 1_000;

/** Follows the includes of a script. A compiled one names none that could be read. */
export async function findIncludes(script: string): Promise<ScriptIncludes> {
  const found = new Map<string, string>();
  const missing = new Set<string>();
  const open = [script];
  for (let next = open.pop(); next !== undefined && found.size < MOST_FILES; next = open.pop()) {
    const folders = [dirname(next)];
    for (const [, directive, double, single, bare] of (await textOf(next)).matchAll(DIRECTIVE)) {
      const value = double ?? single ?? bare ?? '';
      if (directive === 'includepath') {
        folders.push(...value.split(';').map((folder) => resolve(dirname(next), folder)));
        continue;
      }
      const path = await firstOf(folders.map((folder) => resolve(folder, value.replaceAll('\\', '/'))));
      if (path === null) missing.add(value);
      else if (!isAbsolute(value) && !found.has(path)) {
        found.set(path, relative(dirname(script), path).split(sep).join('/'));
        open.push(path);
      }
    }
  }
  found.delete(script);
  return { found: [...found].map(([from, to]) => ({ from, to })), missing: [...missing] };
}

/** How many folders up from the script its includes lead. */
export function levelsUp(includes: ScriptIncludes['found']): number {
  return Math.max(0, ...includes.map(({ to }) => posix.normalize(to).split('/').lastIndexOf('..') + 1));
}

async function textOf(path: string): Promise<string> {
  try {
    return decodeText(await readRegularFile(path, { maxBytes: MOST_BYTES.script }));
  } catch {
    // Compiled, in a code page, or gone: ExtendScript has its own words for that.
    return '';
  }
}

async function firstOf(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const isThere = await readRegularFile(path, { maxBytes: MOST_BYTES.script }).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
