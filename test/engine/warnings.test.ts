import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { AssetInput } from '../../lib/assets/asset.ts';
import type { JobWarning } from '../../lib/contract/call-options.ts';
import { openStudio, SAMPLES } from '../support/engine.ts';

/** The invitation in a folder of its own, changed; and a way to see what a job of it is warned of. */
async function invitation(t: TestContext, change: (document: Document) => void) {
  const studio = await openStudio(t, { paused: true });
  const folder = join(studio.folder, 'template');
  await mkdir(folder);
  for (const name of ['images', 'fonts']) await cp(join(SAMPLES, name), join(folder, name), { recursive: true });
  const document = JSON.parse(await readFile(join(SAMPLES, 'invitation.json'), 'utf8')) as Document;
  change(document);
  const src = join(folder, 'invitation.json');
  await writeFile(src, JSON.stringify(document));
  const warningsOf = async (assets: AssetInput[]) => {
    const warnings: JobWarning[] = [];
    const job = { template: { id: 'x', src, composition: 'main' }, assets };
    const answer = await studio.engine.batches.create(
      { jobs: [job] },
      { onWarning: (warning) => warnings.push(warning) },
    );
    return { answer, messages: warnings.map(({ message }) => message) };
  };
  return { ...studio, folder, src, warningsOf };
}

interface Document {
  layers: { nm: string; [key: string]: unknown }[];
  assets: { p?: string; [key: string]: unknown }[];
}

describe('a job is warned', () => {
  it('of nothing if no font and no file is missing', async (t) => {
    const { warningsOf, engine } = await invitation(t, () => {});
    const { answer, messages } = await warningsOf([]);
    assert.deepEqual(messages, []);
    assert.deepEqual(await engine.jobs.warnings(answer.jobs[0]?.id ?? ''), []);
    assert.deepEqual(Object.keys(answer.jobs[0] ?? {}), ['index', 'id', 'status', 'outputUrl']);
  });

  it('of footage that is missing beside the template, unless the job replaces it', async (t) => {
    const { folder, warningsOf } = await invitation(t, () => {});
    await rm(join(folder, 'images/portrait.png'));
    const { messages } = await warningsOf([]);
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /^The footage 'portrait\.png' of the template is missing: images\/portrait\.png/);
    const replaced = await warningsOf([{ type: 'image', layerName: 'photo', src: 'images/background.png' }]);
    assert.deepEqual(replaced.messages, []);
  });

  it('of a sound layer once, whether its file is there or not', async (t) => {
    const { warningsOf } = await invitation(t, ({ layers, assets }) => {
      layers.push({ ty: 6, nm: 'music', refId: 'music', ip: 0, op: 10 });
      assets.push({ id: 'music', u: '', p: 'music.mp3', e: 0, t: 2 });
    });
    const { messages } = await warningsOf([]);
    assert.deepEqual(messages, ["In composition 'main', layer 'music', from 0:00 to 0:00.40: its sound is left out."]);
  });

  it('of a layer whose name another layer has too', async (t) => {
    const { warningsOf } = await invitation(t, ({ layers }) => {
      const date = layers.find(({ nm }) => nm === 'date');
      if (date !== undefined) date.nm = 'name';
    });
    const { messages } = await warningsOf([{ type: 'text', layerName: 'name', value: 'Ada' }]);
    assert.deepEqual(messages, ["Composition 'main' has 2 layers named 'name'; assets[0] changes the topmost one."]);
    assert.deepEqual((await warningsOf([{ type: 'text', layerName: 'event', value: '' }])).messages, []);
  });

  it('in a dry run as well, of which nothing is stored', async (t) => {
    const { engine, src, folder } = await invitation(t, () => {});
    await rm(join(folder, 'images/portrait.png'));
    const warnings: JobWarning[] = [];
    const job = { template: { id: 'x', src, composition: 'main' } };
    const answer = await engine.batches.create(
      { jobs: [job, job] },
      { dryRun: true, onWarning: (warning) => warnings.push(warning) },
    );
    assert.deepEqual(
      warnings.map(({ index }) => index),
      [0, 1],
    );
    await assert.rejects(engine.jobs.warnings(answer.jobs[0]?.id ?? ''), { code: 'JOB_NOT_FOUND' });
  });

  it('without harm where the function that is told of it throws', async (t) => {
    const { engine, src, folder } = await invitation(t, () => {});
    await rm(join(folder, 'images/portrait.png'));
    const errors: string[] = [];
    engine.on('engine:error', ({ error }) => errors.push(error.message));
    const answer = await engine.batches.create(
      { jobs: [{ template: { id: 'x', src, composition: 'main' } }] },
      {
        onWarning: () => {
          throw new Error('the host fails');
        },
      },
    );
    assert.equal(answer.status, 'created');
    assert.deepEqual(errors, ['the host fails']);
  });
});
