import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { copyRegularFile, FileRefused, readHead, readRegularFile, whileHeld } from '../lib/files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const skip = process.platform === 'win32' ? 'Windows has none of these among its files' : false;

/** Linux states 4,096 bytes for each file of its own that has a line or two. */
const SHORT_FILE = '/sys/kernel/mm/transparent_hugepage/enabled';

function skipWithoutShortFile(): string | false {
  try {
    execFileSync('test', ['-r', SHORT_FILE]);
    return false;
  } catch {
    return `${SHORT_FILE} is not there`;
  }
}

/** What stands in a folder of a Unix and is no file. */
async function others(t: TestContext): Promise<Record<string, string>> {
  const folder = await temporaryFolder(t);
  const pipe = join(folder, 'pipe.aep');
  execFileSync('mkfifo', [pipe]);
  const link = join(folder, 'link.aep');
  await symlink(pipe, link);
  const socket = join(folder, 'socket.aep');
  const server = createServer().listen(socket);
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { 'a named pipe': pipe, 'a socket': socket, 'a folder': folder, 'a device': '/dev/zero', link };
}

describe('a file that is to be read', () => {
  it('is a regular one: pipes, sockets, folders and devices are refused at once', { skip }, async (t) => {
    const { link = '', ...rest } = await others(t);
    for (const [kind, path] of Object.entries(rest)) {
      const refused = { name: 'FileRefused', message: `it is ${kind}, not a file` };
      await assert.rejects(readRegularFile(path, { maxBytes: 100 }), refused);
      await assert.rejects(copyRegularFile(path, join(rest['a folder'] ?? '', 'copy'), { maxBytes: 100 }), refused);
    }
    await assert.rejects(readHead(link, 4, { maxBytes: 100 }), FileRefused);
  });

  it('is not larger than its use allows, whatever of it is read', async (t) => {
    const file = join(await temporaryFolder(t), 'large.aep');
    await writeFile(file, '');
    await truncate(file, 5 * 2 ** 20);
    const message = 'it has 5 MiB, and 4 MiB are allowed';
    await assert.rejects(readRegularFile(file, { maxBytes: 4 * 2 ** 20 }), { message });
    await assert.rejects(readHead(file, 4, { maxBytes: 4 * 2 ** 20 }), { message });
    assert.equal((await readHead(file, 4, { maxBytes: 5 * 2 ** 20 })).length, 4);
  });

  it('is copied byte for byte, over what is there, in pieces and as a clone', async (t) => {
    const folder = await temporaryFolder(t);
    for (const size of [0, 1, 3 * 2 ** 20 + 7]) {
      const content = randomBytes(size);
      const [from, to] = [join(folder, 'from'), join(folder, 'to')];
      await writeFile(from, content);
      await copyRegularFile(from, to, { maxBytes: 2 ** 30 });
      assert.ok((await readFile(to)).equals(content));
    }
  });

  it('is copied to its end where the system says that it is longer', { skip: skipWithoutShortFile() }, async (t) => {
    const to = join(await temporaryFolder(t), 'copy');
    await copyRegularFile(SHORT_FILE, to, { maxBytes: 2 ** 30 });
    assert.ok((await stat(to)).size < (await stat(SHORT_FILE)).size);
    assert.equal(await readFile(to, 'utf8'), await readFile(SHORT_FILE, 'utf8'));
  });

  it('is not copied any further when its signal is aborted, and leaves nothing', async (t) => {
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, 'in'));
    await writeFile(join(folder, 'in', 'film'), randomBytes(2 ** 20));
    const to = join(folder, 'copy');
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await assert.rejects(copyRegularFile(join(folder, 'in', 'film'), to, { maxBytes: 2 ** 30, signal }), /no longer/);
    await assert.rejects(stat(to), { code: 'ENOENT' });
  });
});

const held = (code: string) => Object.assign(new Error(code), { code });

/** Fails so often, then succeeds. */
function failing(times: number, code: string): () => Promise<string> {
  let left = times;
  return async () => {
    if (left-- > 0) throw held(code);
    return 'done';
  };
}

describe('a file that another program holds', () => {
  it('is tried again on Windows until it is free', async () => {
    for (const code of ['EBUSY', 'EPERM', 'EACCES'])
      assert.equal(await whileHeld(failing(3, code), { platform: 'win32' }), 'done');
  });

  it('is told when its time is over, when the step is aborted, and at once on other systems', async () => {
    await assert.rejects(whileHeld(failing(1_000, 'EBUSY'), { platform: 'win32', limitMs: 30 }), { code: 'EBUSY' });
    const signal = AbortSignal.abort();
    await assert.rejects(whileHeld(failing(1, 'EBUSY'), { platform: 'win32', signal }), { name: 'AbortError' });
    await assert.rejects(whileHeld(failing(1, 'EBUSY'), { platform: 'linux' }), { code: 'EBUSY' });
    await assert.rejects(whileHeld(failing(1, 'ENOSPC'), { platform: 'win32' }), { code: 'ENOSPC' });
  });
});
