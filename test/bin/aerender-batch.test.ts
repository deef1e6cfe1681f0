import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { execa } from 'execa';
import { createProgram } from '../../bin/commands/program.ts';
import { findProcessesByArgument } from '../../lib/processes/tree.ts';
import { SAMPLES } from '../support/engine.ts';
import { smallDocument, solidLayer } from '../support/small-document.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/aerender-batch.ts', import.meta.url));
const batchFile = (name: string) => join(SAMPLES, '../batches', `${name}.json`);

/** The program in a folder of its own, with its database and outputs there. */
async function terminal(t: TestContext) {
  const folder = await temporaryFolder(t);
  const env = { NO_COLOR: '', FORCE_COLOR: '' };
  return {
    folder,
    env,
    run: (...args: string[]) => execa(process.execPath, [PROGRAM, ...args], { cwd: folder, reject: false, env }),
  };
}

describe('the command line', () => {
  it('renders a batch, says where the files lie, and answers about it afterwards', async (t) => {
    const { folder, run } = await terminal(t);
    const rendered = await run('render', batchFile('certificate'));
    assert.equal(rendered.exitCode, 0, rendered.stderr);
    const file = /✓ job 0: (.*\.png)/.exec(rendered.stdout)?.[1];
    assert.ok(file?.startsWith(join(folder, 'renders')), rendered.stdout);
    assert.ok(!rendered.stdout.includes('\u001b'), 'no escape codes where stdout is no terminal');

    const [batch] = JSON.parse((await run('list', '--json')).stdout) as { batchId: string }[];
    const status = JSON.parse((await run('status', batch?.batchId ?? '', '--json')).stdout) as {
      status: string;
      jobs: { id: string }[];
    };
    assert.equal(status.status, 'finished');
    assert.match((await run('logs', status.jobs[0]?.id ?? '')).stdout, /^aerender version/);
    const shown = (await run('status', batch?.batchId ?? '')).stdout;
    assert.match(shown, /finished {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/);
    assert.ok(shown.includes(file ?? 'none'), shown);
  });

  it('shows refused jobs with the batch, and says that they cannot be retried', async (t) => {
    const { folder, run } = await terminal(t);
    const template = { id: 'x', src: join(SAMPLES, 'certificate.json') };
    const settings = { type: 'image', frames: 0 };
    const jobs = [
      { template: { ...template, composition: 'mian' } },
      { template: { ...template, composition: 'main' }, settings },
    ];
    await writeFile(join(folder, 'batch.json'), JSON.stringify({ jobs }));
    assert.equal((await run('render', 'batch.json')).exitCode, 1);
    const { stdout } = await run('status', '--failed');
    assert.match(
      stdout,
      /\(1 finished, 0 failed, 0 pending of 1; 1 refused\)\n {2}✗ job 0: .*mian.* \[COMPOSITION_NOT_FOUND\]/,
    );
    assert.doesNotMatch(stdout, /job 1/);
    const [{ batchId }] = JSON.parse((await run('list', '--json')).stdout) as [{ batchId: string }];
    const retried = await run('retry', batchId, '0');
    assert.equal(retried.exitCode, 2);
    assert.match(retried.stderr, /Job 0 was refused .*mian.* Mend it in the batch file/);
  });

  it('prints one JSON object a line as things happen, ending with the summary', async (t) => {
    const { run } = await terminal(t);
    const { stdout, exitCode } = await run('render', batchFile('certificate'), '--events');
    assert.equal(exitCode, 0);
    const events = stdout.split('\n').map((line) => JSON.parse(line) as { type: string });
    const types = events.map(({ type }) => type);
    assert.equal(types[0], 'batch:created');
    for (const type of ['job:started', 'job:finished', 'batch:finished']) assert.ok(types.includes(type), type);
    const summary = events.at(-1) as unknown as {
      type: string;
      exitCode: number;
      batch: { status: string };
      warnings: [];
    };
    assert.deepEqual([summary.type, summary.exitCode, summary.batch.status], ['summary', 0, 'finished']);
    assert.ok(Array.isArray(summary.warnings));
  });

  it('reads a batch from standard input', async (t) => {
    const { folder, env } = await terminal(t);
    const src = join(SAMPLES, 'certificate.json');
    const input = JSON.stringify({ jobs: [{ template: { id: 'c', src, composition: 'main' } }] });
    const { stdout } = await execa(process.execPath, [PROGRAM, 'check', '-'], {
      cwd: folder,
      reject: false,
      env,
      input,
    });
    assert.match(stdout, /1 of 1 jobs would be accepted/);
  });

  it('takes its options before the command as well as after it', async (t) => {
    const { run, folder } = await terminal(t);
    const nowhere = join(folder, 'aerender');
    for (const args of [
      ['--aerender', `ae2026=${nowhere}`, 'doctor'],
      ['doctor', '--aerender', `ae2026=${nowhere}`],
    ]) {
      assert.match((await run(...args)).stdout, /After Effects \(ae2026\): .* is not there/, args.join(' '));
    }
  });

  it('makes no folder for a misspelt database', async (t) => {
    const { run, folder } = await terminal(t);
    for (const args of [['list'], ['status', '01ARZ3NDEKTSV4RRFFQ69G5FAV'], ['fonts', 'list'], ['templates', 'list']]) {
      const { exitCode, stderr } = await run(...args, '--db', 'rendrs/batches.db');
      assert.equal(exitCode, 2, args.join(' '));
      assert.match(stderr, /--db .*rendrs.* is not there/);
    }
    assert.deepEqual(await readdir(folder), []);
  });

  it('has examples in the help of every command', () => {
    const helpOf = (command: Command): string => {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
      return text;
    };
    const commands = (parent: Command): Command[] => [parent, ...parent.commands.flatMap(commands)];
    const all = commands(createProgram());
    assert.ok(all.length > 15);
    for (const command of all) assert.match(helpOf(command), /\nExamples:\n {2}aerender-batch /, command.name());
  });

  it('exits with 2 for a wrong call, and says what is wrong with it', async (t) => {
    const { run, folder } = await terminal(t);
    const refused = await run('templates', 'add', join(folder, 'none.json'));
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /is not there/);
    for (const args of [
      ['render'],
      ['nonsense'],
      ['render', join(folder, 'none.json')],
      ['render', '--workers', 'x', 'y.json'],
    ]) {
      assert.equal((await run(...args)).exitCode, 2, args.join(' '));
    }
    assert.equal((await run('--help')).exitCode, 0);
  });

  it('checks a batch file without storing it', async (t) => {
    const { folder, run } = await terminal(t);
    const { exitCode, stdout } = await run('check', batchFile('invitations'));
    assert.equal(exitCode, 1);
    assert.match(stdout, /did you mean 'name'\?[\s\S]*2 of 3 jobs would be accepted/);
    assert.deepEqual(await readdir(folder), [], 'nothing is left behind');
    assert.deepEqual(JSON.parse((await run('list', '--json')).stdout), []);
  });

  it('warns in a check of what is missing, each thing once', async (t) => {
    const { folder, run } = await terminal(t);
    await cp(join(SAMPLES, 'invitation.json'), join(folder, 'invitation.json'));
    const job = { template: { id: 'x', src: 'invitation.json', composition: 'main' } };
    await writeFile(join(folder, 'batch.json'), JSON.stringify({ jobs: [job, job] }));
    const { exitCode, stdout } = await run('check', 'batch.json');
    assert.equal(exitCode, 0, stdout);
    assert.equal(stdout.match(/jobs 0, 1: The footage 'portrait\.png' of the template is missing/g)?.length, 1, stdout);
    assert.match(stdout, /jobs 0, 1: The font Playfair Display \(Bold\) is missing/);
    assert.ok(JSON.parse((await run('check', 'batch.json', '--json')).stdout).warnings.length > 0);
  });

  it('writes a batch file for a template, which is accepted as it is, and never over another one', async (t) => {
    const { folder, run } = await terminal(t);
    const template = join(SAMPLES, 'invitation.json');
    const written = await run('init', template, 'invitation.batch.json');
    assert.equal(written.exitCode, 0, written.stderr);
    assert.match(written.stdout, /one job with 7 assets\. Next: aerender-batch check invitation\.batch\.json/);
    assert.match((await run('check', 'invitation.batch.json')).stdout, /^1 of 1 jobs would be accepted/m);
    const before = await readFile(join(folder, 'invitation.batch.json'), 'utf8');
    assert.match(before, /"layerName": "name",\s*"value": "Ada Lovelace"/);
    const again = await run('init', template, 'invitation.batch.json');
    assert.equal(again.exitCode, 2);
    assert.match(again.stderr, /is there already/);
    assert.equal(await readFile(join(folder, 'invitation.batch.json'), 'utf8'), before);
    const unknown = await run('init', template, 'other.json', '--composition', 'mian');
    assert.match(unknown.stderr, /did you mean 'main'/);
  });

  it('keeps fonts', async (t) => {
    const { run } = await terminal(t);
    const font = join(SAMPLES, 'fonts/PlayfairDisplay-Bold.ttf');
    const [added] = JSON.parse((await run('fonts', 'add', font, '--json')).stdout) as { id: string }[];
    assert.match((await run('fonts', 'list')).stdout, /Playfair Display {2}PlayfairDisplay-Bold\.ttf/);
    assert.equal((await run('fonts', 'remove', added?.id ?? '')).exitCode, 0);
    const refused = await run('fonts', 'add', join(SAMPLES, 'invitation.json'));
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /neither a TrueType nor an OpenType font/);
  });

  it('registers templates and shows what is in them', async (t) => {
    const { run } = await terminal(t);
    const { id } = JSON.parse((await run('templates', 'add', join(SAMPLES, 'invitation.json'), '--json')).stdout) as {
      id: string;
    };
    assert.match((await run('templates', 'list')).stdout, new RegExp(id));
    assert.match((await run('templates', 'show', id)).stdout, /lower third/);
    assert.match((await run('templates', 'types', id)).stdout, /'lower third': 'footage';/);
    assert.equal((await run('templates', 'remove', id)).exitCode, 0);
    assert.equal((await run('templates', 'show', id)).exitCode, 2);
    assert.match((await run('templates', 'show', join(SAMPLES, 'certificate.json'))).stdout, /\[text\] "/);
  });

  it('shows what of a template will look different, and exits with 1 if one would see it', async (t) => {
    const { folder, run } = await terminal(t);
    const glow = { ty: 5, nm: 'Glow', mn: 'ADBE Glo2', en: 1, ef: [] };
    const inner = {
      id: 'inner',
      nm: 'inner',
      w: 9,
      h: 9,
      layers: [solidLayer('logo', '#ff0000', 0, 0, 9, 9, { ip: 25, ef: [glow] })],
    };
    const song = { ty: 6, nm: 'song', refId: 'wav', ip: 0, op: 50 };
    const shown = { ty: 0, nm: 'shown', refId: 'inner', ip: 0, op: 50, w: 9, h: 9 };
    const wav = { id: 'wav', u: '', p: 'song.wav', t: 2 };
    const file = async (name: string, layers: object[]) => {
      const path = join(folder, name);
      await writeFile(path, JSON.stringify(smallDocument(layers, [inner, wav])));
      return path;
    };
    const wrong = await run('templates', 'show', await file('wrong.json', [shown, song]));
    assert.match(
      wrong.stdout,
      /! In composition 'inner', layer 'logo' will look different, from 0:01 to 0:02: the effect Glow is not drawn\./,
    );
    assert.equal(wrong.exitCode, 1);
    const silent = await file('silent.json', [song]);
    const right = await run('templates', 'show', silent);
    assert.match(right.stdout, /- In composition 'main', layer 'song': its sound is left out\./);
    assert.equal(right.exitCode, 0);
    const asked = await run('templates', 'show', silent, '--composition', 'inner', '--json');
    assert.equal(asked.exitCode, 1);
    assert.equal(JSON.parse(asked.stdout).differences.length, 1);
    const misspelt = await run('templates', 'show', silent, '--composition', 'iner');
    assert.equal(misspelt.exitCode, 2);
    assert.match(misspelt.stderr, /did you mean 'inner'/);
  });

  it('tells what is installed, and what to do where something is missing', async (t) => {
    const { run } = await terminal(t);
    const { stdout, exitCode } = await run('doctor');
    assert.equal(exitCode, 0);
    assert.match(stdout, /Node\.js/);
    assert.match(stdout, /Bundled renderer/);
  });

  it('finishes what renders on the first Ctrl-C, and ends it on the second', { timeout: 60_000 }, async (t) => {
    const { folder, run } = await terminal(t);
    const child = execa(process.execPath, [PROGRAM, 'render', batchFile('invitations')], {
      cwd: folder,
      reject: false,
    });
    const { stdout } = child;
    // Its refused job is told before the first render begins.
    await once(stdout, 'data');
    while ((await findProcessesByArgument(join(folder, 'renders', '.aerender-batch'))).length === 0);
    child.kill('SIGINT');
    await once(stdout, 'data');
    child.kill('SIGINT');
    const { exitCode } = await child;
    assert.equal(exitCode, 130);
    assert.deepEqual(await findProcessesByArgument(folder), []);
    const [batch] = JSON.parse((await run('list', '--json')).stdout) as { status: string }[];
    assert.equal(batch?.status, 'processing');
    assert.deepEqual(
      (await readdir(join(folder, 'renders'))).filter((name) => name.endsWith('.mp4')),
      [],
    );
  });
});
