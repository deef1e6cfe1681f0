import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, refused } from '../support/parsed-jobs.ts';

const params = { region: 'eu', bucket: 'films', accessKeyId: 'id', accessKeySecret: 'secret' };
const refuse = (upload: unknown) => refused({ upload });

describe('the upload of a job', () => {
  it('may be left out, or be empty', () => {
    assert.equal(accepted().upload, undefined);
    assert.deepEqual(accepted({ upload: {} }).upload, { provider: 's3' });
  });

  it('takes no key that it does not know, in its params neither', () => {
    assert.equal(refuse({ folder: 'x' }), "upload: does not take 'folder'");
    assert.equal(refuse({ params: { ...params, token: 'x' } }), "upload.params: does not take 'token'");
    assert.match(refuse({ provider: 'gcs' }), /^upload\.provider: must be s3$/);
  });

  it('needs region, bucket and both keys in its params', () => {
    assert.deepEqual(accepted({ upload: { params } }).upload?.params, params);
    for (const key of Object.keys(params)) {
      assert.equal(refuse({ params: { ...params, [key]: undefined } }), `upload.params.${key}: is required`);
    }
  });

  it('keeps what it is given out of its messages: a key is a secret', () => {
    const message = refuse({ params: { ...params, accessKeySecret: 5, region: ['s3cr3t'] } });
    assert.doesNotMatch(message, /s3cr3t/);
  });

  it('has a prefix under the output folder', () => {
    for (const prefix of ['', 'films', 'films/2026 (final)/', 'Überblick/日本', '-r']) accepted({ upload: { prefix } });
    for (const prefix of [
      '..',
      'a/../b',
      '/etc',
      'C:\\x',
      'C:x',
      '\\\\host\\share',
      'con',
      'con .txt',
      'CONIN$',
      'a\u0000b',
      'x'.repeat(501),
    ]) {
      assert.match(refuse({ prefix }), /^upload\.prefix: /, prefix);
    }
  });
});
