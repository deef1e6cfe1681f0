import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accepted, refused } from '../support/parsed-jobs.ts';

const url = 'https://example.com/hook';
const refuse = (webhook: unknown) => refused({ webhook });

describe('the webhook of a job', () => {
  it('is a POST of the Job object where only the address is given', () => {
    assert.deepEqual(accepted({ webhook: { url } }).webhook, { url, method: 'POST', custom: false });
  });

  it('needs an address, and one of four methods', () => {
    assert.match(refuse({}), /^webhook\.url: is required$/);
    assert.match(refuse({ url: '' }), /^webhook\.url: must have at least 1 characters$/);
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      assert.equal(accepted({ webhook: { url, method } }).webhook?.method, method);
    }
    for (const method of ['PATCH', 'post', 5])
      assert.match(refuse({ url, method }), /^webhook\.method: must be one of/);
  });

  it('has texts for headers, and data of any form', () => {
    const webhook = { url, headers: { 'x-key': 'a' }, data: { any: [1, null, { b: true }] }, custom: true };
    assert.deepEqual(accepted({ webhook }).webhook, { ...webhook, method: 'POST' });
    assert.match(refuse({ url, headers: { 'x-key': 5 } }), /^webhook\.headers\.x-key: must be of type string/);
    assert.match(refuse({ url, data: 'x' }), /^webhook\.data: must be of type object, not string$/);
    assert.match(refuse({ url, custom: 'yes' }), /^webhook\.custom: /);
  });
});
