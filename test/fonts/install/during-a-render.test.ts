import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { withInstalledFonts } from '../../../lib/fonts/install/install.ts';
import { filesIn, font, system } from './test-user.ts';

describe('the fonts of a job', () => {
  it('are installed while After Effects runs, and uninstalled when it has ended or failed', async (t) => {
    const mac = await system(t, 'darwin');
    const installed = async () => (await filesIn(mac.fonts)).filter((name) => name.endsWith('.ttf'));
    const seen = await withInstalledFonts([font('Bold')], () => {}, installed, mac);
    assert.equal(seen.length, 1);
    assert.deepEqual(await installed(), []);
    const failing = withInstalledFonts(
      [font('Bold')],
      () => {},
      async () => {
        throw new Error('no');
      },
      mac,
    );
    await assert.rejects(failing, /no/);
    assert.deepEqual(await installed(), []);
  });

  it('are warned of on a system that cannot install them, and the job is rendered all the same', async (t) => {
    const linux = await system(t, 'linux');
    const warnings: string[] = [];
    const result = await withInstalledFonts(
      [font('Bold')],
      (warning) => void warnings.push(warning),
      async () => 'rendered',
      linux,
    );
    assert.equal(result, 'rendered');
    assert.equal(warnings.length, 1);
    assert.match(warnings.join(), /^Inter Bold: fonts can be installed .* macOS and Windows only/);
    assert.deepEqual(await filesIn(linux.home), []);
  });

  it('leave the user alone if there are none', async (t) => {
    const mac = await system(t, 'darwin');
    await withInstalledFonts(
      [],
      () => assert.fail('a warning'),
      () => readdir('.'),
      mac,
    );
    assert.deepEqual(await filesIn(mac.home), []);
  });
});
