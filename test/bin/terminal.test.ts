import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';
import { BatchEngine } from '../../lib/engine.ts';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { aeJob, damagedProject, FAKE_AERENDER } from '../support/engine.ts';
import { PROGRAM, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A batch file with a job for each composition: its name says how the renderer behaves. */
async function studio(t: TestContext, compositions: readonly string[]) {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'project.aep'), damagedProject());
  const jobs = compositions.map((composition) => ({
    template: { id: 'project', src: 'project.aep', composition },
    settings: { type: 'image', frames: composition.endsWith('of 10') ? [0, 9] : 0 },
  }));
  await writeFile(join(cwd, 'batch.json'), JSON.stringify({ jobs }));
  await mkdir(join(cwd, 'marks'));
  const env = { AERENDER_MARKS: join(cwd, 'marks') };
  const args = ['render', 'batch.json', '--workers', '2', '--aerender', `ae2026=${FAKE_AERENDER}`];
  return {
    cwd,
    env,
    command: [process.execPath, PROGRAM, ...args],
    /** Lets renderers that wait go on. */
    goOn: () => writeFile(join(cwd, 'marks', 'go on'), ''),
    render: (options: { columns?: number } = {}) => PseudoTerminal.start(t, args, { cwd, env, ...options }),
    /** Another command in the same folder. */
    run: (...command: string[]) =>
      PseudoTerminal.start(t, [...command, '--aerender', `ae2026=${FAKE_AERENDER}`], { cwd, env, columns: 200 }),
  };
}

/** The lines of a wide terminal that tell how a job ended. */
const ends = (lines: readonly string[]) => lines.filter((line) => /^ {2}[✓✗-]/.test(line));

/** Limits a test whose terminal never shows the expected text. */
const LIMIT = { timeout: 120_000 };

describe('a terminal', () => {
  it('shows where the file of a single job lies', LIMIT, async (t) => {
    const { render } = await studio(t, ['good']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 0);
    const lines = await terminal.lines();
    assert.match(ends(lines).join(), /✓ job 0: .*renders[\\/].*\.png$/);
    assert.equal(lines.at(-1), '1 finished, 0 failed.');
  });

  it('shows the lines of both of two jobs', LIMIT, async (t) => {
    const { render } = await studio(t, ['good', 'good']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 0);
    assert.equal(ends(await terminal.lines()).length, 2);
  });

  it('shows why the last job failed', LIMIT, async (t) => {
    const { render } = await studio(t, ['good', 'empty output']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 1);
    const text = (await terminal.lines()).join('\n');
    assert.match(text, /✗ job 1: .*\[OUTPUT_INCOMPLETE\]/);
    assert.match(text, /1 finished, 1 failed\.$/);
  });

  it('shows a bar of the first job, with its frames', LIMIT, async (t) => {
    const { render, goOn } = await studio(t, ['waits at frame 3 of 10']);
    const terminal = render();
    const text = await terminal.shown(/frame 3\/10/);
    assert.match(text, /^job 0 █+░+ {2}30% frame 3\/10, /m);
    await goOn();
    assert.equal(await terminal.exitCode(), 0);
    assert.ok(!(await terminal.lines()).some((line) => line.includes('█')), 'no bar is left behind');
    assert.ok(terminal.written.includes('\u001b[?25h'), 'the cursor is shown again');
  });

  it('draws no line that is wider than a narrow terminal', LIMIT, async (t) => {
    const { render, goOn } = await studio(t, ['waits at frame 3 of 10', 'waits at frame 3 of 10']);
    const terminal = render({ columns: 34 });
    const text = await terminal.shown(/^total █+░+ {2}30% 0\/2 jobs$/m);
    assert.match(text, /^job 0 █+░+ {2}30% (frame 3\/10|\d+ s left)$/m);
    assert.match(text, /^job 1 █+░+ {2}30% (frame 3\/10|\d+ s left)$/m);
    await goOn();
    assert.equal(await terminal.exitCode(), 0);
  });

  it('finishes what renders on Ctrl-C, says what is left, and exits with 130', LIMIT, async (t) => {
    const { render, goOn, cwd } = await studio(t, ['waits', 'waits', 'waits', 'waits', 'waits', 'waits']);
    const terminal = render();
    await terminal.shown(/^job 0 /m);
    terminal.press('\u0003');
    await terminal.shown(/press Ctrl-C again to end it at once/);
    await goOn();
    assert.equal(await terminal.exitCode(), 130);
    const text = (await terminal.lines()).join('\n');
    assert.match(text, /✓ job 0/);
    assert.match(text, /Stopped: \d finished, 0 failed, \d left\./);
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });

  it('ends what renders on the second Ctrl-C', LIMIT, async (t) => {
    const { render, cwd } = await studio(t, ['waits']);
    const terminal = render();
    await terminal.shown(/^job 0 /m);
    terminal.press('\u0003');
    await terminal.shown(/press Ctrl-C again/);
    terminal.press('\u0003');
    assert.equal(await terminal.exitCode(), 130);
    assert.match((await terminal.lines()).join('\n'), /Stopped: 0 finished, 0 failed, 1 left\./);
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });

  it('goes on with what is left when it is asked to', LIMIT, async (t) => {
    const { render, run, goOn } = await studio(t, ['waits', 'good']);
    const stopped = render();
    await stopped.shown(/^job 0 /m);
    stopped.press('\u0003');
    await stopped.shown(/press Ctrl-C again/);
    stopped.press('\u0003');
    await stopped.exitCode();
    assert.match((await stopped.lines()).join('\n'), /Render what is left with: aerender-batch resume [0-9A-Z]{26}$/);
    await goOn();
    const resumed = run('resume');
    assert.equal(await resumed.exitCode(), 0);
    const text = (await resumed.lines()).join('\n');
    assert.match(text, /^Batch [0-9A-Z]{26}: \d jobs? left$/m);
    assert.match(text, /✓ job 0: /);
    assert.match(text, /\d finished, 0 failed\.$/);
    const again = run('resume');
    assert.equal(await again.exitCode(), 0);
    assert.deepEqual(await again.lines(), ['Nothing is left to render.']);
  });

  it(
    'renders the rest of a sheet with --resume after Ctrl-C in its middle, and none of its rows twice',
    LIMIT,
    async (t) => {
      const { cwd, run, goOn } = await studio(t, []);
      const rows = ['good', 'waits', 'good', 'good', 'good'].map((composition, index) => `${index};${composition}`);
      await writeFile(join(cwd, 'names.csv'), ['id;@composition', ...rows].join('\n'));
      const mapping = {
        template: 'project.aep',
        key: 'id',
        name: 'film {id}',
        job: { settings: { type: 'image', frames: 0 } },
      };
      await writeFile(join(cwd, 'names.rows.json'), JSON.stringify(mapping));
      const render = (...args: string[]) =>
        run('render', 'names.csv', '--workers', '1', '--results', 'results.csv', ...args);
      const stateOf = async () =>
        new Map(
          (await readFile(join(cwd, 'results.csv'), 'utf8'))
            .trim()
            .split('\r\n')
            .slice(1)
            .map((line) => [line.split(';')[1], line.split(';')[2]]),
        );
      const stopped = render();
      await stopped.shown(/✓ row 2: [\s\S]*row 3 /);
      stopped.press('\u0003');
      await stopped.shown(/press Ctrl-C again/);
      stopped.press('\u0003');
      assert.equal(await stopped.exitCode(), 130);
      assert.match((await stopped.lines()).join('\n'), /Stopped: 1 finished, 0 failed, 4 left\./);
      assert.deepEqual(
        [...(await stateOf())],
        [['0', 'finished'], ...['1', '2', '3', '4'].map((id) => [id, 'waiting'])],
        'the results tell every row',
      );
      await goOn();
      const resumed = render('--resume', '--explain');
      assert.equal(await resumed.exitCode(), 0);
      const text = (await resumed.lines()).join('\n');
      assert.match(text, /row 2: unchanged, its film is .*film 0\.png\n.*row 3: waiting, /);
      assert.match(text, /4 finished, 0 failed\.$/);
      assert.deepEqual([...(await stateOf()).values()].sort(), [...Array(4).fill('finished'), 'unchanged']);
      const films = (await readdir(join(cwd, 'renders'))).filter((name) => name.endsWith('.png'));
      assert.deepEqual(films.sort(), ['film 0.png', 'film 1.png', 'film 2.png', 'film 3.png', 'film 4.png']);
    },
  );

  it('asks whether the unfinished jobs of earlier batches are to be rendered too', LIMIT, async (t) => {
    const { cwd, env, command, run } = await studio(t, ['good']);
    // A batch that nobody has begun: the same file, stored by an engine that does not render.
    const engine = await BatchEngine.open({
      ...{ database: join(cwd, 'renders/aerender-batch.db'), outputDir: join(cwd, 'renders'), paused: true },
      aerender: { binaries: { ae2026: FAKE_AERENDER } },
    });
    const jobs = [aeJob(join(cwd, 'project.aep'), 'good')];
    await engine.batches.create({ jobs });
    await engine.close();

    const piped = await execa(command[0] ?? '', command.slice(1), { cwd, env, reject: false });
    assert.match(
      piped.stdout,
      /1 job of earlier batches is not finished:\n.* 1 of 1 jobs left\nThey are left as they are/,
    );
    assert.match(piped.stdout, /1 finished, 0 failed\.$/);

    const no = run('render', 'batch.json');
    await no.shown(/Render them too\? \[y\/N\]/);
    no.press('\r');
    assert.equal(await no.exitCode(), 0);
    assert.equal(ends(await no.lines()).length, 1);

    const stop = run('render', 'batch.json');
    await stop.shown(/Render them too/);
    stop.press('\u0003');
    assert.equal(await stop.exitCode(), 130);

    const yes = run('render', 'batch.json');
    await yes.shown(/2 jobs of earlier batches are not finished[\s\S]*Render them too/);
    yes.press('y\r');
    assert.equal(await yes.exitCode(), 0);
    assert.equal(ends(await yes.lines()).length, 3, 'each of the three with its batch');
    assert.equal(new Set(ends(await yes.lines()).map((line) => /…(\w{4}) job 0/.exec(line)?.[1])).size, 3);
  });

  it('renders again what failed, in its batch', LIMIT, async (t) => {
    const { run } = await studio(t, ['crash once', 'good']);
    assert.equal(await run('render', 'batch.json', '--retries', '0').exitCode(), 1);
    const failed = run('status', '--failed');
    await failed.exitCode();
    assert.equal((await failed.lines()).filter((line) => /^ {2}job 0 .* error /.test(line)).length, 1);
    const retried = run('retry', '--failed');
    assert.equal(await retried.exitCode(), 0);
    const text = (await retried.lines()).join('\n');
    assert.match(text, /^Batch [0-9A-Z]{26}: 1 job left\n {2}✓ job 0: [\s\S]*1 finished, 0 failed\.$/);
    const nothing = run('retry');
    assert.equal(await nothing.exitCode(), 0);
    assert.match((await nothing.lines()).join('\n'), /^No job failed or was cancelled there/);
    const pruned = run('prune', '--older-than', '0h');
    assert.equal(await pruned.exitCode(), 0);
    assert.match((await pruned.lines()).join('\n'), /^Forgot 1 batch, 0 single jobs and 0 work folders\./);
  });

  it('leaves no renderer when its window is closed', {
    ...LIMIT,
    skip: process.platform === 'win32' && 'Windows has no hang-up signal to send',
  }, async (t) => {
    const { render, cwd } = await studio(t, ['waits']);
    const terminal = render();
    await terminal.shown(/frame 1/);
    terminal.hangUp();
    await terminal.exitCode();
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });

  it('is quiet and leaves no renderer when its output is piped into a program that reads one line', {
    ...LIMIT,
    skip: process.platform === 'win32' && 'Windows has no bash',
  }, async (t) => {
    const { cwd, command, env } = await studio(t, ['waits', 'stalls']);
    // Only a write shows that the reader is gone: the first job goes on, and its line is printed, when it is.
    const pipe = 'set -o pipefail; "$@" | { head -1; exec <&-; touch "marks/go on"; }';
    const { stderr, exitCode } = await execa('bash', ['-c', pipe, 'bash', ...command], { cwd, env, reject: false });
    assert.equal(stderr, '');
    assert.equal(exitCode, 141);
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });
});
