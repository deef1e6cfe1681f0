import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { temporaryFolder } from './support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLES = join(ROOT, 'samples');
const SHORT = pathToFileURL(join(ROOT, 'test/support/short-films.ts')).href;
const COMMAND_LINE = join(ROOT, 'bin/aerender-batch.ts');

/** A folder as npm makes one, with the library in it and the samples beside. */
async function project(t: TestContext) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
  await cp(SAMPLES, join(folder, 'samples'), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(ROOT, join(folder, 'node_modules', 'aerender-batch'), 'junction');
  return (...args: string[]) =>
    execa(process.execPath, ['--conditions=source', '--import', SHORT, ...args], { cwd: folder, reject: false });
}

/** What each program says at its end. */
const ENDS: Record<string, RegExp> = {
  'quick-start.mts': /finished.*\.mp4$/,
  'nested-jobs.mts': /child .*\.mov\nparent .*\.mp4$/,
  'cancel-and-resume.mts': /closed while a job was rendering\n.*second engine\ncancel: partial; [12] cancelled/,
  'demo.mts': /job 2 refused, as it should be: .*did you mean 'name'.*The batch is finished: 3 of 3 rendered\.$/s,
};

/** Jobs that are meant to be refused, to show that the others go on. */
const REFUSED: Record<string, number> = { 'invitations.json': 1 };

describe('the samples', { concurrency: 2 }, () => {
  it('are all known here', () => {
    const programs = globSync('*.{mts,ts}', { cwd: SAMPLES });
    assert.deepEqual(programs.toSorted(), Object.keys(ENDS).toSorted());
  });

  for (const [program, end] of Object.entries(ENDS))
    it(`have a program that runs, wherever they are copied to: ${program}`, async (t) => {
      const run = await project(t);
      const { exitCode, stdout, stderr } = await run(`samples/${program}`);
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stdout, end);
      assert.equal(stderr, '');
    });

  for (const batch of globSync('batches/*.json', { cwd: SAMPLES }))
    it(`have a batch that renders: ${batch}`, async (t) => {
      const run = await project(t);
      const { jobs } = JSON.parse(await readFile(join(SAMPLES, batch), 'utf8')) as { jobs: unknown[] };
      const refused = REFUSED[basename(batch)] ?? 0;
      const { exitCode, stdout, stderr } = await run(
        COMMAND_LINE,
        'render',
        `samples/${batch}`,
        '--renderer',
        'bundled',
      );
      assert.match(
        stdout,
        new RegExp(`^${jobs.length - refused} finished, ${refused} failed\\.$`, 'm'),
        stdout + stderr,
      );
      assert.equal(exitCode, refused === 0 ? 0 : 1);
    });

  for (const sheet of globSync('rows/*.csv', { cwd: SAMPLES }))
    it(`have a sheet that renders: ${sheet}`, async (t) => {
      const run = await project(t);
      const { exitCode, stdout, stderr } = await run(COMMAND_LINE, 'render', `samples/${sheet}`);
      assert.equal(exitCode, 0, stdout + stderr);
      assert.match(stdout, /^guests\.csv: 2 of 3 rows are rendered, 1 left out by @when$/m);
    });
});
