/**
 * The packed package on Windows' own Node, under Wine. Skipped where Wine cannot be had, or the registry that has the Node:
 * the test is for the library, not for the machine.
 */
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';
import { damagedProject } from '../support/engine.ts';
import { Wine, windowsPath } from './windows/wine.ts';

/** Wine 8 of Debian 12 does not run Node 24. */
const WINDOWS_NODE = '22.23.3';
const LIMIT_MS = 300_000;

const folder = await mkdtemp(join(tmpdir(), 'aerender-batch-windows-'));
// Builds meanwhile: making a Windows is mostly waiting.
const packed = execa('npm', ['pack', '--silent', '--pack-destination', folder]);
const wine = await Wine.open(folder, WINDOWS_NODE).catch((error: Error) => error);
const skip = wine instanceof Error ? wine.message : false;

describe('the packed package on Windows', { skip }, () => {
  const app = join(folder, 'app');
  const job = join(folder, 'job');

  async function runOnWindows(args: readonly string[]) {
    assert.ok(wine instanceof Wine);
    return wine.run(args, { cwd: app, limitMs: LIMIT_MS, log: join(folder, 'output.log') });
  }

  before(async () => {
    assert.ok(wine instanceof Wine);
    await mkdir(job);
    await mkdir(app);
    await writeFile(join(app, 'package.json'), '{ "private": true, "type": "module" }');
    const { stdout } = await packed;
    const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
    const packages = [tarball, 'canvaskit-wasm@^0.42', 'node-av@^6.1'];
    const flags = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await execa('npm', ['install', ...flags, ...packages], { cwd: app });
    await wine.compile('aerender', job);
    await copyFile(join(import.meta.dirname, 'windows', 'host.mjs'), join(app, 'host.mjs'));
    await writeFile(join(job, 'project.aep'), damagedProject());
  });

  it('ends a native aerender with the child that outlives it, and publishes what another program holds', async () => {
    const { exitCode, output } = await runOnWindows([
      'host.mjs',
      windowsPath(job),
      windowsPath(join(job, 'project.aep')),
    ]);
    assert.equal(exitCode, 0, output);
    assert.deepEqual(JSON.parse(output.trim().split('\n').at(-1) ?? ''), {
      good: 'finished',
      childrenAfterGood: 0,
      killed: 'cancelled',
      childrenAfterKill: 0,
      held: 'finished',
      closed: true,
    });
  });

  for (const batch of ['certificate', 'lower-third']) {
    it(`renders the sample batch ${batch} by the command line`, async () => {
      const library = 'node_modules/aerender-batch';
      const program = `${library}/dist/bin/aerender-batch.js`;
      const { exitCode, output } = await runOnWindows([
        program,
        'render',
        `${library}/samples/batches/${batch}.json`,
        '--json',
      ]);
      assert.equal(exitCode, 0, output);
      assert.match(output, /"status": "finished"/);
    });
  }
});

after(async () => {
  if (wine instanceof Wine) await wine.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});
