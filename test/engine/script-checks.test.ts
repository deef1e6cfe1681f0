import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installHook, removeHook } from '../../lib/aerender/script-hook/install.ts';
import type { JobCreationInput } from '../../lib/plan/request.ts';
import { afterEffectsFolder } from '../support/after-effects-folder.ts';
import { aeJob, openStudio } from '../support/engine.ts';

const text = { type: 'text' as const, layerName: 'name', value: 'Ada' };

describe('a job for an After Effects that takes no scripts', () => {
  it('is refused where it has assets that need one, with the advice', async (t) => {
    const { aerender } = await afterEffectsFolder(t);
    const { engine, project } = await openStudio(t, { paused: true, aerender: { binaries: { ae2026: aerender } } });
    const jobs = [[text], [], [{ type: 'static' as const, src: project, name: 'a.aep' }]].map(
      (assets): JobCreationInput => aeJob(project, 'good', { assets }),
    );
    const { errors, successCount } = await engine.batches.create({ jobs });
    assert.equal(successCount, 2);
    assert.deepEqual(
      errors?.map(({ index, errorCode }) => [index, errorCode]),
      [[0, 'SCRIPT_HOOK_MISSING']],
    );
    assert.match(errors?.[0]?.error ?? '', /aerender-batch setup/);
  });

  it('is accepted as soon as it takes them, while the engine runs', async (t) => {
    const { aerender } = await afterEffectsFolder(t);
    const { engine, project } = await openStudio(t, { paused: true, aerender: { binaries: { ae2026: aerender } } });
    const create = () => engine.jobs.create(aeJob(project, 'good', { assets: [text] }));
    await assert.rejects(create(), { code: 'SCRIPT_HOOK_MISSING' });
    await installHook(aerender);
    await create();
    await removeHook(aerender);
    await assert.rejects(create(), { code: 'SCRIPT_HOOK_MISSING' });
  });

  it('is accepted if nothing is known of the program', async (t) => {
    const { engine, project } = await openStudio(t, { paused: true });
    const { id, status } = await engine.jobs.create(aeJob(project, 'good', { assets: [text] }));
    assert.equal(status, 'queued');
    // Only of the project, which is damaged.
    assert.equal((await engine.jobs.warnings(id)).length, 1);
  });
});
