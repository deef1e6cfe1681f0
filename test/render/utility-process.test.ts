import assert from 'node:assert/strict';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { EngineOptions } from '../../lib/config.ts';
import { probeVideo } from '../../lib/media/probe-output.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fakeUtilityProcess } from '../support/utility-process.ts';

const CARD = join(SAMPLES, 'invitation.json');

/** An app whose program only leaves a mark when it is started. */
async function electronApp(t: TestContext) {
  const folder = await temporaryFolder(t);
  const app = join(folder, 'app');
  await writeFile(app, `#!/bin/sh\ntouch "${folder}/started"\n`, { mode: 0o755 });
  const { fork } = fakeUtilityProcess({ node: process.execPath, app });
  const wasStarted = () =>
    access(join(folder, 'started')).then(
      () => true,
      () => false,
    );
  return { fork, wasStarted };
}

async function openApp(t: TestContext, options: Partial<EngineOptions> = {}) {
  const { fork, wasStarted } = await electronApp(t);
  const studio = await openStudio(t, { ...options, bundled: { ...options.bundled, spawn: fork } });
  return { ...studio, wasStarted };
}

describe('a utility process of Electron', () => {
  it('renders a video, and tells its progress', { timeout: 60_000 }, async (t) => {
    const { engine, wasStarted } = await openApp(t);
    const frames: (number | null)[] = [];
    engine.on('job:progress', ({ frame }) => frames.push(frame));
    const { batchId, jobs, errors } = await engine.batches.create({
      jobs: [{ template: { id: 'card', src: CARD, composition: 'main' } }],
    });
    assert.deepEqual(errors ?? [], []);
    const [{ id = '' } = {}] = jobs;
    await engine.batches.wait(batchId);
    const job = await engine.jobs.get(id);
    assert.equal(job.status, 'finished', job.stats.error ?? '');
    assert.equal((await probeVideo(await engine.jobs.output(id))).frames, frames.at(-1));
    assert.equal(await wasStarted(), false);
  });
});
