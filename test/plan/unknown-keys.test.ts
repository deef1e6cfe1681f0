import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkKeys } from '../../lib/plan/parse.ts';
import { accepted, LEAST_JOB, refused } from '../support/parsed-jobs.ts';

const text = { type: 'text', layerName: 'title', value: 'Ada' };

describe('a misspelt key', () => {
  it('refuses the job at every level, with the key that was meant', () => {
    for (const [job, words] of [
      [{ aseets: [text] }, "aseets: is no key of a job; did you mean 'assets'?"],
      [{ priorty: 5 }, "priorty: is no key of a job; did you mean 'priority'?"],
      [{ Settings: {} }, "Settings: is no key of a job; did you mean 'settings'?"],
      [{ web_hook: { url: 'x' } }, "web_hook: is no key of a job; did you mean 'webhook'?"],
      [
        { assets: [{ type: 'text', layerName: 'a', valu: 'x' }] },
        "assets[0].valu: is no key of a job; did you mean 'value'?",
      ],
      [
        { assets: [{ ...text, compositon: 'intro' }] },
        "assets[0].compositon: is no key of a job; did you mean 'composition'?",
      ],
      [
        { assets: [{ type: 'data', layer_name: 'a', property: 'Opacity', value: 1 }] },
        'assets[0].layer_name: is no key',
      ],
      [{ settings: { codce: 'image_png' } }, "settings.codce: is no key of a job; did you mean 'codec'?"],
      [{ webhook: { url: 'x', headrs: {} } }, "webhook.headrs: is no key of a job; did you mean 'headers'?"],
      [
        {
          assets: [
            {
              type: 'job',
              layerName: 'a',
              template: { id: 'x', compositon: 'y' },
              assets: [{ ...text, Value: 'y', value: undefined }],
            },
          ],
        },
        "assets[0].template.compositon: is no key of a job; did you mean 'composition'?; assets[0].assets[0].Value: is no key",
      ],
    ] as const)
      assert.ok(refused(job).startsWith(words), refused(job));
  });

  it('is reported beside the faults that follow from it', () => {
    const message = refused({ template: undefined, tempalte: LEAST_JOB.template });
    assert.match(message, /^tempalte: .*did you mean 'template'\?; template: is required/);
  });

  it('is an unknown one if the key that it is near to is there, or if it is near to none', () => {
    const job = { tag: 'a', tags: ['b'], mine: 1, local: { aseets: 1 }, assets: [{ ...text, values: 1, note: 'x' }] };
    assert.ok(accepted(job));
    assert.deepEqual(checkKeys({ ...LEAST_JOB, ...job } as never), {
      misspelt: [],
      unknown: [
        { of: 'a job', key: 'tag' },
        { of: 'a job', key: 'mine' },
        { of: 'an asset of type text', key: 'values' },
        { of: 'an asset of type text', key: 'note' },
      ],
    });
  });

  it('is never one of ours', () => {
    const keys = { ...LEAST_JOB, ...{ preview: false, fonts: [], assets: [text], upload: {}, priority: 1, tags: 'a' } };
    assert.deepEqual(checkKeys(keys), { misspelt: [], unknown: [] });
  });
});
