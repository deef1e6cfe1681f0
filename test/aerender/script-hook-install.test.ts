import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { installHook, notWritten, removeHook } from '../../lib/aerender/script-hook/install.ts';
import { HOOK_MARK, HOOK_NAME, HOOK_SOURCE, HOOK_VERSION } from '../../lib/aerender/script-hook/source.ts';
import { hookStatus } from '../../lib/aerender/script-hook/status.ts';
import { ADOBE_RENDERER, afterEffectsFolder } from '../support/after-effects-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OURS = { kind: 'ours', version: HOOK_VERSION, isOutdated: false } as const;
const untouched = { 'commandLineRenderer.jsx': ADOBE_RENDERER };

describe('an After Effects', () => {
  it('takes scripts after ours was installed, and none after it was removed', async (t) => {
    for (const layout of ['macos', 'windows'] as const) {
      const { aerender, scripts, startup } = await afterEffectsFolder(t, { layout });
      assert.deepEqual(await hookStatus(aerender), { kind: 'none' });
      assert.equal(await installHook(aerender), 'installed');
      assert.deepEqual(await hookStatus(aerender), OURS);
      assert.deepEqual(await scripts(), { ...untouched, [HOOK_NAME]: HOOK_SOURCE });
      assert.equal((await stat(join(startup, HOOK_NAME))).mode & 0o444, 0o444);
      assert.equal(await installHook(aerender), 'unchanged');
      assert.equal(await removeHook(aerender), 'removed');
      assert.deepEqual(await scripts(), untouched);
      assert.equal(await removeHook(aerender), 'absent');
    }
  });

  it('is found through a link to its aerender', {
    skip: process.platform === 'win32' && 'Windows lets only administrators make links',
  }, async (t) => {
    const { aerender } = await afterEffectsFolder(t);
    const link = join(await temporaryFolder(t), 'aerender');
    await symlink(aerender, link);
    await installHook(link);
    assert.deepEqual(await hookStatus(aerender), OURS);
  });

  it('is brought up to date where an older script of ours, or a damaged one, is there', async (t) => {
    const { aerender, scripts, startup } = await afterEffectsFolder(t);
    for (const old of [`// ${HOOK_MARK}0\n`, HOOK_SOURCE.slice(0, 400)]) {
      await writeFile(join(startup, HOOK_NAME), old);
      const status = await hookStatus(aerender);
      assert.ok(status.kind === 'ours' && status.isOutdated);
      assert.equal(await installHook(aerender), 'updated');
      assert.equal((await scripts())[HOOK_NAME], HOOK_SOURCE);
    }
  });

  it('keeps the script of a newer version of ours', async (t) => {
    const { aerender, scripts, startup } = await afterEffectsFolder(t);
    const newer = `// ${HOOK_MARK}${HOOK_VERSION + 1}\n`;
    await writeFile(join(startup, HOOK_NAME), newer);
    assert.deepEqual(await hookStatus(aerender), { ...OURS, version: HOOK_VERSION + 1 });
    assert.equal(await installHook(aerender), 'unchanged');
    assert.equal((await scripts())[HOOK_NAME], newer);
  });

  it('needs none of ours where nexrender or others have patched it', async (t) => {
    const nexrender = await afterEffectsFolder(t, { renderer: '// Renders. (nexrender-patch-v1.0.4)\n' });
    assert.deepEqual(await hookStatus(nexrender.aerender), { kind: 'nexrender', version: '1.0.4' });
    const studio = await afterEffectsFolder(t, { renderer: 'if (flag == "-r") {}' });
    assert.deepEqual(await hookStatus(studio.aerender), { kind: 'other' });
    for (const { aerender, scripts } of [nexrender, studio]) {
      assert.equal(await installHook(aerender), 'unneeded');
      assert.deepEqual(Object.keys(await scripts()), ['commandLineRenderer.jsx']);
    }
  });

  it('loses ours on request, whatever else has patched it since', async (t) => {
    const { aerender, scripts, startup } = await afterEffectsFolder(t, { renderer: '// nexrender-patch-v1.0.4\n' });
    await writeFile(join(startup, HOOK_NAME), HOOK_SOURCE);
    assert.equal(await removeHook(aerender), 'removed');
    assert.deepEqual(Object.keys(await scripts()), ['commandLineRenderer.jsx']);
  });

  it('is unknown where none of its start-up scripts lie beside the program', async (t) => {
    const { aerender, scripts } = await afterEffectsFolder(t, { renderer: null });
    for (const file of [aerender, '/no/such/aerender']) {
      assert.deepEqual(await hookStatus(file), { kind: 'unknown' });
      await assert.rejects(installHook(file), { code: 'SCRIPT_HOOK_NOT_WRITTEN', message: /beside .*aerender/ });
      assert.equal(await removeHook(file), 'absent');
    }
    assert.deepEqual(await scripts(), {});
  });

  it("keeps somebody else's file of the same name", async (t) => {
    const { aerender, scripts, startup } = await afterEffectsFolder(t);
    await writeFile(join(startup, HOOK_NAME), 'alert(1);');
    assert.deepEqual(await hookStatus(aerender), { kind: 'none' });
    for (const change of [installHook, removeHook]) {
      await assert.rejects(change(aerender), {
        code: 'SCRIPT_HOOK_NOT_WRITTEN',
        message: /not a file of aerender-batch/,
      });
    }
    assert.equal((await scripts())[HOOK_NAME], 'alert(1);');
  });
});

describe('a folder that is not to be written to', () => {
  it('is left as it was, and named with what to do', {
    skip: (process.getuid?.() ?? 0) === 0 && 'root may write, and Windows knows no such mode of a folder',
  }, async (t) => {
    const { aerender, scripts, startup } = await afterEffectsFolder(t);
    await chmod(startup, 0o555);
    const refusal = await installHook(aerender).catch((error: Error) => error.message);
    await chmod(startup, 0o755);
    assert.equal(
      refusal,
      `${join(startup, HOOK_NAME)} could not be written: only an administrator may. Run the same command once with sudo before it.`,
    );
    assert.deepEqual(await scripts(), untouched);
  });

  it('leaves nothing behind where the script cannot be put in its place', async (t) => {
    const { aerender, startup } = await afterEffectsFolder(t);
    // A folder of that name is no file of anybody's, and cannot be replaced by one.
    await mkdir(join(startup, HOOK_NAME, 'in the way'), { recursive: true });
    await assert.rejects(installHook(aerender), { code: 'SCRIPT_HOOK_NOT_WRITTEN', message: /could not be written/ });
    assert.deepEqual((await readdir(startup)).toSorted(), ['commandLineRenderer.jsx', HOOK_NAME]);
  });

  it('asks for an administrator, in the words of each system', () => {
    const forbidden = (code: string) => Object.assign(new Error('no'), { code });
    const words = (code: string, file: string, platform: NodeJS.Platform) =>
      notWritten('/x could not be written', forbidden(code), file, platform).message;
    assert.match(words('EACCES', '/Applications/a/aerender', 'darwin'), /^\/x could not be written: .*sudo/);
    assert.match(words('EPERM', 'C:\\a\\aerender.exe', 'win32'), /Run as administrator/);
    assert.match(words('EACCES', '/mnt/c/a/aerender.exe', 'linux'), /Windows terminal/);
    assert.equal(words('ENOSPC', '/a', 'darwin'), '/x could not be written: no');
  });
});
