import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ascentOf, fontBytes, OWN_FONTS, standaloneFont } from '../../lib/fonts/font-bytes.ts';
import { readFontFaces } from '../../lib/fonts/font-file.ts';
import { ShapingFont } from '../../lib/lottie/renderer/shaping-font.ts';
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

const files = readdirSync(OWN_FONTS).filter((name) => /\.ttf(\.br)?$/.test(name));

describe('the ascent of a font', () => {
  it('is the one by which HarfBuzz sets lines, for each of the package', () => {
    assert.ok(files.length > 3);
    for (const name of files) {
      const path = join(OWN_FONTS, name);
      assert.equal(ascentOf(fontBytes(path), 0), ShapingFont.open(path, 0).ascent, name);
    }
  });

  it('is that of the table OS/2 where the font asks for it, or where there is no other', () => {
    const bytes = Buffer.from(fontBytes(join(OWN_FONTS, 'Inter-Regular.ttf')));
    const os2 = offsetOf(bytes, 'OS/2');
    bytes.writeInt16BE(1_024, os2 + 68);
    bytes.writeUInt16BE(bytes.readUInt16BE(os2 + 62) | (1 << 7), os2 + 62);
    assert.equal(ascentOf(bytes, 0), 1_024 / 2_048);
    bytes.writeUInt16BE(bytes.readUInt16BE(os2 + 62) & ~(1 << 7), os2 + 62);
    assert.notEqual(ascentOf(bytes, 0), 1_024 / 2_048);
    bytes.writeInt16BE(0, offsetOf(bytes, 'hhea') + 4);
    assert.equal(ascentOf(bytes, 0), 1_024 / 2_048);
  });
});

function offsetOf(bytes: Buffer, tag: string): number {
  const record =
    12 + 16 * Array.from({ length: 40 }, (_, at) => bytes.toString('latin1', 12 + 16 * at, 16 + 16 * at)).indexOf(tag);
  return bytes.readUInt32BE(record + 8);
}
