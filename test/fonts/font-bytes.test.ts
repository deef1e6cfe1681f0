import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { instanceIndex } from '../../lib/fonts/font.ts';
import { ascentOf, faceBytes, fontBytes, OWN_FONTS, standaloneFont } from '../../lib/fonts/font-bytes.ts';
import { readFontFaces } from '../../lib/fonts/font-file.ts';
import { ShapingFont } from '../../lib/lottie/renderer/shaping-font.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a font with a name of its own', () => {
  it('has the characters of the file that it was made of, and only that name', async (t) => {
    const original = join(OWN_FONTS, 'Inter-Regular.ttf');
    const path = join(await temporaryFolder(t), 'named.ttf');
    await writeFile(path, standaloneFont(faceBytes({ path: original, index: 0 }), 'Schrift № 1'));
    const [made] = await readFontFaces(path);
    const [before] = await readFontFaces(original);
    assert.deepEqual([made?.family, made?.style, made?.postScriptName], ['Schrift № 1', 'Regular', 'Schrift---1']);
    assert.equal(made?.characters, before?.characters);
  });
});

describe('a named instance of a variable font', () => {
  const path = fileURLToPath(new URL('../fixtures/fonts/Vario.ttf', import.meta.url));

  it('is a face of its file, by the names that After Effects gives it', async () => {
    const faces = await readFontFaces(path);
    assert.deepEqual(
      faces.map(({ postScriptName, style, weight }) => [postScriptName, style, weight]),
      [
        ['Vario-Regular', 'Regular', 400],
        ...[['Thin', 100] as const, ['ExtraLight', 200] as const, ['Light', 300] as const].map(named),
        // Its PostScript name is another one than that of the face.
        named(['Regular', 400]),
        ...[['Medium', 500] as const, ['SemiBold', 600] as const, ['Bold', 700] as const].map(named),
        ...[['ExtraBold', 800] as const, ['Black', 900] as const].map(named),
      ],
    );
    assert.equal(new Set(faces.map(({ index }) => index)).size, faces.length);
    assert.equal(new Set(faces.map(({ characters }) => characters)).size, 1);
  });

  it('is made into a font that has its weight, and no axes any more', async (t) => {
    const faces = await readFontFaces(path);
    const advance = (index: number) => ShapingFont.open({ path, index }).shape('H', 0, 1, 'ltr')[0]?.advance ?? 0;
    const indexOf = (wanted: string) => faces.find(({ style }) => style === wanted)?.index ?? assert.fail();
    const [thin, regular, black] = ['Thin', 'Regular', 'Black'].map((style) => advance(indexOf(style)));
    assert.ok(thin !== undefined && regular !== undefined && black !== undefined);
    assert.ok(thin < regular && regular < black, `${thin} ${regular} ${black}`);
    assert.equal(regular, advance(0));
    const made = join(await temporaryFolder(t), 'black.ttf');
    await writeFile(made, faceBytes({ path, index: indexOf('Black') }).bytes);
    assert.equal((await readFontFaces(made)).length, 1);
  });

  it('is the face as it is, and said to be another one, where the font is damaged or does not name it', async (t) => {
    assert.equal(faceBytes({ path, index: instanceIndex(0, 99) }).isOther, true);
    const damaged = fontBytes(path);
    damaged.fill(0xff, offsetOf(damaged, 'glyf'));
    const file = join(await temporaryFolder(t), 'damaged.ttf');
    await writeFile(file, damaged);
    const { bytes, face, isOther } = faceBytes({ path: file, index: instanceIndex(0, 9) });
    assert.ok(isOther === true ? bytes.equals(damaged) : face === 0);
  });
});

function named([style, weight]: readonly [string, number]) {
  return [`VarioVar-${style}`, style, weight];
}

const files = readdirSync(OWN_FONTS).filter((name) => /\.ttf(\.br)?$/.test(name));

describe('the ascent of a font', () => {
  it('is the one by which HarfBuzz sets lines, for each of the package', () => {
    assert.ok(files.length > 3);
    for (const name of files) {
      const path = join(OWN_FONTS, name);
      assert.equal(ascentOf(faceBytes({ path, index: 0 })), ShapingFont.open({ path, index: 0 }).ascent, name);
    }
  });

  it('is that of the table OS/2 where the font asks for it, or where there is no other', () => {
    const bytes = Buffer.from(fontBytes(join(OWN_FONTS, 'Inter-Regular.ttf')));
    const os2 = offsetOf(bytes, 'OS/2');
    bytes.writeInt16BE(1_024, os2 + 68);
    bytes.writeUInt16BE(bytes.readUInt16BE(os2 + 62) | (1 << 7), os2 + 62);
    assert.equal(ascentOf({ bytes, face: 0 }), 1_024 / 2_048);
    bytes.writeUInt16BE(bytes.readUInt16BE(os2 + 62) & ~(1 << 7), os2 + 62);
    assert.notEqual(ascentOf({ bytes, face: 0 }), 1_024 / 2_048);
    bytes.writeInt16BE(0, offsetOf(bytes, 'hhea') + 4);
    assert.equal(ascentOf({ bytes, face: 0 }), 1_024 / 2_048);
  });
});

function offsetOf(bytes: Buffer, tag: string): number {
  const record =
    12 + 16 * Array.from({ length: 40 }, (_, at) => bytes.toString('latin1', 12 + 16 * at, 16 + 16 * at)).indexOf(tag);
  return bytes.readUInt32BE(record + 8);
}
