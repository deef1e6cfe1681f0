import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { execa } from 'execa';
import { installFonts, uninstallFonts } from '../../../lib/fonts/install/install.ts';
import { filesIn, font, system } from './test-user.ts';

const MODULES = new URL('../../../lib/fonts/install/', import.meta.url).href;

describe('a font of a job on macOS', () => {
  it('lies in the fonts of the user, under a name that marks it as ours, until the job has ended', async (t) => {
    const mac = await system(t, 'darwin');
    const { installed, warnings } = await installFonts([font('Regular'), font('Bold')], mac);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      installed.map(({ path }) => dirname(path)),
      [join(mac.home, 'Library', 'Fonts'), join(mac.home, 'Library', 'Fonts')],
    );
    const [{ path = '' } = {}] = installed;
    assert.match(basename(path), /^aerender-batch-[0-9a-f]{16}-Inter-Regular\.ttf$/);
    assert.deepEqual(await readFile(path), await readFile(font('Regular').path));
    assert.deepEqual(structuredClone(installed), installed);

    assert.deepEqual(await uninstallFonts(installed, mac), []);
    assert.deepEqual(await filesIn(mac.fonts), []);
    assert.deepEqual(await filesIn(mac.claims), []);
    assert.deepEqual(mac.calls, []);
  });

  it('keeps to its folder, whatever its name', async (t) => {
    const mac = await system(t, 'darwin');
    const { installed } = await installFonts([font('Bold', '../../Ünser "Font" (2).ttf')], mac);
    assert.match(
      installed[0]?.path ?? '',
      /Library.Fonts.aerender-batch-[0-9a-f]{16}-\.\._\.\.__nser__Font___2_\.ttf$/,
    );
    await uninstallFonts(installed, mac);
    assert.deepEqual(await filesIn(mac.fonts), []);
  });

  it('is left alone where it is already there, and mended where it is damaged', async (t) => {
    const mac = await system(t, 'darwin');
    const path = (await installFonts([font('Bold')], mac)).installed[0]?.path ?? '';
    const before = await stat(path);
    await installFonts([font('Bold')], mac);
    assert.equal((await stat(path)).ino, before.ino);
    assert.equal((await stat(path)).mtimeMs, before.mtimeMs);

    await writeFile(path, 'half');
    assert.deepEqual((await installFonts([font('Bold')], mac)).warnings, []);
    assert.deepEqual(await readFile(path), await readFile(font('Bold').path));
  });

  it('never takes the place of a font of the user, and no other file is removed', async (t) => {
    const mac = await system(t, 'darwin');
    await mkdir(mac.fonts, { recursive: true });
    const own = join(mac.fonts, 'Inter-Bold.ttf');
    await writeFile(own, 'mine');
    const elsewhere = join(mac.home, 'aerender-batch-0123456789abcdef-Inter-Bold.ttf');
    await writeFile(elsewhere, 'mine');

    const { installed } = await installFonts([font('Bold')], mac);
    const forged = [own, elsewhere].map((path) => ({ path, fullName: 'Inter Bold', claim: '../../../Inter-Bold.ttf' }));
    await uninstallFonts([...installed, ...forged], mac);
    assert.deepEqual(await filesIn(mac.fonts), ['Inter-Bold.ttf']);
    assert.equal(await readFile(own, 'utf8'), 'mine');
    assert.equal(await readFile(elsewhere, 'utf8'), 'mine');
  });

  it('is fine with being gone', async (t) => {
    const mac = await system(t, 'darwin');
    const { installed } = await installFonts([font('Bold')], mac);
    assert.deepEqual(await uninstallFonts(installed, mac), []);
    assert.deepEqual(await uninstallFonts(installed, mac), []);
  });

  it('is said to be missing, with the reason, where it cannot be put, and leaves nothing behind', async (t) => {
    const mac = await system(t, 'darwin');
    await mkdir(dirname(mac.fonts), { recursive: true });
    await writeFile(mac.fonts, 'a file where the folder should be');
    const { installed, warnings } = await installFonts([font('Bold')], mac);
    assert.deepEqual(installed, []);
    assert.match(
      warnings.join(),
      /^The font Inter Bold could not be installed for After Effects: \w+: .*Library.Fonts/,
    );
    assert.match(warnings.join(), /an administrator can put it into \/Library\/Application Support\/Adobe\/Fonts\.$/);
    assert.deepEqual(await filesIn(mac.claims), []);
  });

  it('does not keep the others out when its file is gone or its place is taken', async (t) => {
    const mac = await system(t, 'darwin');
    const [{ path = '' } = {}] = (await installFonts([font('Regular')], await system(t, 'darwin'))).installed;
    await mkdir(join(mac.fonts, basename(path)), { recursive: true });
    const gone = { ...font('Regular'), path: join(mac.home, 'gone.ttf'), fileName: 'gone.ttf', fullName: 'Gone' };
    const { installed, warnings } = await installFonts([gone, font('Regular'), font('Bold')], mac);
    assert.deepEqual(
      installed.map(({ fullName }) => fullName),
      ['Inter Bold'],
    );
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? '', /Gone .*ENOENT/);
    assert.match(warnings[1] ?? '', /Inter Regular/);
    assert.ok((await readdir(mac.fonts)).every((name) => !name.endsWith('.tmp')));
  });
});

describe('a font that several jobs use', () => {
  it('stays until the last of them has ended', async (t) => {
    const mac = await system(t, 'darwin');
    const jobs = await Promise.all(Array.from({ length: 8 }, () => installFonts([font('Bold')], mac)));
    assert.equal((await readdir(mac.fonts)).length, 1);
    for (const { installed } of jobs.slice(1)) {
      await uninstallFonts(installed, mac);
      assert.equal((await readdir(mac.fonts)).length, 1);
    }
    // One that is uninstalled twice does not stand for another job.
    await uninstallFonts(jobs[1]?.installed ?? [], mac);
    assert.equal((await readdir(mac.fonts)).length, 1);
    await uninstallFonts(jobs[0]?.installed ?? [], mac);
    assert.deepEqual(await readdir(mac.fonts), []);
  });

  it('does not wait for a process that has died', async (t) => {
    const mac = await system(t, 'darwin');
    const { installed } = await installFonts([font('Bold')], mac);
    const dead = spawnSync(process.execPath, ['--version']).pid;
    const name = basename(installed[0]?.path ?? '');
    for (const note of ['used', 'removed']) await writeFile(join(mac.claims, `${note}.${dead}.0.${name}`), '');
    await uninstallFonts((await installFonts([font('Bold')], mac)).installed, mac);
    await uninstallFonts(installed, mac);
    assert.deepEqual(await readdir(mac.fonts), []);
    assert.deepEqual(await readdir(mac.claims), []);
  });

  it('is whole for each of them, in two processes that install and uninstall as fast as they can', async (t) => {
    const { home, fonts, claims } = await system(t, 'darwin');
    const program = `
      import { readFile } from 'node:fs/promises';
      import { installFonts, uninstallFonts } from '${MODULES}install.ts';
      const system = { platform: 'darwin', home: ${JSON.stringify(home)}, localAppData: '', run: async () => {} };
      const font = ${JSON.stringify(font('Bold'))};
      const bytes = await readFile(font.path);
      const job = async () => {
        for (let round = 0; round < 25; round += 1) {
          const { installed, warnings } = await installFonts([font], system);
          if (warnings.length > 0) throw new Error(warnings.join());
          await new Promise(setImmediate);
          if (!bytes.equals(await readFile(installed[0].path))) throw new Error('not whole');
          warnings.push(...(await uninstallFonts(installed, system)));
          if (warnings.length > 0) throw new Error(warnings.join());
        }
      };
      await Promise.all([job(), job()]);
    `;
    const run = () => execa(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program]);
    await Promise.all([run(), run()]);
    assert.deepEqual(await readdir(fonts), []);
    assert.deepEqual(await readdir(claims), []);
  });
});

describe('a font of a job elsewhere', () => {
  it('is not installed, which one sentence tells for all of them', async (t) => {
    const linux = await system(t, 'linux');
    const { installed, warnings } = await installFonts([font('Regular'), font('Bold')], linux);
    assert.deepEqual(installed, []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^Inter Regular, Inter Bold: .*macOS and Windows only.*WSL.*Windows: install them/);
    assert.deepEqual(await filesIn(linux.home), []);
    assert.deepEqual(await uninstallFonts([{ path: font('Bold').path, fullName: '', claim: '' }], linux), []);
  });

  it('says nothing of a job without fonts', async (t) => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const user = await system(t, platform);
      assert.deepEqual(await installFonts([], user), { installed: [], warnings: [] });
      assert.deepEqual(await uninstallFonts([], user), []);
      assert.deepEqual(user.calls, []);
    }
  });
});
