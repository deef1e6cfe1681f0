import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CharacterSet } from '../../lib/fonts/font.ts';
import { isPacked, OWN_FONTS, standaloneFont } from '../../lib/fonts/font-bytes.ts';
import { readFontFaces, readPackedFaces } from '../../lib/fonts/font-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INTER = join(OWN_FONTS, 'Inter-Bold.ttf');

/** A collection of fonts that share nothing, as `ttcf` lists them. */
function collection(fonts: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12 + fonts.length * 4);
  head.write('ttcf');
  head.writeUInt32BE(0x10000, 4);
  head.writeUInt32BE(fonts.length, 8);
  let at = head.length;
  const moved = fonts.map((font, index) => {
    head.writeUInt32BE(at, 12 + index * 4);
    const copy = Buffer.from(font);
    for (let table = 0; table < copy.readUInt16BE(4); table += 1) {
      const record = 12 + table * 16 + 8;
      copy.writeUInt32BE(copy.readUInt32BE(record) + at, record);
    }
    at += copy.length;
    return copy;
  });
  return Buffer.concat([head, ...moved]);
}

describe('a font file', () => {
  it('says what it is called, how it looks and which characters it has', async () => {
    const [face] = await readFontFaces(INTER);
    const { characters, ...facts } = face ?? { characters: '' };
    assert.deepEqual(facts, {
      ...{ path: INTER, index: 0, postScriptName: 'Inter-Bold', family: 'Inter', style: 'Bold' },
      ...{ weight: 700, italic: false, colored: false },
    });
    const set = CharacterSet.parse(characters);
    for (const character of 'AzÄßЖΩ€') assert.ok(set.has(character.codePointAt(0) ?? 0), character);
    for (const character of '日שم😀') assert.ok(!set.has(character.codePointAt(0) ?? 0), character);
  });

  it('may be a collection, of which each face is read', async (t) => {
    const path = join(await temporaryFolder(t), 'two.ttc');
    const bytes = await readFile(INTER);
    await writeFile(
      path,
      collection([standaloneFont({ bytes, face: 0 }, 'One'), standaloneFont({ bytes, face: 0 }, 'Two')]),
    );
    const faces = await readFontFaces(path);
    assert.deepEqual(
      faces.map(({ index, family }) => [index, family]),
      [
        [0, 'One'],
        [1, 'Two'],
      ],
    );
    assert.equal(faces[0]?.characters, faces[1]?.characters);
  });

  it('is refused before it is read if it claims more than fonts have', async (t) => {
    const folder = await temporaryFolder(t);
    const bytes = await readFile(INTER);
    const many = Buffer.alloc(12 + 100_000 * 4);
    many.write('ttcf');
    many.writeUInt32BE(100_000, 8);
    const tables = Buffer.from(bytes.subarray(0, 12));
    tables.writeUInt16BE(60_000, 4);
    const large = Buffer.from(bytes);
    for (let table = 0; table < large.readUInt16BE(4); table += 1)
      large.writeUInt32BE(0xffffffff, 12 + table * 16 + 12);
    const refused: [name: string, content: Buffer, words: RegExp][] = [
      ['many.ttc', many, /collection of 100000 faces/],
      ['tables.ttf', tables, /it has 60000 tables/],
      ['large.ttf', large, /claims 4294967295 bytes/],
      ['cut.ttf', bytes.subarray(0, 200), /cut off or damaged|no table of its characters/],
    ];
    for (const [name, content, words] of refused) {
      const path = join(folder, name);
      await writeFile(path, content);
      await assert.rejects(readFontFaces(path), { code: 'FONT_INVALID', message: words }, name);
    }
  });

  it('is read without an error of any other kind, however it is damaged', async (t) => {
    const path = join(await temporaryFolder(t), 'damaged.ttf');
    const bytes = standaloneFont({ bytes: await readFile(INTER), face: 0 }, 'Damaged');
    for (let at = 0; at < 600; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at] = 255 - (damaged[at] ?? 0);
      await writeFile(path, damaged);
      await readFontFaces(path).catch((error) => assert.equal(error.code, 'FONT_INVALID', String(error.stack)));
    }
  });
});

describe("the package's fonts", () => {
  it('are in the index as they are in their files', async () => {
    const packed = (await readdir(OWN_FONTS)).map((name) => join(OWN_FONTS, name)).filter(isPacked);
    assert.ok(packed.length > 20);
    for (const path of packed) assert.deepEqual(await readFontFaces(path), await readPackedFaces(path), path);
  });

  it('have a name that says regular, and the weight of it', async () => {
    const packed = (await readdir(OWN_FONTS)).map((name) => join(OWN_FONTS, name)).filter(isPacked);
    const faces = (await Promise.all(packed.map(readFontFaces))).flat();
    assert.deepEqual(
      faces.filter(({ style, weight, family }) => style !== 'Regular' || weight !== 400 || family.includes('Thin')),
      [],
    );
  });
});
