import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ProcessEnd } from '../../lib/processes/start.ts';
import { readProcess } from '../../lib/processes/table.ts';
import { isSameProcess, type KnownProcess } from '../../lib/processes/tree.ts';
import { electronProgram } from '../support/electron-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOST = fileURLToPath(new URL('../fixtures/keeper-host.ts', import.meta.url));

/** Prints, and then runs until it is killed. */
const SCRIPT = "console.log('out'); setInterval(() => {}, 1000)";

/** Runs the script in a host of its own up to its output; returns who started it, and how a kill ends it. */
async function launch(t: TestContext, ...options: string[]) {
  const host = spawn(process.execPath, [HOST, SCRIPT, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => host.kill('SIGKILL'));
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  const next = async <Line>() => JSON.parse((await lines.next()).value ?? 'null') as Line;
  const known = await next<KnownProcess>();
  const parent = (await readProcess(known.pid))?.parentPid;
  const output = await next<object>();
  host.stdin.write('kill');
  const end = await next<ProcessEnd>();
  const isLeft = await isSameProcess(known.pid, known.startedAt);
  const [exitCode] = await once(host, 'exit');
  return { startedByHost: parent === host.pid, output, signal: end.signal, isLeft, exitCode };
}

const RUN = { output: { stdout: 'out\n' }, signal: 'SIGTERM', isLeft: false, exitCode: 0 };
const skip = process.platform === 'win32' && 'Windows ends a process without a signal, and runs no shell scripts';

describe('a process', { skip }, () => {
  it('is started by the keeper of its thread', async (t) => {
    assert.deepEqual(await launch(t), { ...RUN, startedByHost: false });
  });

  it('is started by the thread itself where the program of a keeper is not there', async (t) => {
    const program = join(await temporaryFolder(t), 'nowhere');
    assert.deepEqual(await launch(t, '--program', program), { ...RUN, startedByHost: true });
  });

  it('is started by the thread itself where the keeper ends at its start', async (t) => {
    const program = join(await temporaryFolder(t), 'program');
    await writeFile(program, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    assert.deepEqual(await launch(t, '--program', program), { ...RUN, startedByHost: true });
  });

  it('is started by the thread itself in an Electron app that does not run as Node, which is not opened again', async (t) => {
    const { host, wasStarted } = await electronProgram(t, '0');
    assert.deepEqual(await launch(t, '--program', host.execPath, '--electron'), { ...RUN, startedByHost: true });
    assert.equal(await wasStarted(), false);
  });
});
