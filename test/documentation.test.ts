import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { engineOptionsSchema } from '../lib/config.ts';
import { ERROR_CODES } from '../lib/errors.ts';
import { EVENT_NAMES } from '../lib/events/events.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/**
 * Whether a tool of ours writes these pages as they are. They are put back: a test that is red is red the second time too.
 */
function assertWrittenBy(tool: string, pages: readonly string[]): void {
  const before = pages.map(read);
  try {
    execFileSync(process.execPath, ['--conditions=source', tool], { cwd: new URL('..', import.meta.url) });
    assert.deepEqual(pages.map(read), before, `${tool} writes something else`);
  } finally {
    for (const [index, page] of pages.entries())
      if (read(page) !== before[index]) writeFileSync(new URL(`../${page}`, import.meta.url), before[index] ?? '');
  }
}

describe('what is written', () => {
  it('lists every error code in the README, in the words of the source', () => {
    const rows = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \| (.*) \| (.*) \|$/gm)].map(
      ([, code, when, meaning]) => [code, { when, meaning }],
    );
    assert.deepEqual(Object.fromEntries(rows), { ...ERROR_CODES });
  });

  it('says what the bundled renderer draws of After Effects in the words of its own lists', () => {
    assertWrittenBy('tools/write-renderer-doc.ts', ['docs/bundled-renderer.md', 'README.md']);
  });

  it('says options, events, codecs and commands in the words of the code', () => {
    const pages = ['options', 'events', 'outputs', 'command-line'].map((page) => `docs/${page}.md`);
    assertWrittenBy('tools/write-docs.ts', pages);
  });

  it('names every option, those in others too, and every event', () => {
    const guide = readdirSync(new URL('../docs', import.meta.url))
      .map((page) => (page.endsWith('.md') ? read(`docs/${page}`) : ''))
      .join('\n');
    const optionsIn = (schema: unknown, path = ''): string[] => {
      const inner = schema as { shape?: object; unwrap?: () => unknown; def?: { innerType?: unknown } };
      if (inner.shape !== undefined)
        return Object.entries(inner.shape).flatMap(([key, value]) =>
          optionsIn(value, path === '' ? key : `${path}.${key}`),
        );
      return inner.def?.innerType === undefined ? [path] : optionsIn(inner.def.innerType, path);
    };
    const options = optionsIn(engineOptionsSchema).map((path) => path.replace(/^(aerender\.multiFrame)\..*/, '$1'));
    assert.ok(options.includes('aerender.timeouts.stall') && options.includes('bundled.supersample'));
    for (const name of [...options, ...EVENT_NAMES]) assert.ok(guide.includes(`\`${name}\``), name);
  });

  it('leads from the guide to every page, and by no link to nowhere', () => {
    const pages = readdirSync(new URL('../docs', import.meta.url)).filter((name) => name.endsWith('.md'));
    const start = read('docs/README.md');
    for (const page of pages) if (page !== 'README.md') assert.ok(start.includes(`(${page})`), page);
    for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...pages.map((page) => `docs/${page}`)]) {
      for (const [, link = ''] of read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
        const target = new URL(link, new URL(`../${file}`, import.meta.url));
        assert.ok(existsSync(target), `${file} links to ${link}`);
      }
    }
  });

  it('says what to do for every error code', () => {
    const guide = read('docs/troubleshooting.md');
    for (const code of Object.keys(ERROR_CODES)) assert.ok(guide.includes(`\`${code}\``), code);
  });

  it('links to files that are in the package', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    const packed = [...files, 'README.md', 'LICENSE', 'package.json'];
    const pages = ['README.md', ...readdirSync(new URL('../docs', import.meta.url)).map((name) => `docs/${name}`)];
    for (const page of pages.filter((name) => name.endsWith('.md'))) {
      for (const [, target = ''] of read(page).matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)) {
        const path = posix.normalize(posix.join(posix.dirname(page), target));
        assert.ok(existsSync(new URL(`../${path}`, import.meta.url)), `${page} links to ${target}`);
        const isPacked = packed.some((name) => path === name || path.startsWith(`${name}/`));
        assert.ok(isPacked, `${page} links to ${target}, which is not in the package`);
      }
    }
  });

  it('has a schema.json that is made from the schemas of today', () => {
    assertWrittenBy('tools/write-schema.ts', ['schema.json']);
  });
});
