/**
 * Proves that the library works in the oldest Node that it names: installs that Node, builds the package, and runs the
 * samples and the tests by tsx, which makes of the source what this Node can run. Its threads and processes run the
 * built modules. Tests that start a program from source themselves are left out, and counted.
 *
 * `node tools/test-oldest.ts [files]`
 */
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { execa } from 'execa';

const OLDEST = '22.14.0';
const folder = resolve('node_modules/.cache/oldest-node');
const tsx = resolve('node_modules/tsx/dist/cli.mjs');
/** What a test has in its text that starts a program or a thread from source, or counts the files of the source that run. */
const STARTS_SOURCE = /process\.execPath|fixtures\/threads|support\/(drawn-frame|command-line|coverage)/;

mkdirSync(folder, { recursive: true });
await execa('npm', ['i', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${OLDEST}`], {
  stdio: 'inherit',
});
await execa('npm', ['run', 'build'], { stdio: 'inherit' });

const node = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const run = (...args: string[]) =>
  execa(node, [tsx, ...args], { stdio: 'inherit', env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` } });

const named = process.argv.slice(2);
const all = named.length > 0 ? named : globSync('test/**/*.test.ts').toSorted();
const files = all.filter((file) => !STARTS_SOURCE.test(readFileSync(file, 'utf8')));
console.log(`Node ${OLDEST}: ${files.length} test files; ${all.length - files.length} start programs from source.`);
await run('samples/quick-start.mts');
await run('--conditions=source', 'samples/demo.mts');
await run('--conditions=source', '--test', '--test-concurrency=2', ...files);
