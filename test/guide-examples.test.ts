import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { SAMPLES } from './support/engine.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const SHORT = new URL('support/short-films.ts', import.meta.url).href;
const root = fileURLToPath(new URL('..', import.meta.url));

const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const examples = ['README.md', ...pages.map((name) => `docs/${name}`)].flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts run\n(.*?)^```$/gms)].map(([, program = '']) => ({ page, program }));
});

/** What a line that prints says of its output, in a comment behind it: `console.log(status); // finished`. */
function expectedOf(program: string): string[] {
  return [...program.matchAll(/^\s*console\.log\(.*\); \/\/ (\w+)/gm)].map(([, word = '']) => word);
}

describe('the examples of the guide', { concurrency: 2 }, () => {
  it('are there', () => assert.ok(examples.length >= 14));

  for (const { page, program } of examples) {
    it(`run, and print what they say: ${page}`, async (t) => {
      const folder = await temporaryFolder(t);
      await cp(SAMPLES, join(folder, 'templates'), { recursive: true });
      await mkdir(join(folder, 'node_modules'));
      await symlink(root, join(folder, 'node_modules', 'aerender-batch'), 'junction');
      await writeFile(join(folder, 'example.mjs'), program);
      const { exitCode, stdout, stderr } = await execa(
        process.execPath,
        ['--conditions=source', '--import', SHORT, 'example.mjs'],
        {
          cwd: folder,
          reject: false,
        },
      );
      assert.equal(exitCode, 0, stderr);
      for (const word of expectedOf(program)) assert.match(stdout, new RegExp(`\\b${word}\\b`));
    });
  }
});
