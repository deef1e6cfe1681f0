import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { parseResidentSize, parseTasklist, residentMib, watchMemory } from '../../lib/processes/memory.ts';

/** Holds so much memory outside of V8's heap, as WebAssembly and native code do, and says when it does. */
function holder(mib: number): ChildProcess {
  const script = `globalThis.held = Buffer.alloc(${mib} * 2 ** 20, 1); console.log('held'); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Linux has `ps` as well, so that what macOS is asked can be tried there. */
const WAYS: NodeJS.Platform[] = process.platform === 'linux' ? ['linux', 'darwin'] : [process.platform];

describe('the memory of the renderer', () => {
  for (const platform of WAYS) {
    it(`is asked for as ${platform} tells it`, { timeout: 60_000 }, async (t) => {
      const child = holder(100);
      t.after(() => child.kill('SIGKILL'));
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      const mib = (await residentMib(child.pid ?? 0, platform)) ?? 0;
      assert.ok(mib > 100 && mib < 400, `${mib} MiB`);
    });

    it(`ends a process that holds too much, as ${platform} tells it`, { timeout: 60_000 }, async (t) => {
      const child = holder(100);
      t.after(() => child.kill('SIGKILL'));
      await once(child.stdout as NodeJS.ReadableStream, 'data');
      const told: number[] = [];
      const onExceeded = (limit: number) => {
        told.push(limit);
        child.kill('SIGKILL');
      };
      const watch = watchMemory(child.pid, onExceeded, { limitMib: 50, platform });
      const [, signal] = await once(child, 'exit');
      watch.end();
      assert.equal(process.platform === 'win32' ? 'SIGKILL' : signal, 'SIGKILL');
      assert.deepEqual(told, [50]);
    });

    it(`is nothing of a process that has ended, as ${platform} tells it`, { timeout: 60_000 }, async () => {
      const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
      await once(child, 'exit');
      assert.equal(await residentMib(child.pid ?? 0, platform), null);
    });
  }

  it('is read from what ps of macOS prints', () => {
    assert.equal(parseResidentSize('  46080\n'), 45);
    assert.equal(parseResidentSize(''), null);
  });

  it('is read from what tasklist prints, in the numbers of any language', () => {
    for (const [size, mib] of [
      ['46,080 K', 45],
      ['46.080 K', 45],
      ['46\u00a0080 Ko', 45],
      ['46\u00ff080 Ko', 45], // The code page of a console.
      ["4'608'000 K", 4_500],
      ['980 K', 980 / 1_024],
    ] as const)
      assert.equal(parseTasklist(`"node.exe","4242","Console","1","${size}"\r\n`, 4242), mib);
  });

  it('is unknown where tasklist knows no such process, or names another', () => {
    assert.equal(parseTasklist('INFO: No tasks are running which match the specified criteria.\r\n', 4242), null);
    assert.equal(parseTasklist('"node.exe","4243","Console","1","46,080 K"\r\n', 4242), null);
    assert.equal(parseTasklist('"node.exe","4242","Console","1","N/A"\r\n', 4242), null);
  });
});
