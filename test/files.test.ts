import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whileHeld } from '../lib/files.ts';

const held = (code: string) => Object.assign(new Error(code), { code });

/** Fails so often, then succeeds. */
function failing(times: number, code: string): () => Promise<string> {
  let left = times;
  return async () => {
    if (left-- > 0) throw held(code);
    return 'done';
  };
}

describe('a file that another program holds', () => {
  it('is tried again on Windows until it is free', async () => {
    for (const code of ['EBUSY', 'EPERM', 'EACCES'])
      assert.equal(await whileHeld(failing(3, code), { platform: 'win32' }), 'done');
  });

  it('is told when its time is over, when the step is aborted, and at once on other systems', async () => {
    await assert.rejects(whileHeld(failing(1_000, 'EBUSY'), { platform: 'win32', limitMs: 30 }), { code: 'EBUSY' });
    const signal = AbortSignal.abort();
    await assert.rejects(whileHeld(failing(1, 'EBUSY'), { platform: 'win32', signal }), { name: 'AbortError' });
    await assert.rejects(whileHeld(failing(1, 'EBUSY'), { platform: 'linux' }), { code: 'EBUSY' });
    await assert.rejects(whileHeld(failing(1, 'ENOSPC'), { platform: 'win32' }), { code: 'ENOSPC' });
  });
});
