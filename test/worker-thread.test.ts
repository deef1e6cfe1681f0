import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { WorkerThread } from '../lib/worker-thread.ts';

function open(t: TestContext): WorkerThread {
  const thread = new WorkerThread({ entry: new URL('./fixtures/threads/tasks.ts', import.meta.url), heapMb: 64 });
  t.after(() => thread.close());
  return thread;
}

describe('a worker thread', () => {
  it('runs tasks by their names, one at a time', async (t) => {
    const thread = open(t);
    const first = thread.run<number>(2, { name: 'double' });
    assert.equal(thread.isBusy, true);
    await assert.rejects(thread.run(3, { name: 'double' }), /has a task already/);
    assert.equal(await first, 4);
    assert.equal(thread.isBusy, false);
    assert.equal(await thread.run<number>(5, { name: 'double' }), 10);
  });

  it('is there before its first task where it was prepared, once', async (t) => {
    const thread = open(t);
    thread.prepare('count');
    assert.equal(thread.isBusy, false);
    assert.equal(await thread.run(null, { name: 'count' }), 2);
    thread.prepare('count');
    assert.equal(await thread.run(null, { name: 'count' }), 3);
  });

  for (const name of ['exit', 'fill', 'fail']) {
    it(`is started again where its task lost it (${name}), and the host goes on`, { timeout: 60_000 }, async (t) => {
      const thread = open(t);
      await assert.rejects(thread.run(null, { name }));
      assert.equal(await thread.run<number>(4, { name: 'double' }), 8);
      await assert.rejects(thread.run(null, { name }));
      assert.equal(await thread.run<number>(5, { name: 'double' }), 10);
    });
  }

  it('says why where its module cannot be loaded, each time', async (t) => {
    const thread = new WorkerThread({ entry: new URL('./no-such-module.ts', import.meta.url), heapMb: 64 });
    t.after(() => thread.close());
    for (const _ of [1, 2]) await assert.rejects(thread.run(null), /no-such-module/);
  });

  it('is replaced where a task takes longer than it may', async (t) => {
    const thread = open(t);
    await assert.rejects(thread.run(null, { name: 'hang', timeoutMs: 50 }), /it took longer than 0.05 s/);
    assert.equal(await thread.run<number>(4, { name: 'double', timeoutMs: 60_000 }), 8);
  });

  it('ends its task when it is closed, and takes no other one', async (t) => {
    const thread = open(t);
    const task = thread.run(null, { name: 'hang' });
    const ended = assert.rejects(task);
    await thread.close();
    await ended;
    await assert.rejects(thread.run(2, { name: 'double' }), /was closed/);
  });
});
