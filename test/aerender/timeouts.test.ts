import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { AttemptLimits } from '../../lib/aerender/timeouts.ts';

const NEVER = new AbortController().signal;
const hangs = () => new Promise<never>(() => {});

describe('a step of an attempt', () => {
  it('returns what it made', async () => {
    const limits = new AttemptLimits({ start: null, stall: 5, total: 5 }, NEVER);
    assert.equal(await limits.step('Copying', async () => 'copied'), 'copied');
  });

  it('that hangs in the system is given up, with the name of the time-out and the seconds', async () => {
    const stall = new AttemptLimits({ start: null, stall: 0.05, total: null }, NEVER);
    await assert.rejects(stall.step('Copying the template', hangs), {
      code: 'RENDER_STALLED',
      retryable: true,
      message: /^Copying the template .* 0\.05 seconds \(timeouts\.stall\)/,
    });
    const total = new AttemptLimits({ start: null, stall: null, total: 0.05 }, NEVER);
    await assert.rejects(total.step('Publishing', hangs), { code: 'RENDER_TIMEOUT', message: /0\.05 .*Publishing/ });
  });

  it('may take as long as it makes progress', async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.after(() => mock.timers.reset());
    const limits = new AttemptLimits({ start: null, stall: 1, total: null }, NEVER);
    const copied = await limits.step('Copying', async ({ alive }) => {
      for (let piece = 0; piece < 5; piece += 1) {
        mock.timers.tick(900);
        alive();
      }
      return 'all';
    });
    assert.equal(copied, 'all');
  });

  it('ends at once when the attempt is killed, and so does its work', async () => {
    const kill = new AbortController();
    const limits = new AttemptLimits({ start: null, stall: 60, total: 60 }, kill.signal);
    const seen = Promise.withResolvers<AbortSignal>();
    const copying = limits.step('Copying', async ({ signal }) => {
      seen.resolve(signal);
      await hangs();
    });
    const signal = await seen.promise;
    kill.abort(new Error('killed'));
    await assert.rejects(copying, { message: 'killed' });
    assert.ok(signal.aborted);
    await assert.rejects(limits.step('Publishing', hangs), { message: 'killed' });
  });
});
