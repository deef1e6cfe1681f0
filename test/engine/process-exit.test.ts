import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';
import { damagedProject, FAKE_AERENDER } from '../support/engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ENGINE = new URL('../../lib/index.ts', import.meta.url).href;

/** A program that opens an engine, does this, and never closes it. */
async function program(t: TestContext, body: string) {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'project.aep'), damagedProject());
  const code = `
    import { BatchEngine } from ${JSON.stringify(ENGINE)};
    const engine = await BatchEngine.open({
      database: 'renders.db', outputDir: 'renders', aerender: { binaries: { ae2026: ${JSON.stringify(FAKE_AERENDER)} } },
    });
    const job = (composition) => ({
      template: { id: 'p', src: ${JSON.stringify(join(cwd, 'project.aep'))}, composition },
      settings: { type: 'image', frames: 0 },
    });
    ${body}`;
  await writeFile(join(cwd, 'program.mjs'), code);
  return await execa(process.execPath, ['--conditions=source', 'program.mjs'], {
    cwd,
    env: { AERENDER_MARKS: cwd },
    reject: false,
    timeout: 30_000,
  });
}

describe('a program that forgets to close its engine', () => {
  it('exits while the engine is idle', async (t) => {
    const { exitCode, stderr } = await program(t, '');
    assert.equal(exitCode, 0, stderr);
  });

  it('exits when what it waited for is there', async (t) => {
    const { exitCode, stdout, stderr } = await program(
      t,
      `const { batchId } = await engine.batches.create({ jobs: [job('slow')] });
      console.log((await engine.batches.wait(batchId)).status);
      await engine.idle();`,
    );
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, 'finished');
  });

  it('waits for what renders, though nobody asks for it', async (t) => {
    const { exitCode, stdout, stderr } = await program(
      t,
      `engine.on('job:finished', () => console.log('finished'));
      await engine.batches.create({ jobs: [job('slow'), job('slow')] });`,
    );
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout, 'finished\nfinished');
  });

  it('stays while it waits for a batch that another engine is to render', async (t) => {
    const { stdout, exitCode } = await program(
      t,
      `await engine.pause();
      const { batchId } = await engine.batches.create({ jobs: [job('good')] });
      const waiting = engine.batches.wait(batchId).then(({ status }) => console.log(status));
      setTimeout(() => engine.resume(), 1500).unref();
      await waiting;`,
    );
    assert.equal(exitCode, 0);
    assert.equal(stdout, 'finished');
  });
});
