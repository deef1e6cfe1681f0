/**
 * Runs tests: `node tools/run-tests.ts [files or globs]`, by default all of behaviour. Each test file is a process, and many
 * start programs and threads of ours: Node keeps what it has compiled of them, which saves a third of the time. Many also
 * wait for a program to end, so there is one more of them than the machine has cores.
 */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { execa } from 'execa';

const files = process.argv.slice(2);
const atOnce = Math.min(availableParallelism() + 1, 8);
const { exitCode } = await execa(
  process.execPath,
  [
    ...['--conditions=source', '--test', `--test-concurrency=${atOnce}`],
    ...(files.length === 0 ? ['test/**/*.test.ts'] : files),
  ],
  { stdio: 'inherit', reject: false, env: { NODE_COMPILE_CACHE: resolve('node_modules/.cache/aerender-batch-tests') } },
);
process.exitCode = exitCode ?? 1;
