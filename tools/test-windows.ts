/**
 * Runs the behaviour tests on Windows' own Node under Wine 9 or newer (Debian 13): `node tools/test-windows.ts [files]`. It
 * takes a quarter of an hour, and exits with 1 where a file fails that is not in the list below. On Windows itself, run
 * `npm run test:behaviour`.
 *
 * On another Debian, in a folder of Debian 13's:
 * `mmdebstrap --variant=minbase --include=wine,wine64,gcc-mingw-w64-x86-64,nodejs,npm,git trixie <folder>`, mount `/proc`, `/dev`
 * and the checkout there, and `chroot <folder> npm run test:windows`.
 */
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Wine } from '../test/e2e/windows/wine.ts';

const FILE_LIMIT_MS = 900_000;
/** What Wine lacks or does otherwise than Windows, by test file. */
const NOT_UNDER_WINE: Readonly<Record<string, string>> = {
  'test/bin/terminal.test.ts': 'Wine has no pseudo-console',
  'test/guide-examples.test.ts': 'Wine makes no junctions, by which the examples find the package',
};

/** Kept for the next run. Not in node_modules, where Node takes no types. */
const folder = join(tmpdir(), 'aerender-batch-windows');
const checkout = join(folder, 'checkout');
const logs = join(folder, 'logs');

/** The checkout with the packages of Windows: no script runs, since their programs come with them. */
async function layCheckout(): Promise<void> {
  const lock = await readFile('package-lock.json');
  const hash = createHash('sha256').update(lock).digest('hex');
  const installed = join(folder, 'installed');
  const isInstalled = (await readFile(installed, 'utf8').catch(() => null)) === hash;
  if (!isInstalled) await rm(checkout, { recursive: true, force: true });
  await mkdir(checkout, { recursive: true });
  await execa(
    'find',
    ['.', '-mindepth', '1', '-maxdepth', '1', '-not', '-name', 'node_modules', '-exec', 'rm', '-r', '{}', '+'],
    { cwd: checkout },
  );
  const { stdout: files } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  const { stdout: archive } = await execa('tar', ['--create', '--null', '--files-from=-', '--ignore-failed-read'], {
    input: files,
    encoding: 'buffer',
  });
  await execa('tar', ['--extract'], { cwd: checkout, input: archive });
  if (isInstalled) return;
  const flags = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  // An older npm takes these flags and does nothing about them.
  await execa('npx', ['--yes', 'npm@11', 'ci', ...flags], { cwd: checkout, stdio: ['ignore', 'inherit', 'inherit'] });
  await writeFile(installed, hash);
}

const named = process.argv.slice(2);
const all = named.length > 0 ? named : globSync('test/**/*.test.ts').toSorted();
const left = all.filter((file) => !(file in NOT_UNDER_WINE));
const { version } = JSON.parse(await readFile('node_modules/node/package.json', 'utf8')) as { version: string };
const wine = await Wine.open(folder, version);
await layCheckout();
await mkdir(logs, { recursive: true });

const counts = { pass: 0, fail: 0, skipped: 0 };
const failed: string[] = [];

async function runFile(file: string): Promise<void> {
  const log = join(logs, `${file.replaceAll('/', '_')}.log`);
  const started = performance.now();
  const args = ['--conditions=source', '--test-reporter=tap', file];
  const { exitCode, output } = await wine.run(args, { cwd: checkout, limitMs: FILE_LIMIT_MS, log });
  for (const key of ['pass', 'fail', 'skipped'] as const) {
    counts[key] += Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  }
  if (exitCode !== 0) failed.push(file);
  const end = exitCode === 0 ? 'ok' : exitCode === null ? 'TIMED OUT' : 'FAILED';
  console.log(`${end} ${file} ${Math.round((performance.now() - started) / 1000)} s`);
}

const files = left.values();
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (const file of files) await runFile(file);
  }),
);
await wine.close();
for (const [file, why] of Object.entries(NOT_UNDER_WINE)) console.log(`not run: ${file}: ${why}`);
console.log(`${counts.pass} passed, ${counts.fail} failed, ${counts.skipped} skipped; logs in ${logs}`);
for (const file of failed) console.log(`failed: ${file}`);
process.exitCode = failed.length > 0 ? 1 : 0;
