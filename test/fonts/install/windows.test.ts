import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { installFonts, uninstallFonts } from '../../../lib/fonts/install/install.ts';
import { thisUserFontSystem } from '../../../lib/fonts/install/system.ts';
import { filesIn, font, system } from './test-user.ts';

describe('a font of a job on Windows', () => {
  it('is named in the registry of the user, and loaded into the session that runs', async (t) => {
    const windows = await system(t, 'win32');
    const { installed, warnings } = await installFonts([font('Bold')], windows);
    assert.deepEqual(warnings, []);
    const [{ path = '' } = {}] = installed;
    assert.equal(dirname(path), join(windows.localAppData, 'Microsoft', 'Windows', 'Fonts'));
    assert.deepEqual(await readFile(path), await readFile(font('Bold').path));

    const key = 'HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts';
    const value = `Inter Bold [${basename(path).slice(0, 31)}] (TrueType)`;
    const [register, load, ...others] = windows.calls.splice(0);
    assert.deepEqual(register, ['reg.exe', 'add', key, '/v', value, '/t', 'REG_SZ', '/d', path, '/f']);
    assert.equal(load?.[0], 'powershell.exe');
    assert.match(load?.at(-1) ?? '', /\$gdi::AddFontResourceW\(\$_\)/);
    assert.ok(load?.at(-1)?.includes(`@('${path}')`));
    assert.deepEqual(others, []);

    assert.deepEqual(await uninstallFonts(installed, windows), []);
    const [unload, unregister] = windows.calls;
    assert.match(unload?.at(-1) ?? '', /\$gdi::RemoveFontResourceW\(\$_\)/);
    assert.deepEqual(unregister, ['reg.exe', 'delete', key, '/v', value, '/f']);
    assert.deepEqual(await filesIn(windows.fonts), []);
  });

  it('is loaded and unloaded once for each job, and its name goes with the last', async (t) => {
    const windows = await system(t, 'win32');
    const first = await installFonts([font('Bold')], windows);
    const second = await installFonts([font('Bold')], windows);
    windows.calls.length = 0;
    await uninstallFonts(first.installed, windows);
    assert.deepEqual(
      windows.calls.map(([command]) => command),
      ['powershell.exe'],
    );
    await uninstallFonts(second.installed, windows);
    assert.deepEqual(
      windows.calls.map(([command]) => command),
      ['powershell.exe', 'powershell.exe', 'reg.exe'],
    );
    windows.calls.length = 0;
    await uninstallFonts(second.installed, windows);
    assert.ok(!windows.calls.some(([command]) => command === 'powershell.exe'));
  });

  it('may lie in the folder of a user whose name has quotes', async (t) => {
    const windows = await system(t, 'win32', { name: "O'Neil’s" });
    await installFonts([font('Bold')], windows);
    assert.ok(windows.calls.at(-1)?.at(-1)?.includes("O''Neil’’s"));
  });

  it('has no control characters in its name in the registry', async (t) => {
    const windows = await system(t, 'win32');
    await installFonts([{ ...font('Bold'), fullName: 'Inter\0\nBold' }], windows);
    assert.match(windows.calls[0]?.[4] ?? '', /^Inter {2}Bold \[/);
  });

  it('is not installed where the registry cannot be written to', async (t) => {
    const windows = await system(t, 'win32', { broken: ['reg.exe'] });
    const { installed, warnings } = await installFonts([font('Bold')], windows);
    assert.deepEqual(installed, []);
    assert.match(warnings.join(), /Inter Bold could not be installed for After Effects: reg\.exe: not allowed\./);
    assert.match(warnings.join(), /Install it in Windows/);
    assert.deepEqual(await filesIn(windows.fonts), []);
    assert.deepEqual(await filesIn(windows.claims), []);
  });

  it('is installed with a warning where PowerShell may not load it, and can be removed', async (t) => {
    const windows = await system(t, 'win32', { broken: ['powershell.exe'] });
    const { installed, warnings } = await installFonts([font('Regular'), font('Bold')], windows);
    assert.equal(installed.length, 2);
    assert.match(
      warnings.join(),
      /^Inter Regular, Inter Bold: .* after the next sign-in: powershell\.exe: not allowed\.$/,
    );
    assert.match((await uninstallFonts(installed, windows)).join(), /powershell\.exe: not allowed\.$/);
    assert.deepEqual(await filesIn(windows.fonts), []);
  });
});

describe('the system of this user', () => {
  it('runs a program, and tells what it said when it fails', async () => {
    const { run, localAppData } = thisUserFontSystem('home');
    assert.equal(localAppData, join('home', 'AppData', 'Local'));
    await run(process.execPath, ['--version']);
    await assert.rejects(run(process.execPath, ['--eval', 'console.error("Access is denied."); process.exit(1)']), {
      message: `${process.execPath}: Access is denied.`,
    });
    await assert.rejects(run(process.execPath, ['--eval', 'process.exit(3)']), { message: /exit code 3$/ });
    // Windows hands it to cmd.exe, which says so in the user's language.
    const reason = process.platform === 'win32' ? /^no-such-program: ./ : /^no-such-program: .*ENOENT/;
    await assert.rejects(run('no-such-program', []), { message: reason });
  });
});
