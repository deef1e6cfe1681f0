import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { aerenderArguments } from '../../lib/aerender/arguments.ts';
import { parseLine } from '../../lib/aerender/output.ts';
import { HOOK_NAME, HOOK_SOURCE, HOOK_VERSION } from '../../lib/aerender/script-hook/source.ts';
import { hookVersion } from '../../lib/aerender/script-hook/status.ts';
import { type CommandLineRenderer, startAfterEffects } from '../support/command-line-renderer.ts';
import { jobScript } from '../support/job-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The script says when it ran, and changes what a render shows. */
const GOOD = "app.happened.push('ran a script on ' + app.project.file); app.project.title = 'Ada';";

async function script(t: TestContext, source: string): Promise<string> {
  const file = join(await temporaryFolder(t), 'joß script.jsx');
  await writeFile(file, source);
  return file;
}

const withHook = (shape?: (renderer: CommandLineRenderer) => void) =>
  startAfterEffects({ startup: [HOOK_SOURCE], ...(shape === undefined ? {} : { shape }) });

/** Another version of the renderer, which lacks a method. */
const without = (name: string) => (renderer: CommandLineRenderer) =>
  void Object.defineProperty(renderer, name, { value: undefined });

const MAIN = ['-project', 'a.aep', '-comp', 'main'];

describe('the start-up script for aerender', () => {
  it('is ES3 and ASCII, bears its version, and sorts after the script that it extends', () => {
    parse(HOOK_SOURCE, { ecmaVersion: 3 });
    assert.match(HOOK_SOURCE, /^[\n\x20-\x7e]*$/);
    assert.equal(hookVersion(HOOK_SOURCE), HOOK_VERSION);
    assert.deepEqual([HOOK_NAME, 'commandLineRenderer.jsx'].toSorted(), ['commandLineRenderer.jsx', HOOK_NAME]);
  });

  it('runs a script once, on the open project, before the queue is filled', async (t) => {
    const file = await script(t, GOOD);
    assert.deepEqual(withHook().render(...MAIN, '-r', file), {
      exitCode: 0,
      happened: [
        'opened a.aep',
        'ran a script on a.aep',
        'queued main',
        'only main is to be rendered',
        'rendered main with the title Ada',
      ],
      printed: [`INFO:Running script: ${file}`, 'PROGRESS: Adding specified comp to Render Queue'],
    });
  });

  it('runs it before the render as well for what lies in the queue', async (t) => {
    const file = await script(t, GOOD);
    for (const item of [['-comp', 'intro'], ['-rqindex', '1'], []]) {
      const { happened } = withHook().render('-r', file, '-project', 'a.aep', ...item);
      assert.deepEqual(
        happened.filter((what) => !what.startsWith('only')),
        ['opened a.aep', 'ran a script on a.aep', 'rendered intro with the title Ada'],
      );
    }
  });

  it('takes the command line that a job is rendered with', async (t) => {
    const file = await script(t, GOOD);
    const { exitCode, happened } = withHook().render(
      ...aerenderArguments({
        project: 'a.aep',
        output: '/tmp/a.mp4',
        script: file,
        composition: 'main',
        frames: { first: 0, last: 9 },
        quality: 'draft',
        halfResolution: false,
        outputModule: 'H.264',
        multiFrame: { enabled: true, maxCpuPercent: 80 },
        maxMemoryPercent: 50,
      }),
    );
    assert.equal(exitCode, 0);
    assert.equal(happened.at(-1), 'rendered main with the title Ada');
  });

  it('changes nothing where no script is asked for', () => {
    for (const args of [
      MAIN,
      ['-project', 'a.aep', '-rqindex', '1', '-mem_usage', '50', '60', '-s', '1', '-e', '"2"'],
      ['-project', 'a.aep', '-comp', '-r'],
      ['-project', 'a.aep'],
      ['-comp', 'main'],
      ['-project'],
      ['-reuse'],
      ['-project', 'a.aep', '-x', '1'],
      ['-help', '-r', 'x'],
    ]) {
      assert.deepEqual(withHook().render(...args), startAfterEffects({ startup: [] }).render(...args));
    }
  });

  it('forgets the script at the next render of the same After Effects', async (t) => {
    const file = await script(t, GOOD);
    const { render } = withHook();
    const titles = [MAIN, [...MAIN, '-r', file], MAIN, [...MAIN, '-r', file], [...MAIN, '-r', file, '-x'], MAIN].map(
      (args) => render(...args).happened.at(-1),
    );
    assert.deepEqual(titles, [
      'rendered main with the title old',
      'rendered main with the title Ada',
      'rendered main with the title old',
      'rendered main with the title Ada',
      undefined,
      'rendered main with the title old',
    ]);
  });

  it("ends the render with aerender's own words where the script throws", async (t) => {
    const file = await script(t, "throw new Error('no such layer');");
    const { exitCode, happened, printed } = withHook().render(...MAIN, '-r', file);
    assert.equal(exitCode, 5);
    assert.deepEqual(happened, ['opened a.aep']);
    assert.deepEqual(printed.slice(1), [`aerender ERROR: Error executing script: ${file}`, 'Error: no such layer']);
    for (const source of ['not a script', 'null.x', "throw 'a word'"]) {
      assert.equal(withHook().render(...MAIN, '-r', await script(t, source)).exitCode, 5, source);
    }
  });

  it("hands on the fault that a job's script tells", async (t) => {
    // Nothing that the script asks of After Effects is in the model: the first of it fails.
    const file = await script(
      t,
      jobScript({ composition: 'main', steps: [{ type: 'text', layerIndex: 1, value: '' }] }),
    );
    const faults = withHook()
      .render(...MAIN, '-r', file)
      .printed.map((line) => parseLine(line, { stream: 'stdout', scriptNonce: 'nonce' }))
      .filter(({ type }) => type === 'scriptFault');
    assert.equal(faults.length, 1);
  });

  it('says which script cannot be opened, and where the path is left out', () => {
    const missing = withHook().render(...MAIN, '-r', '/no/such.jsx');
    assert.equal(missing.exitCode, 5);
    assert.deepEqual(missing.printed, [
      'aerender ERROR: Can not open script file. Make sure path is correct: /no/such.jsx',
    ]);
    assert.deepEqual(withHook().render(...MAIN, '-r').printed, ['aerender SYNTAX ERROR: no value given for flag: -r']);
  });

  it('keeps its own names apart from those of the script', async (t) => {
    const names = 'var state = null, renderer = 1, code = 2, path = 3; function fail() {}';
    const good = await script(t, `${names} ${GOOD}`);
    assert.equal(
      withHook()
        .render(...MAIN, '-r', good)
        .happened.at(-1),
      'rendered main with the title Ada',
    );
    const bad = await script(t, `${names} throw new Error('bad');`);
    const { printed } = withHook().render(...MAIN, '-r', bad);
    assert.deepEqual(printed.slice(1), [`aerender ERROR: Error executing script: ${bad}`, 'Error: bad']);
  });

  it('leaves a renderer of another shape as it is, which then refuses the flag', () => {
    for (const name of [
      'ParseInArgs',
      'ParseParamStartingAt',
      'GetValueForFlag',
      'SetExitCodeAndThrowException',
      'ReallyRender',
      'GetFirstQueuedRQItemWithName',
      'EstablishAsOnlyQueuedItem',
    ]) {
      const { renderer } = withHook(without(name));
      assert.deepEqual(Object.keys(renderer), Object.keys(startAfterEffects({ startup: [] }).renderer), name);
    }
    const { render } = withHook(without('EstablishAsOnlyQueuedItem'));
    assert.deepEqual(render(...MAIN, '-r', 'x.jsx').printed, ['aerender SYNTAX ERROR: Illegal argument flag: -r']);
    for (const gAECommandLineRenderer of [null, 1, {}, []]) runInNewContext(HOOK_SOURCE, { gAECommandLineRenderer });
    runInNewContext(HOOK_SOURCE, {});
  });

  it('leaves the work to a patch of nexrender', () => {
    const { renderer } = withHook((patched) => void Object.assign(patched, { in_script_path: null }));
    assert.ok(!Object.hasOwn(renderer, 'ParseParamStartingAt'));
  });

  it('wraps the renderer once, however often it is run', () => {
    const { renderer, run } = withHook();
    const { ParseParamStartingAt, ReallyRender } = renderer;
    run(HOOK_SOURCE);
    assert.deepEqual([renderer.ParseParamStartingAt, renderer.ReallyRender], [ParseParamStartingAt, ReallyRender]);
  });

  it('never lets a render pass for good that began without the script', async (t) => {
    const file = await script(t, GOOD);
    const { render } = withHook((renderer) => void Object.assign(renderer, { ReallyRender: () => {} }));
    const { exitCode, printed } = render(...MAIN, '-r', file);
    assert.equal(exitCode, 5);
    assert.match(printed[0] ?? '', /^aerender ERROR: Error executing script/);
  });
});
