import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { FontFile } from '../../lib/fonts/font.ts';
import { OWN_FONTS } from '../../lib/fonts/font-bytes.ts';
import { layFonts, readManifest } from '../../lib/fonts/manifest.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bold = join(OWN_FONTS, 'Inter-Bold.ttf');
const file = (more: Partial<FontFile>): FontFile => ({
  ...{ path: bold, fileName: 'Inter-Bold.ttf', fullName: 'Inter Bold', index: 0, weight: 700, colored: false },
  ...{ place: 'library', names: ['Inter-Bold'], replaces: [] },
  ...more,
});
const place = async (from: string, to: string) => {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
};

describe('the fonts beside the copy of a project', () => {
  it('are copies of the files that were decided, with what each is for', async (t) => {
    const folder = await temporaryFolder(t);
    const other = join(folder, 'other/Inter-Bold.ttf');
    await place(join(OWN_FONTS, 'Inter-Regular.ttf'), other);
    const fonts = [
      file({}),
      file({ path: other, names: [], replaces: ['Soleil'] }),
      file({ path: join(OWN_FONTS, 'NotoSansThai-Regular.ttf.br'), place: 'own', names: [] }),
    ];
    await layFonts(fonts, join(folder, 'project'), place);
    const laid = (await readManifest(join(folder, 'project'))) ?? [];
    assert.deepEqual(
      laid.map(({ names, replaces }) => [names, replaces]),
      [
        [['Inter-Bold'], []],
        [[], ['Soleil']],
        [[], []],
      ],
    );
    assert.deepEqual(await readFile(laid[0]?.path ?? ''), await readFile(bold));
    assert.deepEqual(await readFile(laid[1]?.path ?? ''), await readFile(other));
    assert.equal(laid[2]?.path, join(OWN_FONTS, 'NotoSansThai-Regular.ttf.br'));
  });

  it('are none of those whose files have gone, and there is no list of a project that is no job', async (t) => {
    const folder = await temporaryFolder(t);
    assert.equal(await readManifest(folder), null);
    await layFonts([file({})], folder, place);
    await rm((await readManifest(folder))?.[0]?.path ?? '');
    assert.deepEqual(await readManifest(folder), []);
  });
});
