import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import type { ArchiveType } from '../../../lib/contract/formats.ts';
import { EngineError } from '../../../lib/errors.ts';
import { nameFault } from '../../../lib/template/archive/entries.ts';
import { unpackTemplate } from '../../../lib/template/archive/unpack-template.ts';
import { type Inspection, inspectTemplate } from '../../../lib/template/inspect.ts';
import { header } from '../../support/project-writer.ts';
import { fc, fuzzRuns } from '../../support/property.ts';
import { list, writeRifx } from '../../support/rifx-writer.ts';
import { aepFolder, skipWithoutProjects } from '../../support/shared-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { MODE, type WrittenEntry, writeZip } from '../../support/zip-writer.ts';

const LOTTIE = JSON.stringify({ fr: 25, ip: 0, op: 25, w: 100, h: 100, nm: 'main', layers: [] });
const PROJECT = writeRifx([...header(), list('Fold', [])]);
const MAIN: WrittenEntry = { name: 'main.json', data: LOTTIE };

/** Kilobytes for a byte, as a zip bomb is. */
const ZEROS = Buffer.alloc(3 * 2 ** 20);

interface Place {
  archive: string;
  /** Where it is unpacked; three folders down, so that what climbs out of it is still found. */
  into: string;
  /** All that lies anywhere near, but not in that folder. */
  outside(): Promise<string[]>;
  /** `inspectTemplate`, with a folder for temporary files that is all its own, and empty again after each call. */
  inspect(): Promise<Inspection>;
}

async function place(t: TestContext, zip: Uint8Array, type: ArchiveType): Promise<Place> {
  const root = await temporaryFolder(t);
  const archive = join(root, `template.${type}`);
  const into = join(root, 'a', 'b', 'into');
  const temporary = join(root, 'temporary');
  await mkdir(into, { recursive: true });
  await mkdir(temporary);
  await writeFile(archive, zip);
  return {
    archive,
    into,
    outside: async () => (await listing(root)).filter((path) => !path.startsWith('a/b/into/')),
    inspect: async () => {
      const restore = useTemporaryFolder(temporary);
      try {
        return await inspectTemplate(archive, type);
      } finally {
        restore();
        assert.deepEqual(await readdir(temporary), []);
      }
    },
  };
}

function useTemporaryFolder(folder: string): () => void {
  const names = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = folder;
  return () => {
    for (const [at, name] of names.entries()) {
      if (before[at] === undefined) delete process.env[name];
      else process.env[name] = before[at];
    }
  };
}

async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

/** In the one way there is: with a message for a person, nothing outside of the folder, and nothing left behind. */
async function assertRefused(t: TestContext, zip: Uint8Array, message: RegExp, type: ArchiveType = 'zip') {
  const { archive, into, outside, inspect } = await place(t, zip, type);
  await assert.rejects(unpackTemplate(archive, type, into), refusal(archive, message));
  await assert.rejects(inspect(), refusal(archive, message));
  assert.deepEqual(await outside(), [basename(archive)]);
}

function refusal(archive: string, message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof EngineError, String(error));
    assert.equal(error.code, 'TEMPLATE_UNREADABLE');
    assert.match(error.message, message);
    assert.ok(error.message.includes(archive), `it does not name the archive: ${error.message}`);
    assert.ok(error.message.length < archive.length + 300, `it is too long: ${error.message}`);
    assert.doesNotMatch(error.message, /\p{Cc}/u);
    return true;
  };
}

async function unpacked(t: TestContext, zip: Uint8Array, type: ArchiveType = 'zip') {
  const { archive, into, outside } = await place(t, zip, type);
  const { project } = await unpackTemplate(archive, type, into);
  assert.deepEqual(await outside(), [basename(archive)]);
  return { project: project.slice(into.length + 1).replaceAll('\\', '/'), files: await listing(into), into };
}

/** The archive of a .mogrt, around the one with its project. */
function mogrt(inner: Uint8Array): Buffer {
  return writeZip([
    { name: 'project.aegraphic', data: inner },
    { name: 'definition.json', data: '{}' },
  ]);
}

describe('an archive whose names', () => {
  const climbing = ['../x', 'a/../../x', 'a/..', '..\\x', 'a\\..\\..\\x', '../../../../../../../../x', './../x', '../'];
  const absolute = ['/x', '\\x', 'C:\\x', 'C:x', 'c:/x', '//server/share/x', '\\\\server\\share\\x', '\\\\?\\C:\\x'];

  for (const name of climbing)
    it(`lead out of the folder, such as ${name}, is refused`, async (t) => {
      await assertRefused(t, writeZip([MAIN, { name, data: 'x' }]), /the name ".*" in it leads out of the folder/);
    });

  for (const name of absolute)
    it(`are absolute, such as ${name}, is refused`, async (t) => {
      await assertRefused(t, writeZip([MAIN, { name, data: 'x' }]), /the name ".*" in it is an absolute path/);
    });

  it('are those of a folder outside is refused before a byte is written', async (t) => {
    const { archive, into } = await place(t, writeZip([MAIN, { name: '../x', data: 'x' }]), 'zip');
    await assert.rejects(unpackTemplate(archive, 'zip', into));
    assert.deepEqual(await listing(into), []);
  });

  it('hold a NUL, nothing, or more than a path can be, is refused', async (t) => {
    await assertRefused(t, writeZip([MAIN, { name: 'main.aep\0.txt' }]), /"main\.aep\\u0000\.txt" in it holds a NUL/);
    await assertRefused(t, writeZip([MAIN, { name: '' }]), /the name "" in it is empty/);
    await assertRefused(
      t,
      writeZip([MAIN, { name: '../\u001b[31m\u009b\u202e' }]),
      /"\.\.\/\\u001b\[31m\\u\{9b\}\\u\{202e\}"/,
    );
    await assertRefused(t, writeZip([MAIN, { name: '.' }]), /the name "\." in it is empty/);
    await assertRefused(t, writeZip([MAIN, { name: 'a/'.repeat(30_000) }]), /is longer than 1024 characters/);
    await assertRefused(t, writeZip([MAIN, { name: 'a/'.repeat(30_000).concat('x') }]), /is longer than 1024/);
    await assertRefused(
      t,
      writeZip([MAIN, { name: 'ü'.repeat(300) }]),
      /the name "üü+…" (is too long for this system|in it each part must)/,
    );
  });

  it('come twice, or are of a file where a folder is needed, is refused', async (t) => {
    await assertRefused(t, writeZip([MAIN, { ...MAIN, data: '{}' }]), /"main\.json" is in it twice/);
    await assertRefused(t, writeZip([MAIN, { ...MAIN, name: './/main.json' }]), /"main\.json" is in it twice/);
    const file = { name: 'images', data: 'a file' };
    const folder = { name: 'images/logo.png', data: 'in a folder' };
    for (const entries of [
      [MAIN, file, folder],
      [MAIN, folder, file],
    ])
      await assertRefused(t, writeZip(entries), /"images" is both a file and a folder in it/);
  });

  it('differ in case only overwrites nothing: there are two files, or it is refused where the disk keeps one', async (t) => {
    const zip = writeZip([MAIN, { name: 'Logo.png', data: 'first' }, { name: 'logo.PNG', data: 'second' }]);
    const { archive, into } = await place(t, zip, 'zip');
    const probe = await temporaryFolder(t);
    await writeFile(join(probe, 'a'), '');
    const keepsOne = await stat(join(probe, 'A')).then(
      () => true,
      () => false,
    );
    const result = unpackTemplate(archive, 'zip', into);
    if (keepsOne) return await assert.rejects(result, refusal(archive, /differs in case only/));
    await result;
    assert.equal(await readFile(join(into, 'Logo.png'), 'utf8'), 'first');
    assert.equal(await readFile(join(into, 'logo.PNG'), 'utf8'), 'second');
  });

  it('are a device, a stream or nothing that Windows can keep, is refused there only', () => {
    for (const name of ['NUL', 'a/con.png', 'COM1.json', 'main.aep:stream', 'what?.png', 'folder /x', 'dot./x']) {
      assert.notEqual(nameFault(name, 'win32'), null, name);
      assert.equal(nameFault(name, 'darwin'), null, name);
    }
    assert.equal(nameFault('(Footage)/Ein Bild – größer.png', 'win32'), null);
  });

  it('are ordinary ones of a studio is unpacked as it is', async (t) => {
    const names = [
      '(Footage)/Ein Bild – größer.png',
      "a b/it's (1) [2] & 100%.jpg",
      '日本語/字.png',
      'x/.hidden',
      'a..b/...c',
    ];
    const { files } = await unpacked(t, writeZip([MAIN, ...names.map((name) => ({ name, data: name }))]));
    assert.deepEqual(files, [...names, 'main.json'].sort());
  });

  it('are in UTF-8 without saying so, as from Finder, or in the code page of DOS, is read in either', async (t) => {
    const { files } = await unpacked(
      t,
      writeZip([
        MAIN,
        { name: Buffer.from('größer.png') },
        { name: Buffer.from([0x67, 0x72, 0x94, 0xe1, 0x65, 0x72, 0x2e, 0x6a, 0x70, 0x67]) },
      ]),
    );
    assert.deepEqual(files, ['größer.jpg', 'größer.png', 'main.json']);
  });

  it('are in the code page of a country is read as the names that the project has for its footage', async (t) => {
    const written: [name: string, bytes: Buffer][] = [
      ['素材.png', Buffer.from([0x91, 0x66, 0x8d, 0xde, 0x2e, 0x70, 0x6e, 0x67])],
      ['表/ソ.png', Buffer.from([0x95, 0x5c, 0x2f, 0x83, 0x5c, 0x2e, 0x70, 0x6e, 0x67])],
      ['图片.png', Buffer.from([0xcd, 0xbc, 0xc6, 0xac, 0x2e, 0x70, 0x6e, 0x67])],
      ['사진.png', Buffer.from([0xbb, 0xe7, 0xc1, 0xf8, 0x2e, 0x70, 0x6e, 0x67])],
      ['фото.png', Buffer.from([0xf4, 0xee, 0xf2, 0xee, 0x2e, 0x70, 0x6e, 0x67])],
      ['Übergang.png', Buffer.from([0xdc, 0x62, 0x65, 0x72, 0x67, 0x61, 0x6e, 0x67, 0x2e, 0x70, 0x6e, 0x67])],
    ];
    for (const [name, bytes] of written) {
      const assets = [{ id: 'a', u: '', p: name.split('/').at(-1), w: 1, h: 1, e: 0 }];
      for (const data of [JSON.stringify({ ...JSON.parse(LOTTIE), assets }), escapedJson({ assets })]) {
        const { archive, into } = await place(
          t,
          writeZip([
            { name: 'main.json', data },
            { name: bytes, data: 'x' },
          ]),
          'zip',
        );
        const { files } = await unpackTemplate(archive, 'zip', into);
        assert.deepEqual(
          files.map((file) => relative(into, file).replaceAll(sep, '/')).toSorted(),
          ['main.json', name].toSorted(),
        );
      }
    }
  });

  it('have backslashes, as from old programs for Windows, is unpacked into folders', async (t) => {
    const { files, project } = await unpacked(
      t,
      writeZip([
        { name: 'promo\\main.aep', data: PROJECT },
        { name: 'promo\\images\\' },
        { name: 'promo\\images\\a.png' },
      ]),
    );
    assert.deepEqual(files, ['promo/images/a.png', 'promo/main.aep']);
    assert.equal(project, 'promo/main.aep');
  });
});

describe('an archive with', () => {
  it('a link is refused, and so is what would be written through it', async (t) => {
    const link = { name: 'images', data: '../../..', mode: MODE.link };
    await assertRefused(t, writeZip([MAIN, link]), /"images" is a link; pack the file that it leads to/);
    await assertRefused(t, writeZip([MAIN, link, { name: 'images/x', data: 'x' }]), /"images" is a link/);
    await assertRefused(t, writeZip([MAIN, { name: 'images/x', data: 'x' }, link]), /"images" is a link/);
    await assertRefused(t, writeZip([{ ...link, name: 'main.json' }, MAIN]), /"main\.json" is a link/);
  });

  it('a device, a pipe or a socket is refused', async (t) => {
    for (const mode of [MODE.fifo, MODE.characterDevice, MODE.blockDevice, MODE.socket])
      await assertRefused(t, writeZip([MAIN, { name: 'x', mode }]), /"x" is a device, not a file/);
  });

  it('a password is refused, with the way out', async (t) => {
    const encrypted = { name: 'x.png', data: 'x', central: { flags: 1 }, local: { flags: 1 } };
    await assertRefused(t, writeZip([MAIN, encrypted]), /"x\.png" is encrypted; pack it without a password/);
    const strongly = { ...encrypted, central: { flags: 0x41 } };
    await assertRefused(t, writeZip([MAIN, strongly]), /it is encrypted; pack it without a password/);
  });

  it('a way of packing that is not known is refused, with the way out', async (t) => {
    for (const method of [9, 12, 14, 93, 98, 0xffff]) {
      const entry = { name: 'x.png', data: 'x', central: { method }, local: { method } };
      await assertRefused(
        t,
        writeZip([MAIN, entry]),
        new RegExp(`"x\\.png" is packed by method ${method}; pack it as`),
      );
    }
  });

  it('sizes in the list at its end that are wrong is refused, packed or not', async (t) => {
    for (const stored of [true, false]) {
      const entry = { name: 'x.png', data: 'twelve bytes', stored };
      const lies = [{ unpacked: 5 }, { unpacked: 500 }, { packed: 3 }, { packed: 0 }, { packed: 1e9 }];
      for (const central of lies) await assertRefused(t, writeZip([MAIN, { ...entry, central }]), /damaged|shares/);
    }
    const both = { name: 'x.png', data: 'twelve bytes', stored: true, central: { packed: 5, unpacked: 5 } };
    await assertRefused(t, writeZip([MAIN, both]), /"x\.png" is damaged \(its checksum is wrong\)/);
  });

  it('a packed size that reaches behind the data is read: size and checksum prove what was unpacked', async (t) => {
    const { project, into } = await unpacked(t, writeZip([{ ...MAIN, central: { packed: LOTTIE.length } }]));
    assert.equal(await readFile(join(into, project), 'utf8'), LOTTIE);
  });

  it('sizes before the data that are wrong is read: who packs while the data comes does not know them', async (t) => {
    for (const local of [{ unpacked: 0, packed: 0, crc: 0 }, { unpacked: 5 }, { packed: 1e9 }, { crc: 1 }]) {
      const { files } = await unpacked(t, writeZip([{ ...MAIN, local }]));
      assert.deepEqual(files, ['main.json']);
    }
  });

  it('a wrong checksum is refused: it says for sure that the project is not the one that was packed', async (t) => {
    for (const stored of [true, false])
      await assertRefused(
        t,
        writeZip([{ ...MAIN, stored, central: { crc: 1 } }]),
        /"main\.json" is damaged \(its checksum is wrong\); copy the archive or pack it again/,
      );
  });

  it('data that are not packed at all is refused', async (t) => {
    const entry: WrittenEntry = { name: 'x.png', data: 'nothing of deflate', stored: true, central: { method: 8 } };
    await assertRefused(t, writeZip([MAIN, entry]), /"x\.png" is damaged/);
  });
});

describe('an archive that unfolds', () => {
  it('to a thousand times its size is refused, whatever size it states', async (t) => {
    const bomb = { name: 'bomb.png', data: ZEROS };
    await assertRefused(t, writeZip([MAIN, bomb]), /"bomb\.png" unfolds to more than is allowed/);
    const lying = { ...bomb, central: { unpacked: 10 }, local: { unpacked: 10 } };
    await assertRefused(t, writeZip([MAIN, lying]), /"bomb\.png"/);
  });

  it('to more bytes or files than are allowed is refused, folders counted', async (t) => {
    const { archive, into } = await place(
      t,
      writeZip([MAIN, ...Array.from({ length: 9 }, (_, at) => ({ name: `${at}.png`, data: 'x'.repeat(100) }))]),
      'zip',
    );
    const limits = { files: 10, bytes: 2_000, ratio: 500 };
    const unpack = (changed: Partial<typeof limits>) =>
      unpackTemplate(archive, 'zip', into, { limits: { ...limits, ...changed } });
    await assert.rejects(unpack({ files: 9 }), refusal(archive, /it holds 10 files; 9 are allowed/));
    await assert.rejects(unpack({ bytes: 900 }), refusal(archive, /"8\.png" unfolds to more than is allowed/));
    const deep = await place(t, writeZip([MAIN, { name: 'a/b/c/d/e/f/g/h/i' }]), 'zip');
    const result = unpackTemplate(deep.archive, 'zip', deep.into, { limits: { ...limits, files: 9 } });
    await assert.rejects(result, refusal(deep.archive, /more than 9 files and folders/));
  });

  it('the same bytes again and again is refused, with all of them or with a part', async (t) => {
    const kernel = { name: '0.png', data: 'kernel' };
    const again = Array.from({ length: 50 }, (_, at) => ({ name: `${at + 1}.png`, dataOf: 1 }));
    await assertRefused(t, writeZip([MAIN, kernel, ...again]), /"\d+\.png" shares its data with another file/);
    const quoting: WrittenEntry = {
      name: 'big.png',
      data: 'x'.repeat(30),
      stored: true,
      central: { packed: 60, unpacked: 60 },
    };
    await assertRefused(t, writeZip([quoting, MAIN]), /"main\.json" shares its data with another file/);
  });

  it('to more entries than is sane is refused, in earnest or as a lie', async (t) => {
    const many = Array.from({ length: 20_001 }, (_, at) => ({ name: `${at}`, stored: true }));
    await assertRefused(t, writeZip(many), /it holds 20001 files; 20000 are allowed/);
    await assertRefused(t, writeZip([MAIN], { count: 20_000 }), /it is damaged/);
    await assertRefused(t, writeZip([MAIN], { count: 2 }), /it is damaged/);
  });

  it('to what a zip64 record makes up is refused', async (t) => {
    const most = 2n ** 64n - 1n;
    const records = [
      { count: most, directory: 0n },
      { count: 2n ** 53n, directory: most },
      { count: 1n, directory: most },
      { count: 1n, directory: 2n ** 53n },
      { count: 1n, directory: 0n, record: most },
      { count: 1n, directory: 0n, record: 2n ** 53n - 1n },
      { count: 1n, directory: 0n, record: 0n },
    ];
    for (const zip64 of records)
      await assertRefused(t, writeZip([MAIN], { zip64 }), /damaged|files; 20000 are allowed/);
  });

  it('to an archive again is refused where the project should be, so that there is no end to follow', async (t) => {
    let nested = writeZip([MAIN]);
    for (let depth = 0; depth < 50; depth++) nested = writeZip([{ name: 'main.aep', data: nested, stored: true }]);
    await assertRefused(t, nested, /"main\.aep" in it is an archive again; pack the project itself/);
    await assertRefused(t, mogrt(nested), /"main\.aep" in it is an archive again/, 'mogrt');
    const lottie = writeZip([{ name: 'animations/a.json', data: nested }]);
    await assertRefused(t, lottie, /"animations\/a\.json" in it is an archive again/, 'lottie');
  });
});

describe('a .mogrt', () => {
  it('is read from the archive in it, with its footage beside the project', async (t) => {
    const inner = writeZip([
      { name: 'test.aep', data: PROJECT },
      { name: '(Footage)/square.jpg', data: 'x' },
      { name: 'definition.json', data: 'of the same name as one outside' },
    ]);
    const { project, into } = await unpacked(t, mogrt(inner), 'mogrt');
    assert.equal(basename(project), 'test.aep');
    assert.equal(await readFile(join(into, project, '..', '(Footage)', 'square.jpg'), 'utf8'), 'x');
    assert.equal(await readFile(join(into, 'definition.json'), 'utf8'), '{}');
  });

  it('that was packed again by Finder is read from the shallowest of what is called so', async (t) => {
    const archive = (name: string) => writeZip([{ name, data: PROJECT }]);
    const { project } = await unpacked(
      t,
      writeZip([
        { name: '__MACOSX/._project.aegraphic', data: 'noise' },
        { name: 'a/b/project.aegraphic', data: archive('deep.aep') },
        { name: 'a/Project.AEGraphic', data: archive('shallow.aep') },
        { name: 'my-project.aegraphic', data: archive('other.aep') },
      ]),
      'mogrt',
    );
    assert.equal(basename(project), 'shallow.aep');
  });

  it('that is real is unpacked whole', { skip: skipWithoutProjects }, async (t) => {
    const zip = await readFile(join(aepFolder, 'nexrender-Testo.mogrt'));
    const { project, files } = await unpacked(t, zip, 'mogrt');
    assert.equal(basename(project), 'test.aep');
    assert.equal(files.length, 7);
  });

  it('made by Premiere is refused by name', async (t) => {
    const premiere = writeZip([
      { name: 'project.prgraphic', data: 'x' },
      { name: 'definition.json', data: '{}' },
    ]);
    await assertRefused(t, premiere, /made by Premiere Pro .*; export it from After Effects/, 'mogrt');
  });

  it('whose project is a .mogrt again is not followed further', async (t) => {
    let nested = writeZip([{ name: 'test.aep', data: PROJECT }]);
    for (let depth = 0; depth < 20; depth++) nested = mogrt(nested);
    await assertRefused(t, nested, /it holds no \.aep or \.aepx file/, 'mogrt');
  });

  it('whose inner archive is bad is refused as any other, and says which of the two it is', async (t) => {
    const project = { name: 'test.aep', data: PROJECT };
    const bad: [Uint8Array, RegExp][] = [
      [Buffer.from('no archive'), /of project\.aegraphic in it, it is damaged/],
      [Buffer.alloc(0), /of project\.aegraphic in it, it is damaged/],
      [writeZip([project, { name: '../x' }]), /of project\.aegraphic in it, the name "\.\.\/x" in it leads out/],
      [writeZip([project, { name: '../definition.json' }]), /leads out of the folder/],
      [writeZip([project, { name: 'x', mode: MODE.link }]), /"x" is a link/],
      [
        writeZip([project, { name: 'bomb', data: ZEROS }]),
        /"(bomb|project\.aegraphic)" unfolds to more than is allowed/,
      ],
      [writeZip([]), /it holds no \.aep or \.aepx file/],
    ];
    for (const [inner, message] of bad) await assertRefused(t, mogrt(inner), message, 'mogrt');
  });

  it('unfolds in both of its archives to no more than is allowed for one', async (t) => {
    const inner = writeZip([
      { name: 'test.aep', data: PROJECT },
      { name: 'x', data: 'x'.repeat(1_000) },
    ]);
    const { archive, into } = await place(t, mogrt(inner), 'mogrt');
    const limits = { files: 20, bytes: 1_300, ratio: 500 };
    assert.ok(inner.length < limits.bytes && PROJECT.length + 1_000 < limits.bytes);
    await assert.rejects(unpackTemplate(archive, 'mogrt', into, { limits }), refusal(archive, /more than is allowed/));
    await assert.rejects(
      unpackTemplate(archive, 'mogrt', join(into, 'again'), { limits: { ...limits, bytes: 10_000, files: 3 } }),
      refusal(archive, /it holds 2 files; 1 are allowed/),
    );
  });
});

describe('the project of an archive', () => {
  const aep = (name: string): WrittenEntry => ({ name, data: PROJECT });

  it('is the shallowest, and among those the first by name', async (t) => {
    const { project } = await unpacked(t, writeZip([aep('a/a/z.aep'), aep('b/y.aep'), aep('b/x.aep'), aep('c/w.aep')]));
    assert.equal(project, 'b/x.aep');
  });

  it('is not an earlier state that After Effects has saved by itself, while there is another', async (t) => {
    const saved = 'Adobe After Effects Auto-Save/a auto-save 1.aep';
    const entries = [
      { name: saved, data: PROJECT },
      { name: 'deep/in/project.aep', data: PROJECT },
    ];
    assert.equal(await projectOf(t, entries), 'deep/in/project.aep');
    for (const earlier of ['promo auto-save 1.aep', 'Guardado automático/a.aep'.normalize('NFD'), '自動保存/a.aep']) {
      const both = ['promo.aep', earlier].map((name) => ({ name, data: PROJECT }));
      assert.equal(await projectOf(t, both), 'promo.aep', earlier);
    }
    assert.equal(
      await projectOf(t, [
        { name: 'deep/in/a.json', data: LOTTIE },
        { name: saved, data: PROJECT },
      ]),
      'deep/in/a.json',
    );
    assert.equal(await projectOf(t, [{ name: saved, data: PROJECT }]), saved);
  });

  it('is one of After Effects before a Lottie document, which may be its data', async (t) => {
    assert.equal((await unpacked(t, writeZip([MAIN, aep('a/b/c.aep')]))).project, 'a/b/c.aep');
  });

  it('is none of what Finder leaves, which is not unpacked', async (t) => {
    const noise = [
      '__MACOSX/._main.aep',
      '__MACOSX/promo/._main.aep',
      '._a.aep',
      '.DS_Store',
      'promo/.DS_Store',
      'promo/Icon\r',
      '__MACOSX/../../x',
    ];
    const zip = writeZip([...noise.map(aep), aep('promo/main.aep')]);
    const { project, files } = await unpacked(t, zip);
    assert.equal(project, 'promo/main.aep');
    assert.deepEqual(files, ['promo/main.aep']);
  });

  it('is missed where there is none', async (t) => {
    await assertRefused(t, writeZip([]), /it holds no \.aep or \.aepx or \.json file|neither an After Effects project/);
    await assertRefused(t, writeZip([{ name: 'readme.txt', data: 'x' }]), /it holds no \.aep or \.aepx or \.json file/);
    await assertRefused(t, writeZip([aep('__MACOSX/._main.aep')]), /it holds no/);
    await assertRefused(t, writeZip([{ name: 'main.aep/' }]), /it holds no/);
    await assertRefused(t, writeZip([MAIN]), /it holds no \.json file/, 'lottie');
    await assertRefused(t, writeZip([{ name: 'manifest.json', data: LOTTIE }]), /it holds no/);
  });
});

describe('a damaged archive', () => {
  const whole = writeZip([
    MAIN,
    { name: 'images/a.png', data: 'kept as it is', stored: true },
    { name: 'images/b.png', data: 'packed '.repeat(20) },
  ]);

  it('is refused wherever it is cut', async (t) => {
    const { archive, into, outside } = await place(t, whole, 'zip');
    for (let length = 0; length < whole.length; length++) {
      await writeFile(archive, whole.subarray(0, length));
      await assert.rejects(unpackTemplate(archive, 'zip', into), refusal(archive, /damaged/), `at ${length}`);
    }
    assert.deepEqual(await outside(), ['template.zip']);
    assert.deepEqual(await listing(into), []);
  });

  it('is unpacked or refused, whatever is changed in it', async (t) => {
    const { archive, outside, inspect } = await place(t, whole, 'zip');
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        // What makes the file a template at all is another test's.
        bytes.write('PK\u0003\u0004', 'latin1');
        await writeFile(archive, bytes);
        try {
          await inspect();
          read++;
        } catch (error) {
          refusal(archive, /cannot be read/)(error);
        }
      }),
      { numRuns: fuzzRuns(1 / 20) },
    );
    assert.ok(read > 0);
    assert.deepEqual(await outside(), ['template.zip']);
  });

  it('is never taken for another project: what is read is what was packed', async (t) => {
    const { archive, into } = await place(t, whole, 'zip');
    const data = whole.indexOf(deflateRawSync(Buffer.from(LOTTIE)));
    for (let bit = 0; bit < 8 * deflateRawSync(Buffer.from(LOTTIE)).length; bit += 5) {
      const bytes = Buffer.from(whole);
      const at = data + (bit >> 3);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      await writeFile(archive, bytes);
      const folder = join(into, String(bit));
      const result = await unpackTemplate(archive, 'zip', folder).catch(refusal(archive, /"main\.json" is damaged/));
      // Some bits of packed data mean nothing.
      if (typeof result === 'object') assert.equal(await readFile(result.project, 'utf8'), LOTTIE);
    }
  });

  it('leaves no file open, however it ends', {
    skip: process.platform === 'linux' ? false : 'needs /proc',
  }, async (t) => {
    const open = async () => (await readdir('/proc/self/fd')).length;
    const bad = [
      writeZip([MAIN], { zip64: { count: 1n, directory: 2n ** 64n - 1n } }),
      writeZip([MAIN, { name: 'x', data: ZEROS }]),
      writeZip([{ ...MAIN, central: { crc: 1 } }]),
      Buffer.from('PK'),
      whole,
    ];
    const { archive, into } = await place(t, whole, 'zip');
    const before = await open();
    for (let round = 0; round < 20; round++) {
      await writeFile(archive, bad[round % bad.length] ?? whole);
      await unpackTemplate(archive, 'zip', join(into, String(round))).catch(refusal(archive, /cannot be read/));
    }
    assert.equal(await open(), before);
  });
});

/** As exporters write it that escape what is not ASCII. */
function escapedJson(value: object): string {
  return JSON.stringify({ ...JSON.parse(LOTTIE), ...value }).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function projectOf(t: TestContext, entries: WrittenEntry[]): Promise<string> {
  const { archive, into } = await place(t, writeZip(entries), 'zip');
  return relative(into, (await unpackTemplate(archive, 'zip', into)).project).replaceAll(sep, '/');
}
