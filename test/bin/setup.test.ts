import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { HOOK_NAME } from '../../lib/aerender/script-hook/source.ts';
import { afterEffectsFolder } from '../support/after-effects-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/aerender-batch.ts', import.meta.url));

async function terminal(t: TestContext) {
  const cwd = await temporaryFolder(t);
  const env = { NO_COLOR: '', FORCE_COLOR: '' };
  return (...args: string[]) => execa(process.execPath, [PROGRAM, ...args], { cwd, reject: false, env });
}

describe('aerender-batch setup', () => {
  it('lets an After Effects take scripts, says so, and takes it back', async (t) => {
    const run = await terminal(t);
    const { aerender, scripts } = await afterEffectsFolder(t);
    const named = ['--aerender', `ae2026=${aerender}`];
    assert.match(
      (await run('doctor', ...named)).stdout,
      /✓ After Effects \(ae2026\).*\n +takes no scripts\n.*aerender-batch setup/,
    );

    const installed = await run('setup', ...named);
    assert.equal(installed.exitCode, 0, installed.stderr);
    assert.match(
      installed.stdout,
      /✓ After Effects \(ae2026\) takes scripts from its next start on\n.*zz-aerender-batch\.jsx/,
    );
    assert.ok(HOOK_NAME in (await scripts()));
    assert.match((await run('setup', ...named)).stdout, /takes scripts already/);
    assert.match((await run('doctor', ...named)).stdout, /takes scripts \(aerender-batch, version \d+\)/);

    assert.match((await run('setup', '--remove', ...named)).stdout, /takes no scripts from its next start on/);
    assert.ok(!(HOOK_NAME in (await scripts())));
  });

  it('says of each installation what was done, and fails where one of them failed', async (t) => {
    const run = await terminal(t);
    const patched = await afterEffectsFolder(t, { renderer: '// nexrender-patch-v1.0.4\n' });
    const stock = await afterEffectsFolder(t, { layout: 'windows' });
    const { exitCode, stdout } = await run(
      ...[
        'setup',
        '--json',
        '--aerender',
        `ae2024=${patched.aerender}`,
        `ae2025=${stock.aerender}`,
        'ae2026=/none/aerender',
      ],
    );
    const outcomes = JSON.parse(stdout) as { name: string; done: string; errorCode?: string }[];
    assert.deepEqual(
      outcomes.map(({ done, errorCode }) => errorCode ?? done),
      ['unneeded', 'installed', 'SCRIPT_HOOK_NOT_WRITTEN'],
    );
    assert.equal(exitCode, 1);
  });

  it('keeps to the version that is asked for', async (t) => {
    const run = await terminal(t);
    const [older, newer] = [await afterEffectsFolder(t), await afterEffectsFolder(t)];
    const named = ['--aerender', `ae2025=${older.aerender}`, `ae2026=${newer.aerender}`];
    assert.equal((await run('setup', '--engine', 'ae2025', ...named)).exitCode, 0);
    assert.ok(HOOK_NAME in (await older.scripts()));
    assert.ok(!(HOOK_NAME in (await newer.scripts())));
    const missing = await run('setup', '--engine', 'ae2030', ...named);
    assert.equal(missing.exitCode, 1);
    assert.match(missing.stderr, /ae2030 was not found.*--aerender ae2030=<path>/);
  });

  it('says that a path is missing in what is named', async (t) => {
    const run = await terminal(t);
    for (const command of ['setup', 'doctor']) {
      assert.equal((await run(command, '--aerender', 'ae2026')).exitCode, 2, command);
    }
  });
});
