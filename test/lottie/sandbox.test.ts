import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { confinedArguments, confinedEnvironment } from '../../lib/lottie/sandbox/permissions.ts';
import { smallDocument, solidLayer } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const RENDERER = fileURLToPath(new URL('../../bin/aerender-lottie.ts', import.meta.url));
const fixture = (name: string) => new URL(`../fixtures/escapes/${name}`, import.meta.url);

/** Outside of all that a job may reach: a file to read, and a place to write to. */
async function outside(t: TestContext) {
  const folder = await temporaryFolder(t);
  const secret = join(folder, 'secret.txt');
  await writeFile(secret, 'the secret of the host');
  return { folder, secret, mark: join(folder, 'mark-') };
}

describe('code of others', () => {
  it('finds no way out of the process of the script: nothing is read, written, started or connected to', {
    timeout: 120_000,
  }, async (t) => {
    const { folder, secret, mark } = await outside(t);
    const work = await temporaryFolder(t);
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    const constants = Object.entries({ MARK: mark, SECRET: secret, PORT: port });
    const head = constants.map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`).join('\n');
    await writeFile(join(work, 'ways.jsx'), `${head}\n${await readFile(fixture('ways.jsx.txt'), 'utf8')}`);
    await writeFile(
      join(work, 'project.json'),
      JSON.stringify(smallDocument([solidLayer('a', '#ff0000', 0, 0, 10, 10)])),
    );
    const files = ['-project', join(work, 'project.json'), '-r', join(work, 'ways.jsx')];
    const rest = ['-comp', 'main', '-s', '0', '-e', '0', '-OMtemplate', 'image_png', '-output', join(work, 'a.png')];
    const { exitCode, stdout } = await execa(process.execPath, [RENDERER, ...files, ...rest], { reject: false });
    assert.equal(exitCode, 1, stdout);
    const tried = Number(/TRIED (\d+)/.exec(stdout)?.[1]);
    assert.ok(tried >= 50, stdout);
    assert.doesNotMatch(stdout, /LEAKED|the secret of the host/);
    assert.deepEqual(await readdir(folder), ['secret.txt']);
    assert.equal(connections, 0);
  });

  it('can do nothing where it has left its realm: the process has no rights', { timeout: 60_000 }, async (t) => {
    const { folder, secret, mark } = await outside(t);
    const read = [fileURLToPath(new URL('../..', import.meta.url))];
    const confined = confinedArguments(fixture('escaped.ts'), { read, write: [], memoryMb: 256 });
    const args = ['--disallow-code-generation-from-strings', ...confined, secret, mark];
    process.env.SECRET_OF_THE_HOST = 'x';
    const env = confinedEnvironment();
    const { stdout, stderr } = await execa(process.execPath, args, { reject: false, env, extendEnv: false });
    assert.deepEqual(JSON.parse(stdout || `"${stderr}"`), []);
    assert.deepEqual(await readdir(folder), ['secret.txt']);
  });

  it('sees pictures of the job only: a script cannot import a file from outside', { timeout: 60_000 }, async (t) => {
    const { secret } = await outside(t);
    const work = await temporaryFolder(t);
    const imported = `app.project.importFile(new ImportOptions(new File(${JSON.stringify(secret)})));`;
    await writeFile(join(work, 'own.jsx'), imported);
    await writeFile(
      join(work, 'project.json'),
      JSON.stringify(smallDocument([solidLayer('a', '#ff0000', 0, 0, 10, 10)])),
    );
    const files = ['-project', join(work, 'project.json'), '-r', join(work, 'own.jsx')];
    const rest = ['-comp', 'main', '-s', '0', '-e', '0', '-OMtemplate', 'image_png', '-output', join(work, 'a.png')];
    const { exitCode, stdout } = await execa(process.execPath, [RENDERER, ...files, ...rest], { reject: false });
    assert.equal(exitCode, 1);
    assert.match(stdout, /Access to this API has been restricted|may read/);
  });
});
