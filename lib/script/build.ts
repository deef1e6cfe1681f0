import { readFileSync } from 'node:fs';
import type { Step } from '../assets/asset.ts';
import { ownFile } from '../own-files.ts';

/** A step with the path of its asset's file, as After Effects sees it; of a sequence of pictures, that of the first. */
export type ScriptStep = Step & { src?: string; isSequence?: boolean };

interface ScriptJob {
  /** Null: the project's own main composition. */
  composition: string | null;
  steps: readonly ScriptStep[];
  /** Marks what the script reports as its own, since anything that runs in After Effects writes to the same log. */
  nonce: string;
}

/**
 * Builds the ExtendScript that puts a job's data into the open project: one literal with the data, and the runtime of the
 * types of steps that the job has. Values are never part of the code.
 *
 * A fault stops the script with an error whose message is `aerender-batch <nonce>: {"code":…,"message":…}`, in ASCII.
 */
export function buildScript({ composition, steps, nonce }: ScriptJob): string {
  const job = { nonce, composition, steps, englishNames: englishNames(steps) };
  return `(function () {\nvar job = ${literal(job)};\n${runtimeFor(steps.map(({ type }) => type))}}());\n`;
}

function englishNames(steps: readonly ScriptStep[]): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const step of steps) {
    if (step.type !== 'data') continue;
    for (const [matchName, english] of Object.entries(step.englishNames))
      names[matchName] = [...new Set([...(names[matchName] ?? []), ...english])];
  }
  return names;
}

/**
 * Writes a value as a JavaScript literal that every ExtendScript reads alike: all ASCII, so that no code page can change
 * it, and with nothing in it that could end the literal, the line, or an HTML element around it.
 */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[<>/\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Adobe's own way for one script to name another; each file of the runtime names what it needs. */
const INCLUDE = /^\/\/@include "([^"]+)"$/gm;

const texts = new Map<string, string>();
/** By the types, in their order: the jobs of a template have the same. */
const runtimes = new Map<string, string>();

/**
 * The ExtendScript that carries out these types of steps: the file of each, what they include, and the loop over the
 * job's steps. ES3: `test/script/runtime.test.ts` parses every file as such.
 */
export function runtimeFor(types: Iterable<string>): string {
  const different = [...new Set(types)];
  const key = different.join();
  const runtime = runtimes.get(key) ?? readRuntime(different);
  runtimes.set(key, runtime);
  return runtime;
}

function readRuntime(types: readonly string[]): string {
  const included = new Map<string, string>();
  for (const type of types) include(ownFile(`../assets/${type}.jsx`, import.meta.url), included);
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
