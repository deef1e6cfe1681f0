import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { type ProcessEntry, readStartedAt } from '../../lib/processes/table.ts';
import { killTree, treeOf } from '../../lib/processes/tree.ts';

const pids = (entries: readonly ProcessEntry[]) => entries.map(({ pid }) => pid).toSorted((a, b) => a - b);

describe('the tree of a process', () => {
  const entry = (pid: number, parentPid: number, group: number | null, ticks = 10): ProcessEntry => ({
    pid,
    parentPid,
    group,
    startedAt: `boot:${ticks}`,
    command: '',
  });

  it('has those whose parent has gone, and never this process', () => {
    const table = [
      entry(10, process.pid, 10),
      entry(11, 10, 10),
      entry(12, 1, 10),
      entry(13, 11, 13),
      entry(20, 1, 20),
      entry(process.pid, 1, 10),
    ];
    assert.deepEqual(pids(treeOf([{ pid: 10, startedAt: null }], table)), [10, 11, 12, 13]);
    assert.deepEqual(pids(treeOf([{ pid: 10, startedAt: 'boot:10' }], table)), [10, 11, 12, 13]);
  });

  it('of a root that has ended still has its group', () => {
    const table = [entry(11, 1, 10), entry(12, 11, 12), entry(20, 1, 20)];
    assert.deepEqual(pids(treeOf([{ pid: 10, startedAt: 'boot:10' }], table)), [11, 12]);
  });

  it('has nobody of a process that got the pid later', () => {
    const table = [entry(10, 1, 10, 77), entry(11, 10, 10, 78)];
    assert.deepEqual(treeOf([{ pid: 10, startedAt: 'boot:10' }], table), []);
    const other = [{ ...entry(11, 1, 10), startedAt: 'other boot:99' }];
    assert.deepEqual(treeOf([{ pid: 10, startedAt: 'boot:10' }], other), []);
  });

  it('on Windows has the children of a root that has ended, and no process that started before its parent', () => {
    const windows = (pid: number, parentPid: number, ticks: number): ProcessEntry => ({
      ...entry(pid, parentPid, null),
      startedAt: String(ticks),
    });
    const table = [windows(11, 10, 200), windows(12, 11, 300), windows(13, 10, 50), windows(14, 12, 100)];
    assert.deepEqual(pids(treeOf([{ pid: 10, startedAt: '150' }], table)), [11, 12]);
    assert.deepEqual(pids(treeOf([{ pid: 10, startedAt: null, notBefore: '140' }], table)), [11, 12]);
    // Nothing is known of the root: whose child it was cannot be told.
    assert.deepEqual(treeOf([{ pid: 10, startedAt: null }], table), []);
    const reused = [...table, windows(10, 1, 20)];
    assert.deepEqual(treeOf([{ pid: 10, startedAt: null, notBefore: '140' }], reused), []);
  });
});

describe('killing a tree', () => {
  it('also ends what ignores a request to end, and says that nobody is left', async () => {
    const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready');";
    const child = spawn(process.execPath, ['-e', stubborn], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const gone = once(child, 'exit');
    assert.deepEqual(await killTree({ pid, startedAt: await readStartedAt(pid) }), []);
    await gone;
  });

  it('kills nobody if the pid is that of another process', async (t) => {
    const child = spawn(process.execPath, ['-e', "setInterval(() => {}, 1000); console.log('ready')"], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    t.after(() => child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    assert.deepEqual(await killTree({ pid: child.pid ?? 0, startedAt: 'boot:1' }), []);
    assert.equal(child.exitCode ?? child.signalCode, null);
  });
});
