import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { EngineError, RenderError } from '../../lib/errors.ts';
import { failedResult } from '../../lib/render/failed-result.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: open`), { code, syscall: 'open' });
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('an attempt that throws', () => {
  it('ends with the code of our own errors', () => {
    const { code, retryable } = failedResult(new RenderError('OUTPUT_MISSING', 'm', { retryable: true }));
    assert.deepEqual([code, retryable], ['OUTPUT_MISSING', true]);
    assert.equal(failedResult(new EngineError('TEMPLATE_NOT_FOUND', 'm')).retryable, false);
  });

  it('of a refusal of the system names the work folder, and waits if the system is only short of something', () => {
    const { code, retryable } = failedResult(thrownBy(() => readFileSync('/nowhere')));
    assert.deepEqual([code, retryable], ['WORKFOLDER_FAILED', false]);
    assert.equal(failedResult(systemError('ENOSPC')).code, 'DISK_FULL');
    for (const name of ['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETXTBSY']) {
      const short = failedResult(systemError(name));
      assert.deepEqual([short.code, short.retryable, short.waitFirst], ['WORKFOLDER_FAILED', true, true]);
    }
  });

  it('of a bug says that it is one', () => {
    for (const thrown of [new TypeError('x is undefined'), 'words', null]) {
      const { code, message, retryable } = failedResult(thrown);
      assert.deepEqual([code, retryable], ['INTERNAL', false]);
      assert.match(message, /bug.*stack/);
    }
  });
});
