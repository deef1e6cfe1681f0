import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { encodeFrame, type Frame, FrameReader, KINDS } from '../../lib/processes/keeper/frames.ts';
import { Keeper } from '../../lib/processes/keeper/keeper.ts';
import type { ProcessEnd, RunningProcess } from '../../lib/processes/start.ts';
import { readProcess, readProcesses } from '../../lib/processes/table.ts';
import { isSameProcess, type KnownProcess } from '../../lib/processes/tree.ts';
import { fc } from '../support/property.ts';

const HOST = fileURLToPath(new URL('../fixtures/keeper-host.ts', import.meta.url));

interface Kept {
  running: RunningProcess;
  started: Promise<KnownProcess>;
  output: { stdout: string; stderr: string };
}

/** Runs a script of Node by a keeper. */
function run(keeper: Keeper, script: string): Kept {
  const started = Promise.withResolvers<KnownProcess>();
  const output = { stdout: '', stderr: '' };
  const running = keeper.start(
    { file: process.execPath, args: ['-e', script], cwd: process.cwd(), priority: 'normal' },
    {
      onStarted: started.resolve,
      onOutput: (stream, chunk) => {
        output[stream] += Buffer.from(chunk).toString();
      },
    },
  );
  return { running, started: started.promise, output };
}

async function openKeeper(t: TestContext): Promise<Keeper> {
  const keeper = new Keeper(process.execPath);
  t.after(() => keeper.close());
  await keeper.ready;
  return keeper;
}

/** The one that started a process. */
async function keeperOf(known: KnownProcess): Promise<number> {
  return (await readProcess(known.pid))?.parentPid ?? 0;
}

async function isGone({ pid, startedAt }: KnownProcess): Promise<boolean> {
  for (let look = 0; look < 500; look += 1) {
    if (!(await isSameProcess(pid, startedAt))) return true;
    await delay(20);
  }
  return false;
}

const CHILD =
  "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })";
const FOREVER = 'setInterval(() => {}, 1000)';

describe('a keeper', () => {
  it('runs a process: its streams, its exit code, and a program that is not there', async (t) => {
    const keeper = await openKeeper(t);
    const one = run(keeper, "console.log('out'); console.error('err'); process.exitCode = 5");
    const two = run(keeper, "process.stdout.write('x'.repeat(300_000))");
    assert.deepEqual(await one.running.ended, { exitCode: 5, signal: null, spawnError: null } satisfies ProcessEnd);
    await two.running.ended;
    assert.deepEqual(one.output, { stdout: 'out\n', stderr: 'err\n' });
    assert.equal(two.output.stdout.length, 300_000);
    const missing = keeper.start(
      { file: '/nowhere/aerender', args: [], cwd: process.cwd(), priority: 'normal' },
      { onStarted: () => {}, onOutput: () => {} },
    );
    assert.equal((await missing.ended).spawnError?.code, 'ENOENT');
  });

  it('kills a process with its descendants when it is asked to', async (t) => {
    const keeper = await openKeeper(t);
    const { running, started } = run(keeper, `${CHILD}; ${FOREVER}`);
    const { pid } = await started;
    const child = async () => (await readProcesses()).find(({ parentPid }) => parentPid === pid);
    let found = await child();
    while (found === undefined) found = await child();
    running.kill();
    const { exitCode, signal } = await running.ended;
    // Windows has no signals: what is ended exits with 1.
    assert.ok(process.platform === 'win32' ? exitCode === 1 : signal !== null);
    assert.ok(await isGone(found));
  });

  it('does not hear the signals of a terminal', { skip: process.platform === 'win32' }, async (t) => {
    const keeper = await openKeeper(t);
    const { running, started, output } = run(
      keeper,
      "process.stdin.once('close', () => {}); setTimeout(() => console.log('done'), 300)",
    );
    const pid = await keeperOf(await started);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
    assert.equal((await running.ended).exitCode, 0);
    assert.equal(output.stdout, 'done\n');
  });

  it('that dies ends its processes, and says so', async (t) => {
    const keeper = await openKeeper(t);
    const { running, started } = run(keeper, FOREVER);
    const known = await started;
    process.kill(await keeperOf(known), 'SIGKILL');
    assert.match((await running.ended).signal ?? '', /kept it/);
    assert.ok(await isGone(known));
    assert.ok(!keeper.isAlive);
  });

  it('that does not kill within its time, since it hangs itself, is ended with its processes', {
    skip: process.platform === 'win32' && 'Windows cannot stop a process',
  }, async () => {
    const keeper = new Keeper(process.execPath, { killLimitMs: 50 });
    await keeper.ready;
    const { running, started } = run(keeper, FOREVER);
    const known = await started;
    process.kill(await keeperOf(known), 'SIGSTOP');
    running.kill();
    assert.match((await running.ended).signal ?? '', /kept it/);
    assert.ok(await isGone(known));
    assert.ok(!keeper.isAlive);
  });

  it('kills what it started when its host is killed', async () => {
    const host = spawn(process.execPath, [HOST, `${CHILD}; ${FOREVER}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const known = JSON.parse(line.toString()) as KnownProcess;
    host.kill('SIGKILL');
    assert.ok(await isGone(known));
  });

  it('waits for a reader that is slower than the process', { skip: process.platform !== 'linux' }, async (t) => {
    const keeper = await openKeeper(t);
    const MEGABYTES = 300;
    let read = 0;
    const started = Promise.withResolvers<KnownProcess>();
    const script = `const block = Buffer.alloc(2 ** 20, 120); let left = ${MEGABYTES};
      (function write() { if (left-- > 0) process.stdout.write(block, write); })()`;
    const running = keeper.start(
      { file: process.execPath, args: ['-e', script], cwd: process.cwd(), priority: 'normal' },
      {
        onStarted: started.resolve,
        onOutput: (_, chunk) => {
          read += chunk.length;
        },
      },
    );
    const pid = await keeperOf(await started.promise);
    const most = async () => Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = await most();
    running.pause();
    // Long enough to read it all, were it read.
    await delay(1_000);
    const paused = read;
    running.resume();
    const after = most();
    await running.ended;
    assert.ok(paused < (MEGABYTES * 2 ** 20) / 2, `${paused} bytes were read`);
    assert.equal(read, MEGABYTES * 2 ** 20);
    assert.ok((await after) - before < 40, `the keeper grew by ${(await after) - before} MB`);
  });

  it('that cannot be started is reported at once', async () => {
    const keeper = new Keeper(process.execPath, { entry: new URL('../fixtures/nowhere.ts', import.meta.url) });
    await assert.rejects(keeper.ready);
  });
});

describe('frames', () => {
  it('come out as they went in, wherever a read ends', () => {
    const frame = fc.record({ kind: fc.constantFrom(...KINDS), id: fc.nat(2 ** 32 - 1), payload: fc.uint8Array() });
    fc.assert(
      fc.property(fc.array(frame), fc.array(fc.nat(500)), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ kind, id, payload }) => encodeFrame(kind, id, payload)));
        const taken: Frame[] = [];
        const reader = new FrameReader((one) => taken.push({ ...one, payload: Buffer.from(one.payload) }));
        let at = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
          reader.write(bytes.subarray(at, cut));
          at = Math.max(at, cut);
        }
        assert.deepEqual(
          taken,
          frames.map((one) => ({ ...one, payload: Buffer.from(one.payload) })),
        );
      }),
    );
  });

  it('are not taken from another stream', () => {
    assert.throws(() => new FrameReader(() => {}).write(Buffer.from('Hello, I am a debugger')));
  });
});
