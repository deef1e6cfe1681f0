import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailedResult } from '../../lib/render/messages.ts';
import { ShortagePause } from '../../lib/scheduler/outage.ts';
import { decideRetry } from '../../lib/scheduler/retry.ts';

const failed = (more: Partial<FailedResult>): FailedResult => ({
  outcome: 'failed',
  code: 'RENDER_CRASHED',
  message: '',
  retryable: false,
  retryAlone: false,
  waitFirst: false,
  renderDuration: null,
  ...more,
});

describe('a failed attempt', () => {
  it('is tried again if its fault is not of the input, as often as the retries allow', () => {
    const job = { attempts: 1, runAlone: false };
    assert.equal(decideRetry(failed({}), job, 1), null);
    assert.deepEqual(decideRetry(failed({ retryable: true }), job, 1), { alone: false });
    assert.equal(decideRetry(failed({ retryable: true }), { ...job, attempts: 2 }, 1), null);
    assert.deepEqual(decideRetry(failed({ retryAlone: true }), job, 1), { alone: true });
  });
});

describe('the pause in a shortage', () => {
  it('grows with each failure after it, and is short for two minutes', () => {
    let now = 1_000;
    const pause = new ShortagePause(() => now);
    assert.deepEqual(pause.next(), { milliseconds: 500, isFirst: true });
    now += 100;
    // A second worker failed of the same shortage: both wait together.
    assert.deepEqual(pause.next(), { milliseconds: 400, isFirst: false });
    now += 400;
    assert.deepEqual(pause.next(), { milliseconds: 1_000, isFirst: false });
    assert.ok(pause.isShort);
    now += 120_000;
    assert.ok(!pause.isShort);
  });
});
