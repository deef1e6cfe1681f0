import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FontCatalog, type FontQuery } from '../../lib/fonts/catalog.ts';
import { scanFonts } from '../../lib/fonts/folders.ts';
import { OWN_FONTS } from '../../lib/fonts/font-bytes.ts';
import { openStore } from '../support/records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LONG_AGO = new Date(Date.now() - 60_000);
const INTER = join(OWN_FONTS, 'Inter-Bold.ttf');

async function catalogIn(t: TestContext) {
  const folder = await temporaryFolder(t);
  const { store } = await openStore(t);
  const below = join(folder, 'fonts/below');
  await mkdir(below, { recursive: true });
  // A folder that has changed just now is read again in any case.
  const settle = async () => {
    for (const path of [below, dirname(below)]) await utimes(path, LONG_AGO, LONG_AGO);
  };
  await settle();
  const scans: string[][] = [];
  const catalog = new FontCatalog({ library: join(folder, 'library'), folders: [dirname(below)] }, store, {
    scanFonts: async (folders, known) => {
      scans.push(folders);
      return await scanFonts(folders, known);
    },
  });
  const wanted: FontQuery['wanted'] = [{ fileName: 'only-here.ttf' }];
  const missing = async () => {
    const search = await catalog.search();
    const query = { wanted, template: join(folder, 'project.aep'), renderer: 'after-effects' as const, texts: [] };
    return (await search.find(query)).missing;
  };
  return { folder, below, scans, missing, settle };
}

describe('a look at the fonts', () => {
  it('is shared by calls that follow each other', async (t) => {
    const { scans, missing } = await catalogIn(t);
    const first = await missing();
    const read = scans.length;
    assert.ok(read > 0);
    assert.deepEqual(await missing(), first);
    assert.equal(scans.length, read);
  });

  it('is a new one as soon as a font has come into a folder that was read, or has gone from it', async (t) => {
    const { below, missing } = await catalogIn(t);
    assert.deepEqual(await missing(), ['only-here.ttf']);
    await copyFile(INTER, join(below, 'only-here.ttf'));
    assert.deepEqual(await missing(), []);
    await rm(join(below, 'only-here.ttf'));
    assert.deepEqual(await missing(), ['only-here.ttf']);
  });

  it('is a new one as soon as another file was written over one that serves a job', async (t) => {
    const { below, scans, missing, settle } = await catalogIn(t);
    const font = join(below, 'only-here.ttf');
    await copyFile(INTER, font);
    await utimes(font, LONG_AGO, LONG_AGO);
    await settle();
    await missing();
    const read = scans.length;
    await missing();
    assert.equal(scans.length, read);
    await writeFile(font, 'no font');
    assert.deepEqual(await missing(), ['only-here.ttf']);
  });

  it('is a new one after a look that has failed', async (t) => {
    const { folder } = await catalogIn(t);
    const { store } = await openStore(t);
    let fails = true;
    const catalog = new FontCatalog({ library: folder, folders: [folder] }, store, {
      scanFonts: async (folders, known) => {
        if (fails) throw new Error('the thread was lost');
        return await scanFonts(folders, known);
      },
    });
    const wanted = [{ fileName: 'none.ttf' }];
    const find = async () => {
      const query = { wanted, template: join(folder, 'project.aep'), renderer: 'after-effects' as const, texts: [] };
      return (await (await catalog.search()).find(query)).missing;
    };
    await assert.rejects(find(), /the thread was lost/);
    fails = false;
    assert.deepEqual(await find(), ['none.ttf']);
  });
});
