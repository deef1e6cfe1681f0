import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ERROR_CODES } from '../lib/errors.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

describe('what is written', () => {
  it('lists every error code in the README, in the words of the source', () => {
    const rows = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \| (.*) \| (.*) \|$/gm)].map(
      ([, code, when, meaning]) => [code, { when, meaning }],
    );
    assert.deepEqual(Object.fromEntries(rows), { ...ERROR_CODES });
  });

  it('says what the bundled renderer draws of After Effects in the words of its own lists', () => {
    const pages = ['docs/bundled-renderer.md', 'README.md'];
    const before = pages.map(read);
    const options = { cwd: new URL('..', import.meta.url) };
    execFileSync(process.execPath, ['--conditions=source', 'tools/write-renderer-doc.ts'], options);
    assert.deepEqual(pages.map(read), before);
  });

  it('says what to do for every error code', () => {
    const guide = read('docs/troubleshooting.md');
    for (const code of Object.keys(ERROR_CODES)) assert.ok(guide.includes(`\`${code}\``), code);
  });

  it('has a schema.json that is made from the schemas of today', () => {
    const before = read('schema.json');
    execFileSync(process.execPath, ['tools/write-schema.ts'], { cwd: new URL('..', import.meta.url) });
    assert.equal(read('schema.json'), before);
  });
});
