import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, refused } from '../support/parsed-jobs.ts';

const params = { region: 'eu', bucket: 'films', accessKeyId: 'id', accessKeySecret: 'secret' };
const url = 'https://example.com/hook';
const refuseUpload = (upload: unknown) => refused({ upload });
const refuseWebhook = (webhook: unknown) => refused({ webhook });

describe('the upload of a job', () => {
  it('may be left out, or be empty', () => {
    assert.equal(accepted().upload, undefined);
    assert.deepEqual(accepted({ upload: {} }).upload, { provider: 's3' });
  });

  it('takes no key that it does not know, in its params neither', () => {
    assert.equal(refuseUpload({ folder: 'x' }), "upload: does not take 'folder'");
    assert.equal(refuseUpload({ params: { ...params, token: 'x' } }), "upload.params: does not take 'token'");
    assert.match(refuseUpload({ provider: 'gcs' }), /^upload\.provider: must be s3$/);
  });

  it('needs region, bucket and both keys in its params', () => {
    assert.deepEqual(accepted({ upload: { params } }).upload?.params, params);
    for (const key of Object.keys(params)) {
      assert.equal(refuseUpload({ params: { ...params, [key]: undefined } }), `upload.params.${key}: is required`);
    }
  });

  it('keeps what it is given out of its messages: a key is a secret', () => {
    const message = refuseUpload({ params: { ...params, accessKeySecret: 5, region: ['s3cr3t'] } });
    assert.doesNotMatch(message, /s3cr3t/);
  });

  it('has a prefix under the output folder', () => {
    for (const prefix of ['', 'films', 'films/2026 (final)/', 'Überblick/日本', '-r']) accepted({ upload: { prefix } });
    const forbidden = 'must not contain \\ < > : " | ? * or control characters';
    const refusals = {
      '..': "must not contain '.' or '..'",
      'a/../b': "must not contain '.' or '..'",
      '/etc': 'must be relative',
      'C:\\x': forbidden,
      'C:x': forbidden,
      '\\\\host\\share': forbidden,
      'a\u0000b': forbidden,
      con: "'con' is the name of a device on Windows",
      'con .txt': "'con .txt' is the name of a device on Windows",
      CONIN$: "'CONIN$' is the name of a device on Windows",
      'films.': 'no part may end in a dot or a space',
      'films\ud800': 'must not contain half of a surrogate pair',
      ['x'.repeat(201)]: 'each part must be at most 200 characters',
      ['x'.repeat(501)]: 'must be at most 500 characters',
    };
    for (const [prefix, reason] of Object.entries(refusals)) {
      assert.equal(refuseUpload({ prefix }), `upload.prefix: ${reason}`);
    }
  });
});

describe('the webhook of a job', () => {
  it('is a POST of the Job object where only the address is given', () => {
    assert.deepEqual(accepted({ webhook: { url } }).webhook, { url, method: 'POST', custom: false });
  });

  it('needs an address, and one of four methods', () => {
    assert.match(refuseWebhook({}), /^webhook\.url: is required$/);
    assert.match(refuseWebhook({ url: '' }), /^webhook\.url: must not be empty$/);
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      assert.equal(accepted({ webhook: { url, method } }).webhook?.method, method);
    }
    for (const method of ['PATCH', 'post', 5])
      assert.match(refuseWebhook({ url, method }), /^webhook\.method: must be one of/);
  });

  it('has texts for headers, and data of any form', () => {
    const webhook = { url, headers: { 'x-key': 'a' }, data: { any: [1, null, { b: true }] }, custom: true };
    assert.deepEqual(accepted({ webhook }).webhook, { ...webhook, method: 'POST' });
    assert.match(refuseWebhook({ url, headers: { 'x-key': 5 } }), /^webhook\.headers\.x-key: must be of type string/);
    assert.match(refuseWebhook({ url, data: 'x' }), /^webhook\.data: must be of type object, not string$/);
    assert.equal(refuseWebhook({ url, custom: 'yes' }), 'webhook.custom: must be of type boolean, not string');
  });
});
