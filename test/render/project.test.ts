import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { RenderTask } from '../../lib/render/messages.ts';
import { copyProject } from '../../lib/render/project.ts';
import { openWorkFolder } from '../../lib/render/work-folder.ts';
import { header } from '../support/project-writer.ts';
import { chunk, fields, list, utf8, type WrittenChunk, writeRifx, writeXml } from '../support/rifx-writer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
  const task = { template: { path: template, type }, fonts: [], renderer: { kind: 'aerender', file: '/a' } };
  const copied = await copyProject(task as unknown as RenderTask, work);
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

  it('is made of a project that cannot be read as well: After Effects decides', async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'new.aep');
    await writeFile(path, 'RIFX of the future');
    const work = await openWorkFolder(join(folder, 'work'));
    const task = { template: { path, type: 'aep' }, fonts: [], renderer: { kind: 'aerender', file: '/a' } };
    assert.ok((await stat(await copyProject(task as unknown as RenderTask, work))).isFile());
  });
});
