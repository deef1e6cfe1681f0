import assert from 'node:assert/strict';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { readBatchFile } from '../../../bin/terminal/batch-file.ts';
import { SAMPLES } from '../../support/engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function batchFile(t: TestContext, content: unknown, name = 'batch.json') {
  const folder = await temporaryFolder(t);
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { folder, file };
}

const refusal = async (t: TestContext, content: unknown, name?: string): Promise<string> => {
  const { file } = await batchFile(t, content, name);
  const error = await readBatchFile(file).then(
    () => assert.fail('accepted'),
    (reason: Error) => reason,
  );
  return error.message.replace(file, name ?? 'batch.json');
};

describe('a batch file', () => {
  it('that is a template is told how a batch is written for it', async (t) => {
    const { folder } = await batchFile(t, {});
    const lottie = join(folder, 'promo.json');
    await cp(join(SAMPLES, 'invitation.json'), lottie);
    await assert.rejects(readBatchFile(lottie), {
      message: /is a template, not a batch\. .*aerender-batch init .*promo\.json/,
    });
    for (const name of ['promo.aep', 'promo.MOGRT', 'promo.zip', 'promo.lottie']) {
      assert.match(await refusal(t, 'anything', name), /is a template, not a batch/);
    }
  });

  it('of another form is told what the form of a batch is', async (t) => {
    assert.match(await refusal(t, [{}]), /is an array; put it into an object: \{ "jobs": \[ … \] \}/);
    assert.match(await refusal(t, { template: {} }), /is a single job; put it into a batch/);
    assert.match(await refusal(t, { job: [] }), /has no jobs but 'job'/);
    assert.match(await refusal(t, { jobs: {} }), /jobs that are no array/);
    assert.match(await refusal(t, 'null'), /holds no object/);
    assert.match(await refusal(t, '{ "jobs": [ }'), /is not JSON: line 1, column 13: /);
  });

  it('that is not there is told which one is meant', async (t) => {
    const { folder } = await batchFile(t, {}, 'invitations.json');
    await assert.rejects(readBatchFile(join(folder, 'invitation.json')), {
      code: 'VALIDATION_ERROR',
      message: /is not there; did you mean 'invitations\.json'\?/,
    });
  });

  it('finds templates beside itself, and files of assets beside their template or itself', async (t) => {
    const src = 'templates/promo.json';
    const assets = ['a.png', 'b.png'].map((file) => ({ type: 'image', layerName: 'photo', src: file }));
    const nested = { type: 'job', layerName: 'x', template: { id: 'n', src }, assets };
    const { folder, file } = await batchFile(t, {
      jobs: [{ template: { id: 'p', src }, assets: [...assets, nested] }],
    });
    await mkdir(join(folder, 'templates'));
    await writeFile(join(folder, 'templates', 'a.png'), '');
    await writeFile(join(folder, 'a.png'), '');
    await writeFile(join(folder, 'b.png'), '');
    const { body } = await readBatchFile(file);
    const [job] = body.jobs as { template: { src: string }; assets: { src: string; assets?: { src: string }[] }[] }[];
    assert.equal(job?.template.src, join(folder, src));
    assert.deepEqual(
      job?.assets.slice(0, 2).map((asset) => asset.src),
      ['a.png', join(folder, 'b.png')],
    );
    assert.deepEqual(
      job?.assets[2]?.assets?.map((asset) => asset.src),
      ['a.png', join(folder, 'b.png')],
    );
  });

  it('names both places where a file was looked for, and the one that may be meant', async (t) => {
    const jobs = [
      {
        template: { id: 'p', src: 'templates/promo.json' },
        assets: [{ type: 'image', layerName: 'x', src: 'anna.jpg' }],
      },
    ];
    const { folder, file } = await batchFile(t, { jobs });
    await writeFile(join(folder, 'ana.jpg'), '');
    const batch = await readBatchFile(file);
    const beside = join(folder, 'templates', 'anna.jpg');
    const error = `assets[0].src: the file ${beside} is not there`;
    const { errors } = batch.explain({
      ...{ batchId: '', status: 'error', totalJobs: 1, successCount: 0, jobs: [] },
      errors: [
        {
          index: 0,
          error,
          errorCode: 'ASSET_NOT_FOUND',
          local: { faults: [{ code: 'ASSET_NOT_FOUND', message: error }] },
        },
      ],
    });
    assert.equal(
      errors?.[0]?.error,
      `assets[0].src: the file is neither beside the template (${beside}) nor beside the batch file (${join(folder, 'anna.jpg')}); did you mean 'ana.jpg'?`,
    );
  });
});
