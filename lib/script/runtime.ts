import { readFileSync } from 'node:fs';
import { ownFile } from '../own-files.ts';

/** Adobe's own way for one script to name another; each file of the runtime names what it needs. */
const INCLUDE = /^\/\/@include "([^"]+)"$/gm;

const texts = new Map<string, string>();

/**
 * The ExtendScript that carries out these types of steps: the file of each, what they include, and the loop over the
 * job's steps. ES3: `test/script/runtime.test.ts` parses every file as such.
 */
export function runtimeFor(types: Iterable<string>): string {
  const included = new Map<string, string>();
  for (const type of new Set(types)) include(ownFile(`../assets/${type}.jsx`, import.meta.url), included);
  include(ownFile('./runtime/apply.jsx', import.meta.url), included);
  return [...included.values()].join('');
}

/** Puts what a file needs before it, and each file once. */
function include(file: URL, included: Map<string, string>): void {
  if (included.has(file.href)) return;
  const text = texts.get(file.href) ?? readFileSync(file, 'utf8');
  texts.set(file.href, text);
  // Marks it as begun, so that two files that include each other do not go on for ever.
  included.set(file.href, '');
  for (const [, name = ''] of text.matchAll(INCLUDE)) include(new URL(name, file), included);
  included.delete(file.href);
  included.set(file.href, text);
}
