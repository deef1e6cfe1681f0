import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EngineError, ValidationError } from '../../lib/errors.ts';
import { parseBatch } from '../../lib/plan/parse.ts';
import { fc } from '../support/property.ts';

const jobs = (count: number) => ({ jobs: Array.from({ length: count }, () => ({})) });

describe('the envelope of a batch', () => {
  it('holds 1 to 1,000 jobs, in the order of the request', () => {
    assert.equal(parseBatch(jobs(1)).length, 1);
    assert.equal(parseBatch(jobs(1_000)).length, 1_000);
    assert.deepEqual(parseBatch({ jobs: ['a', 'b', 'c'] }), ['a', 'b', 'c']);
  });

  it('is refused with no job, and with 1,001', () => {
    assert.throws(() => parseBatch(jobs(0)), { code: 'VALIDATION_ERROR', message: /1 to 1000 jobs; it holds 0/ });
    assert.throws(() => parseBatch(jobs(1_001)), { code: 'VALIDATION_ERROR', message: /it holds 1001/ });
  });

  it('is refused where it is not an object, or jobs is none', () => {
    for (const body of [undefined, null, 5, 'jobs', true, [], [{ jobs: [] }]]) {
      assert.throws(() => parseBatch(body), { code: 'VALIDATION_ERROR', message: /must be an object/ });
    }
    assert.throws(() => parseBatch({}), { message: 'jobs: is required' });
    for (const value of [null, 5, 'x', {}, { length: 1 }]) {
      assert.throws(() => parseBatch({ jobs: value }), { message: 'jobs: must be an array' });
    }
  });

  it('names the field of its fault', () => {
    assert.throws(
      () => parseBatch({}),
      (error) => error instanceof ValidationError && error.details[0]?.field === 'jobs',
    );
  });

  it('leaves the jobs for later, so that one fault does not refuse the others', () => {
    assert.deepEqual(parseBatch({ jobs: [null, 5, {}] }), [null, 5, {}]);
  });

  it('gives a list of its own, which a later change of the caller does not reach', () => {
    const body = jobs(2);
    const parsed = parseBatch(body);
    body.jobs.length = 0;
    assert.equal(parsed.length, 2);
  });

  it('reads an array by its index: one with an iterator of its own that never ends holds what its length says', () => {
    const endless = [{ first: 1 }, { second: 2 }];
    endless[Symbol.iterator] = function* () {
      for (;;) yield { first: 1 };
    } as never;
    assert.deepEqual(parseBatch({ jobs: endless }), [{ first: 1 }, { second: 2 }]);
    const claims = new Proxy([], { get: (list, key) => (key === 'length' ? 1e12 : Reflect.get(list, key)) });
    assert.throws(() => parseBatch({ jobs: claims }), { code: 'VALIDATION_ERROR', message: /it holds 1000000000000/ });
  });

  it('throws only errors of this library, whatever it is given', () => {
    const hostile = [
      Object.create({ jobs: 5 }),
      {
        get jobs() {
          throw Object.create(null);
        },
      },
      { jobs: Proxy.revocable([], {}).proxy },
    ];
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const body of [...hostile, revoked.proxy]) onlyOurErrors(body);
    fc.assert(fc.property(fc.anything(), onlyOurErrors));
    fc.assert(fc.property(fc.record({ jobs: fc.anything() }), onlyOurErrors));
  });
});

function onlyOurErrors(body: unknown): void {
  try {
    parseBatch(body);
  } catch (error) {
    assert.ok(error instanceof EngineError, String(error));
  }
}
