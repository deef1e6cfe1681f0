import assert from 'node:assert/strict';
import { access, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';
import { probeVideo } from '../../lib/media/probe-output.ts';

/** The package as its user gets it: packed, installed in an empty folder outside of the checkout, and run from there. */
describe('the packed package', () => {
  let folder: string;
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
    const packages = [join(folder, entry.filename), 'canvaskit-wasm@^0.42', 'node-av@^6.1', 'node@^24'];
    await execa('npm', ['i', '--prefer-offline', '--no-audit', '--no-fund', ...packages], {
      cwd: folder,
      env: { SKIP_FFMPEG: 'true' },
    });
    await cp(join(folder, 'node_modules/aerender-batch/samples'), join(folder, 'samples'), { recursive: true });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('renders the quick start into a video', async () => {
    const { exitCode, stdout, stderr } = await run('node', ['samples/quick-start.ts']);
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

  it('brings its types and its schema', async () => {
    for (const file of ['schema.json', 'dist/lib/index.d.ts', 'dist/assets/fonts/Inter-Regular.ttf']) {
      await access(join(folder, 'node_modules/aerender-batch', file));
    }
  });
});
