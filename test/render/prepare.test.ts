import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Step } from '../../lib/aerender/timeouts.ts';
import { FootageChecker } from '../../lib/plan/check-template.ts';
import type { TaskFile } from '../../lib/render/messages.ts';
import { prepare } from '../../lib/render/prepare.ts';
import { openWorkFolder } from '../../lib/render/work-folder.ts';
import { inspectTemplate } from '../../lib/template/inspect.ts';
import { header } from '../support/project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk, writeRifx, writeXml } from '../support/rifx-writer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const STEP: Step = { signal: new AbortController().signal, alive: () => {} };

/** Footage as a project keeps it: the path of old, and how many folders up and down it is from the project. */
function footage(id: number, fullpath: string, up: number, down: number, names: string[] = []): WrittenChunk {
  const idta = fields(84, [
    [0, 'uint16', 7],
    [16, 'uint32', id],
  ]);
  const isFolder = names.length > 0;
  const alias = { fullpath, ascendcount_base: up, ascendcount_target: down, target_is_folder: isFolder };
  const pin = [
    chunk('sspc', [...fields(222, [[36, 'uint16', 5]])]),
    list('Als2', [chunk('alas', JSON.stringify(alias))]),
    ...(isFolder ? [list('StVc', names.map(utf8))] : []),
    chunk('opti', [...Buffer.from('png!'), ...new Uint8Array(20)]),
  ];
  return list('Item', [chunk('idta', [...idta]), utf8(''), list('Pin ', pin)]);
}

type PreparedTask = Parameters<typeof prepare>[0];

const AFTER_EFFECTS = { kind: 'after-effects', file: '/a', node: null, isHosted: false, ffmpeg: null } as const;

/** As the planner makes it, without assets. */
async function taskOf(path: string, type: 'aep' | 'aepx'): Promise<PreparedTask> {
  const { model, hash } = await inspectTemplate(path);
  const beside = await new FootageChecker().beside(
    { id: null, path, type, model, hash, size: 0, modifiedAt: 0 },
    'after-effects',
  );
  return { template: { path, type, beside }, files: [], fonts: [], renderer: AFTER_EFFECTS };
}

async function studio(t: TestContext, items: WrittenChunk[], files: string[], name = 'promo.aep') {
  const folder = await temporaryFolder(t);
  const template = join(folder, 'films/promo', name);
  await mkdir(dirname(template), { recursive: true });
  const chunks = [...header(), list('Fold', items)];
  await writeFile(template, name.endsWith('x') ? writeXml(chunks) : writeRifx(chunks));
  for (const file of files) {
    const path = join(dirname(template), file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file);
  }
  const work = await openWorkFolder(join(folder, 'work'));
  const type = name.endsWith('x') ? 'aepx' : 'aep';
  const { project: copied } = await prepare(await taskOf(template, type), work, STEP);
  const seen = (path: string) => readFile(join(dirname(copied), path), 'utf8');
  return { folder, work, template, copied, seen };
}

describe('the copy of a project', () => {
  it('has the footage beside it that lies beside the project, and no longer where it was', async (t) => {
    const { copied, seen, template } = await studio(
      t,
      [footage(1, '/gone/(Footage)/a.png', 1, 2)],
      ['(Footage)/a.png'],
    );
    assert.deepEqual(await readFile(copied), await readFile(template));
    assert.equal(await seen('(Footage)/a.png'), '(Footage)/a.png');
  });

  it('has footage above it as well, all within the work folder', async (t) => {
    const items = [footage(1, '/gone/shared/logo.png', 3, 2), footage(2, '/gone/a.png', 1, 1)];
    const { work, copied, seen } = await studio(t, items, ['../../shared/logo.png', 'a.png']);
    assert.equal(await seen('../../shared/logo.png'), '../../shared/logo.png');
    assert.equal(await seen('a.png'), 'a.png');
    assert.ok(!relative(work.root, join(dirname(copied), '../../shared/logo.png')).startsWith('..'));
  });

  it('has the whole folder of a sequence', async (t) => {
    const names = ['f_01.png', 'f_02.png', 'f_03.png'];
    const { copied } = await studio(
      t,
      [footage(1, '/gone/frames', 1, 1, names.slice(0, 2))],
      names.map((name) => `frames/${name}`),
      'promo.aepx',
    );
    assert.deepEqual((await readdir(join(dirname(copied), 'frames'))).sort(), names);
  });

  it('takes nothing along that After Effects finds where it was, nor what is nowhere', async (t) => {
    const elsewhere = join(await temporaryFolder(t), 'b.png');
    await writeFile(elsewhere, 'b');
    const items = [footage(1, elsewhere, 1, 1), footage(2, '/gone/c.png', 1, 1)];
    const { work } = await studio(t, items, ['b.png']);
    assert.deepEqual(await readdir(work.project), ['template.aep']);
  });

  it('needs no project that we can read: After Effects decides', async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'new.aep');
    await writeFile(path, 'RIFX of the future');
    const work = await openWorkFolder(join(folder, 'work'));
    const template = { path, type: 'aep' as const, beside: [] };
    const { project } = await prepare({ template, files: [], fonts: [], renderer: AFTER_EFFECTS }, work, STEP);
    assert.ok((await stat(project)).isFile());
  });

  it('takes footage that came after the job was created', async (t) => {
    const { template, work, copied } = await studio(t, [footage(1, '/gone/a.png', 1, 1)], []);
    const task = await taskOf(template, 'aep');
    await writeFile(join(dirname(template), 'a.png'), 'late');
    const { project } = await prepare(task, work, STEP);
    assert.equal(project, copied);
    assert.equal(await readFile(join(dirname(project), 'a.png'), 'utf8'), 'late');
  });
});

describe('the files of the assets', () => {
  it('are beside the project if they are static, else in a folder of their own', async (t) => {
    const folder = await temporaryFolder(t);
    const { template, work } = await studio(t, [], []);
    const photo = join(folder, 'photo.png');
    await writeFile(photo, 'photo');
    const files: TaskFile[] = [
      { folder: 'project', name: 'data/words.txt', src: 'data:text/plain,words', asset: 0 },
      { folder: 'assets', name: '1-photo.png', src: photo, asset: 1 },
    ];
    const prepared = await prepare({ ...(await taskOf(template, 'aep')), files }, work, STEP);
    assert.deepEqual(prepared.files, [
      join(dirname(prepared.project), 'data/words.txt'),
      join(work.assets, '1-photo.png'),
    ]);
    assert.deepEqual(await Promise.all(prepared.files.map((path) => readFile(path, 'utf8'))), ['words', 'photo']);
  });

  it('take the place of footage, and leave the file of the user as it is', async (t) => {
    const { template } = await studio(t, [footage(1, '/gone/a.png', 1, 1)], ['a.png']);
    for (const src of ['data:text/plain,other', join(dirname(template), 'other.png')]) {
      const work = await openWorkFolder(await temporaryFolder(t));
      await writeFile(join(dirname(template), 'other.png'), 'other');
      const files: TaskFile[] = [{ folder: 'project', name: 'a.png', src, asset: 0 }];
      const prepared = await prepare({ ...(await taskOf(template, 'aep')), files }, work, STEP);
      assert.equal(await readFile(prepared.files[0] ?? '', 'utf8'), 'other');
      assert.equal(await readFile(join(dirname(template), 'a.png'), 'utf8'), 'a.png');
    }
  });

  it('are scripts as functions of their own, but for what is compiled or in a code page', async (t) => {
    const { template, work } = await studio(t, [], []);
    const src = join(await temporaryFolder(t), 'own.jsx');
    const wrapped = async (content: string | Uint8Array) => {
      await writeFile(src, content);
      const file: TaskFile = { folder: 'assets', name: '0-own.jsx', src, asset: 0, isScript: true };
      const { files } = await prepare({ ...(await taskOf(template, 'aep')), files: [file] }, work, STEP);
      return await readFile(files[0] ?? '');
    };
    const code = 'var a = "é";';
    for (const content of [code, `\ufeff${code}`, Buffer.from(`\ufeff${code}`, 'utf16le')])
      assert.equal((await wrapped(content)).toString(), '\ufeff(function () {\nvar a = "é";\n}());\n');
    for (const content of [Buffer.from('@JSXBIN@ES@2.0@MyBb'), Buffer.from(code, 'latin1')])
      assert.deepEqual(await wrapped(content), content);
  });

  it('that are gone since fail with the asset that names them', async (t) => {
    const { template, work } = await studio(t, [], []);
    const file: TaskFile = { folder: 'assets', name: '3-gone.png', src: '/gone.png', asset: 3 };
    const preparing = prepare({ ...(await taskOf(template, 'aep')), files: [file] }, work, STEP);
    await assert.rejects(preparing, { code: 'ASSET_NOT_FOUND', message: /^assets\[3\]: the file \/gone\.png/ });
  });
});
