import assert from 'node:assert/strict';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findNodeProgram } from '../../lib/processes/node-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A stand-in for the program of an Electron app: it has fuses as Electron's has, and leaves a mark when it is started. */
async function electron(t: TestContext, runAsNode: '0' | '1' | 'r' | null) {
  const folder = await temporaryFolder(t);
  const execPath = join(folder, 'app');
  const wire = runAsNode === null ? '' : `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0008${runAsNode}0110001`;
  await writeFile(execPath, `#!/bin/sh\ntouch "${folder}/started"\n#${wire}\n`, { mode: 0o755 });
  const host = { execPath, versions: { ...process.versions, electron: '39.0.0' } };
  const wasStarted = () =>
    access(join(folder, 'started')).then(
      () => true,
      () => false,
    );
  return { host, wasStarted };
}

describe('the program that runs the bundled renderer', () => {
  it('is that of this process in Node.js', async () => {
    assert.deepEqual(await findNodeProgram(null), { file: process.execPath });
  });

  it('is that of the app in Electron, as long as its fuse RunAsNode is on', async (t) => {
    for (const state of ['1', 'r', null] as const) {
      const { host } = await electron(t, state);
      assert.deepEqual(await findNodeProgram(null, host), { file: host.execPath }, String(state));
    }
  });

  it('is none in an Electron app whose fuse is off, which is not started to find out', async (t) => {
    const { host, wasStarted } = await electron(t, '0');
    const found = await findNodeProgram(null, host);
    assert.match('fault' in found ? found.fault : '', /RunAsNode is off.*bundled\.nodePath/);
    assert.equal(await wasStarted(), false);
  });

  it('is the one that the embedder names, in Electron too', async (t) => {
    const { host } = await electron(t, '0');
    assert.deepEqual(await findNodeProgram(process.execPath, host), { file: process.execPath });
    const missing = await findNodeProgram(join(host.execPath, 'nowhere'), host);
    assert.match('fault' in missing ? missing.fault : '', /bundled\.nodePath cannot be run/);
  });
});
