import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findNodeProgram } from '../../lib/processes/node-program.ts';
import { electronProgram } from '../support/electron-program.ts';

describe('the program that runs the bundled renderer', () => {
  it('is that of this process in Node.js', async () => {
    assert.deepEqual(await findNodeProgram(null), { file: process.execPath });
  });

  it('is that of the app in Electron, as long as its fuse RunAsNode is on', async (t) => {
    for (const state of ['1', 'r', null] as const) {
      const { host } = await electronProgram(t, state);
      assert.deepEqual(await findNodeProgram(null, host), { file: host.execPath }, String(state));
    }
  });

  it('is none in an Electron app whose fuse is off, which is not started to find out', async (t) => {
    const { host, wasStarted } = await electronProgram(t, '0');
    const found = await findNodeProgram(null, host);
    assert.match('fault' in found ? found.fault : '', /RunAsNode is off.*bundled\.nodePath/);
    assert.equal(await wasStarted(), false);
  });

  it('is the one that the embedder names, in Electron too', async (t) => {
    const { host } = await electronProgram(t, '0');
    assert.deepEqual(await findNodeProgram(process.execPath, host), { file: process.execPath });
    const missing = await findNodeProgram(join(host.execPath, 'nowhere'), host);
    assert.match('fault' in missing ? missing.fault : '', /bundled\.nodePath cannot be run/);
  });
});
