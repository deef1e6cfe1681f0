import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  aerenderArguments,
  codecOfOutputModule,
  isWindowsProgramOnLinux,
  outputModule,
  pathSeenBy,
  windowsPath,
} from '../../lib/aerender/arguments.ts';
import {
  findInstallations,
  type InstallSystem,
  installPathsOf,
  locateAerender,
} from '../../lib/aerender/installations.ts';
import { CODECS, DEFAULT_VIDEO_CODEC } from '../../lib/contract/formats.ts';

const MACOS = '/Applications/Adobe After Effects 2026/aerender';
const WINDOWS = 'C:\\Program Files\\Adobe\\Adobe After Effects 2026\\Support Files\\aerender.exe';
const WSL = '/mnt/c/Program Files/Adobe/Adobe After Effects 2026/Support Files/aerender.exe';

/** A system with these files, and nothing else. */
function system(platform: NodeJS.Platform, files: readonly string[], folders: readonly string[] = []): InstallSystem {
  return { platform, exists: (path) => files.includes(path), list: () => [...folders] };
}

describe('aerender', () => {
  it('is found where each system installs it', () => {
    for (const [platform, file] of [
      ['darwin', MACOS],
      ['win32', WINDOWS],
      ['linux', WSL],
    ] as const) {
      assert.deepEqual(locateAerender({ engine: 'ae2026', binaries: {}, system: system(platform, [file]) }), { file });
      const missing = locateAerender({ engine: 'ae2026', binaries: {}, system: system(platform, []) });
      assert.ok('searched' in missing && missing.searched.includes(file));
    }
  });

  it('is found on Windows in another program folder, or where its installer has noted it', () => {
    const other = 'D:\\Programs\\Adobe\\Adobe After Effects 2026\\Support Files\\aerender.exe';
    const onD = { ...system('win32', [other]), programFolders: ['D:\\Programs'] };
    assert.deepEqual(locateAerender({ engine: 'ae2026', binaries: {}, system: onD }), { file: other });
    const noted = 'E:\\Video\\Adobe After Effects 2026\\Support Files';
    const query = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Adobe\\After Effects\\26.0\r\n    InstallPath    REG_SZ    ${noted}\\\r\n`;
    assert.deepEqual(installPathsOf(query), [noted]);
    const registered = { ...system('win32', [`${noted}\\aerender.exe`]), registered: () => installPathsOf(query) };
    assert.deepEqual(locateAerender({ engine: 'ae2026', binaries: {}, system: registered }), {
      file: `${noted}\\aerender.exe`,
    });
    assert.ok('searched' in locateAerender({ engine: 'ae2025', binaries: {}, system: registered }));
  });

  it('is only looked for where it is said to be, when it is said', () => {
    const binaries = { ae2026: '/opt/aerender' };
    assert.deepEqual(locateAerender({ engine: 'ae2026', binaries, system: system('darwin', [MACOS]) }), {
      searched: ['/opt/aerender'],
    });
    assert.deepEqual(locateAerender({ engine: 'ae2026', binaries, system: system('darwin', ['/opt/aerender']) }), {
      file: '/opt/aerender',
    });
    assert.ok('searched' in locateAerender({ engine: 'constructor', binaries: {}, system: system('darwin', []) }));
  });

  it('is listed with its versions, the newest first', () => {
    const folders = [
      'Adobe After Effects CC 2019',
      'Adobe After Effects 2026',
      'Adobe Illustrator',
      'Adobe After Effects 2024',
    ];
    const files = folders.map((folder) => `/Applications/${folder}/aerender`);
    const found = findInstallations(system('darwin', files, folders)).map(({ version }) => version);
    assert.deepEqual(found, ['2026', '2024', 'CC 2019']);
  });

  it('is given every path and name as an argument of its own, so that no quoting is needed', () => {
    const args = aerenderArguments({
      project: 'C:\\a b\\"x".aep',
      output: 'C:\\out\\f_[#####].png',
      script: 'C:\\job.jsx',
      composition: '-r "main" & del',
      frames: { first: 0, last: 9 },
      quality: 'draft',
      halfResolution: false,
      outputModule: 'PNG Sequence',
      multiFrame: { enabled: true, maxCpuPercent: 80 },
      maxMemoryPercent: 70,
    });
    const after = (flag: string, count = 1) => args.slice(args.indexOf(flag) + 1, args.indexOf(flag) + 1 + count);
    assert.deepEqual(after('-comp'), ['-r "main" & del']);
    assert.deepEqual(after('-project'), ['C:\\a b\\"x".aep']);
    assert.deepEqual([...after('-s'), ...after('-e')], ['0', '9']);
    assert.deepEqual(after('-mfr', 2), ['ON', '80']);
    assert.deepEqual(after('-mem_usage', 2), ['50', '70']);
    assert.deepEqual(after('-renderSettings'), ['Resolution: Full']);
  });

  it('of Windows is given Windows paths under WSL, and refuses what Windows cannot see', () => {
    assert.ok(isWindowsProgramOnLinux(WSL, 'linux'));
    assert.ok(!isWindowsProgramOnLinux(WINDOWS, 'win32'));
    assert.equal(windowsPath('/mnt/c/jobs/a b.aep'), 'C:\\jobs\\a b.aep');
    assert.throws(() => windowsPath('/home/me/a.aep'), { message: /WSL/ });
  });

  it('is given paths as URIs, in which a per cent sign is escaped; the bundled renderer takes them as they are', () => {
    const ours = pathSeenBy({ kind: 'after-effects', file: '/Applications/aerender' });
    const bundled = pathSeenBy({ kind: 'bundled', file: '/app/aerender-lottie.js' });
    for (const path of ['/a b/c.aep', '/50% off/a%20b.aep', '/%2525/%/%%.aep', '/über/日本.aep']) {
      assert.equal(ours(path).replaceAll(/%[\da-f]{2}/gi, decodeURIComponent), path);
      assert.equal(bundled(path), path);
    }
  });

  it('gets an output module for every codec, and the bundled renderer its exact one', () => {
    for (const codec of CODECS) {
      assert.equal(codecOfOutputModule(outputModule(codec, 'bundled', {}))?.id, codec.id);
      assert.equal(codecOfOutputModule(outputModule(codec, 'after-effects', {}))?.family, codec.family);
    }
    assert.equal(outputModule(DEFAULT_VIDEO_CODEC, 'after-effects', { [DEFAULT_VIDEO_CODEC.id]: 'Ours' }), 'Ours');
  });
});
