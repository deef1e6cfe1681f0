import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { damagedProject, FAKE_AERENDER } from '../support/engine.ts';
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
  };
}

/** The lines of a wide terminal that tell how a job ended. */
const ends = (lines: readonly string[]) => lines.filter((line) => /^ {2}[✓✗-]/.test(line));

describe('a terminal', { timeout: 60_000 }, () => {
  it('shows where the file of a single job lies', async (t) => {
    const { render } = await studio(t, ['good']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 0);
    const lines = await terminal.lines();
    assert.match(ends(lines).join(), /✓ job 0: .*renders\/.*\.png$/);
    assert.equal(lines.at(-1), '1 finished, 0 failed.');
  });

  it('shows the lines of both of two jobs', async (t) => {
    const { render } = await studio(t, ['good', 'good']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 0);
    assert.equal(ends(await terminal.lines()).length, 2);
  });

  it('shows why the last job failed', async (t) => {
    const { render } = await studio(t, ['good', 'empty output']);
    const terminal = render({ columns: 200 });
    assert.equal(await terminal.exitCode(), 1);
    const text = (await terminal.lines()).join('\n');
    assert.match(text, /✗ job 1: .*\[OUTPUT_INCOMPLETE\]/);
    assert.match(text, /1 finished, 1 failed\.$/);
  });

  it('shows a bar of the first job, with its frames', async (t) => {
    const { render, goOn } = await studio(t, ['waits at frame 3 of 10']);
    const terminal = render();
    const text = await terminal.shown(/frame 3\/10/);
    assert.match(text, /^job 0 █+░+ {2}30% frame 3\/10, /m);
    await goOn();
    assert.equal(await terminal.exitCode(), 0);
    assert.ok(!(await terminal.lines()).some((line) => line.includes('█')), 'no bar is left behind');
    assert.ok(terminal.written.includes('\u001b[?25h'), 'the cursor is shown again');
  });

  it('draws no line that is wider than a narrow terminal', async (t) => {
    const { render, goOn } = await studio(t, ['waits at frame 3 of 10', 'waits at frame 3 of 10']);
    const terminal = render({ columns: 34 });
    const text = await terminal.shown(/^total █+░+ {2}30% 0\/2 jobs$/m);
    assert.match(text, /^job 0 █+░+ {2}30% (frame 3\/10|\d+ s left)$/m);
    assert.match(text, /^job 1 █+░+ {2}30% (frame 3\/10|\d+ s left)$/m);
    await goOn();
    assert.equal(await terminal.exitCode(), 0);
  });

  it('finishes what renders on Ctrl-C, says what is left, and exits with 130', async (t) => {
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

  it('ends what renders on the second Ctrl-C', async (t) => {
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

  it('leaves no renderer when its window is closed', async (t) => {
    const { render, cwd } = await studio(t, ['waits']);
    const terminal = render();
    await terminal.shown(/frame 1/);
    terminal.hangUp();
    await terminal.exitCode();
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });

  it('is quiet and leaves no renderer when its output is piped into a program that reads one line', async (t) => {
    const { cwd, command, env } = await studio(t, ['waits']);
    const { stderr, exitCode } = await execa('bash', ['-c', 'set -o pipefail; "$@" | head -1', 'bash', ...command], {
      cwd,
      env,
      reject: false,
    });
    assert.equal(stderr, '');
    assert.equal(exitCode, 141);
    assert.deepEqual(await findProcessesByArgument(cwd), []);
  });
});
