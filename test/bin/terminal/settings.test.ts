import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { asWritten, readSettings, SETTINGS } from '../../../bin/terminal/settings.ts';
import { readOptions } from '../../../lib/config.ts';
import { ValidationError } from '../../../lib/errors.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the settings of the command line', () => {
  it('come from a config file that is a module, whatever the package around it says', async (t) => {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'package.json'), '{ "type": "commonjs" }');
    const sources = {
      'a.config.ts': "import type { EngineOptions } from 'x';\nexport default { workers: 2 } satisfies EngineOptions;",
      'b.config.js': 'export default () => ({ workers: 2 });',
      'c.config.js': 'module.exports = { workers: 2 };',
      'd.config.mts': 'export default { workers: 2 };',
    };
    for (const [name, source] of Object.entries(sources)) {
      await writeFile(join(cwd, name), source);
      assert.equal((await readSettings({ config: name }, {}, cwd)).options.workers, 2, name);
    }
  });

  it('are those of the config file, then of the environment, then of flags', async (t) => {
    const cwd = await temporaryFolder(t);
    const config = {
      workers: 3,
      retries: 4,
      keepWorkDirs: 'failed',
      fonts: ['fonts'],
      aerender: { timeouts: { stall: 9 } },
    };
    await writeFile(join(cwd, 'aerender-batch.config.json'), `${JSON.stringify(config)} // a comment`);
    const env = { AERENDER_BATCH_WORKERS: '5', AERENDER_BATCH_RETRIES: '6', AERENDER_BATCH_TIMEOUT_TOTAL: '60' };
    const below = join(cwd, 'below');
    await mkdir(below);
    const { options } = await readSettings({ workers: '7' }, env, below);
    assert.equal(options.workers, 7);
    assert.equal(options.retries, 6);
    assert.equal(options.keepWorkDirs, 'failed');
    assert.deepEqual(options.fonts, [join(cwd, 'fonts')]);
    assert.deepEqual(options.aerender, { timeouts: { stall: 9, total: 60 } });
    assert.equal(options.database, join(cwd, 'renders', 'aerender-batch.db'));
    assert.equal(options.outputDir, join(cwd, 'renders'));
  });

  it('may come from a program', async (t) => {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'aerender-batch.config.ts'), 'export default async () => ({ workers: 2 as number });');
    assert.equal((await readSettings({}, {}, cwd)).options.workers, 2);
    await writeFile(join(cwd, 'other.mjs'), 'export default { workers: 9 };');
    assert.equal((await readSettings({ config: 'other.mjs' }, {}, cwd)).options.workers, 9);
    await writeFile(join(cwd, 'none.mjs'), 'export const workers = 9;');
    await assert.rejects(readSettings({ config: 'none.mjs' }, {}, cwd), { message: /none\.mjs.*export default/ });
    await assert.rejects(readSettings({ config: 'missing.json' }, {}, cwd), { code: 'VALIDATION_ERROR' });
  });

  it('find the database of the nearest folder above, and the outputs with it', async (t) => {
    const cwd = await temporaryFolder(t);
    await mkdir(join(cwd, 'renders'));
    await mkdir(join(cwd, 'a', 'b'), { recursive: true });
    const database = join(cwd, 'renders', 'aerender-batch.db');
    await writeFile(database, '');
    const { options } = await readSettings({}, {}, join(cwd, 'a', 'b'));
    assert.deepEqual([options.database, options.outputDir], [database, join(cwd, 'renders')]);
    const named = await readSettings({ db: join(cwd, 'jobs.db') }, {}, join(cwd, 'a'));
    assert.deepEqual([named.options.outputDir, named.databaseIsNamed], [join(cwd, 'renders'), true]);
  });

  it('take lists from the environment by the delimiter of paths', async () => {
    const env = { AERENDER_BATCH_AERENDER: `ae2025=/x${delimiter}ae2026=/y`, AERENDER_BATCH_FONTS: `/f${delimiter}/g` };
    const { options } = await readSettings({}, env, resolve('/'));
    assert.deepEqual(options.aerender?.binaries, { ae2025: resolve('/x'), ae2026: resolve('/y') });
    assert.deepEqual(options.fonts, [resolve('/f'), resolve('/g')]);
  });

  it('are named as the caller wrote them where they are wrong', async (t) => {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'aerender-batch.config.json'), '{ "retries": 99, "wrkers": 1 }');
    const settings = await readSettings({ workers: '0' }, { AERENDER_BATCH_LOG_LIMIT: '1' }, cwd);
    assert.throws(
      () => readOptions(settings.options),
      (error: unknown) => {
        assert.ok(error instanceof ValidationError);
        const { message } = asWritten(error, settings);
        assert.match(message, /--workers must be at least 1/);
        assert.match(message, /AERENDER_BATCH_LOG_LIMIT must be at least 1024/);
        assert.match(message, /retries in .*aerender-batch\.config\.json must be at most 10/);
        assert.match(message, /aerender-batch\.config\.json does not take 'wrkers'/);
        return true;
      },
    );
    await assert.rejects(readSettings({ workers: 'x' }, {}, cwd), {
      message: "--workers must be a whole number, not 'x'",
    });
  });

  /** A value that each option takes, where 5 is none. */
  const VALUES: Record<string, string> = {
    ...{ allowScripts: 'true', keepWorkDirs: 'never', synchronous: 'full', logLimit: '4096' },
    ...{ renderer: 'bundled', 'bundled.allowUnsupported': 'true', 'bundled.supersample': '4', priority: 'low' },
  };

  it('are options that the engine takes', () => {
    for (const { field, read } of SETTINGS) {
      const value = read([field === 'aerender.binaries' ? 'ae2026=/x' : (VALUES[field] ?? '5')]);
      const nested = field.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      readOptions({ database: 'x', outputDir: 'y', ...(nested as object) });
    }
  });

  it('are all in the table of the docs', async () => {
    const docs = await readFile(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');
    for (const { field, flag, variable } of SETTINGS) {
      const row = docs.split('\n').find((line) => line.startsWith(`| \`${field}\` |`));
      assert.ok(row?.includes(`\`${variable}\``), field);
      if (flag !== undefined) assert.ok(row?.includes(`\`${flag.name}`), field);
    }
  });
});
