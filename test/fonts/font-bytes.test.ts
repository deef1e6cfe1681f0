import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { OWN_FONTS } from '../../lib/fonts/folders.ts';
import { standaloneFont } from '../../lib/fonts/font-bytes.ts';
import { readFontFaces } from '../../lib/fonts/font-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a font with a name of its own', () => {
  it('has the characters of the file that it was made of, and only that name', async (t) => {
    const original = join(OWN_FONTS, 'Inter-Regular.ttf');
    const path = join(await temporaryFolder(t), 'named.ttf');
    await writeFile(path, standaloneFont(await readFile(original), 0, 'Schrift № 1'));
    const [made] = await readFontFaces(path);
    const [before] = await readFontFaces(original);
    assert.deepEqual([made?.family, made?.style, made?.postScriptName], ['Schrift № 1', 'Regular', 'Schrift---1']);
    assert.equal(made?.characters, before?.characters);
  });
});
