/** Fails on comments and test names that are not plain English; `npm run lint` runs it. The word lists are in `HABITS`. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Finding = { line: number; text: string; advice: string };

const FILES = '{lib,bin,test,tools,samples}/**/*.{ts,cts,mts,js,mjs,cjs,jsx}';

/** Only patterns that good prose has no use for: a false alarm teaches people to ignore the lint. */
const HABITS = [
  { pattern: /\bwhoever\b/i, advice: 'name who does it: the caller, the renderer, the user' },
  { pattern: /\bg(?:ive|ives|iving|iven|ave) back\b/i, advice: 'say "return"; for a lock, "release"' },
  { pattern: /^Of\b(?! course\b)/, advice: 'begin with the subject: "For a menu: …", "The extension of …"' },
  { pattern: /\bnobody['’]s\b/i, advice: 'say what it belongs to, or that it is not used' },
  { pattern: /\bmeans? no good\b/i, advice: 'say "hostile"' },
  {
    pattern: /\b(?:null|undefined|empty|none|false|true|left out) where\b/i,
    advice: 'say "if": "null if there is none"',
  },
  { pattern: /\bin vain\b/i, advice: 'say what is not needed or has no effect' },
  { pattern: /\bno others? than\b/i, advice: 'say "only"' },
  { pattern: /\bwhat is not there is (?:told|said)\b/i, advice: 'say "a missing file is reported"' },
];

/** Strings, templates and regular expressions are matched only so that a `//` in them is not taken for a comment. */
const TOKEN =
  /(?<block>\/\*[\s\S]*?\*\/)|(?<lines>\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)*)|(?<name>\b(?:describe|it|test)\(\s*)?(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`)|(?<=[=(,:!&|?[{};>]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g;

/** The places of a source text at which a comment or a test name has one of the habits. */
export function lintComments(source: string): Finding[] {
  const findings: Finding[] = [];
  for (const { 0: token, index, groups = {} } of source.matchAll(TOKEN)) {
    const { block, lines, name, string } = groups;
    const isComment = block !== undefined || lines !== undefined;
    if (!isComment && name === undefined) continue;
    const raw = isComment ? token : (string ?? '').slice(1, -1);
    const text = isComment ? proseOf(token) : raw;
    for (const { pattern, advice } of HABITS) {
      const found = pattern.exec(text);
      if (found === null) continue;
      // A phrase may be broken by a line's end; then its first word is looked for.
      const [word = ''] = found[0].split(' ');
      const offset = Math.max(token.indexOf(found[0]), 0) || Math.max(token.indexOf(word), 0);
      findings.push({ line: source.slice(0, index + offset).split('\n').length, text: found[0], advice });
    }
  }
  return findings;
}

/** A comment as one line of text, without its slashes and stars. */
function proseOf(comment: string): string {
  return comment
    .replace(/^\/\*+|\*\/$/g, '')
    .replace(/^[ \t]*(?:\/\/+|\*)/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function lintFiles(): void {
  for (const file of globSync(FILES, {
    exclude: (path) => path === 'node_modules' || path.endsWith('/node_modules'),
  })) {
    for (const { line, text, advice } of lintComments(readFileSync(file, 'utf8'))) {
      console.error(`${file}:${line}: "${text}": ${advice}`);
      process.exitCode = 1;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) lintFiles();
